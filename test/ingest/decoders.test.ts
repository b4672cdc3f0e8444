import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BUILT_IN } from '../../config/rules/load.ts';
import type { Decoder } from '../../ingest/decode/decoder.ts';
import { DECODERS } from '../../ingest/decode/index.ts';

const folder = join(import.meta.dirname, '../../ingest/decode');

test('every decoder of the folder is in the list, and the other way round', async () => {
  const found: string[] = [];
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.ts') && name !== 'index.ts')) {
    const exported = Object.values((await import(join(folder, file))) as Record<string, unknown>);
    for (const entry of exported) if (isDecoder(entry)) found.push(`${entry.id}.ts is ${file}`);
  }
  expect(found.sort()).toEqual(DECODERS.map(({ id }) => `${id}.ts is ${id}.ts`).sort());
});

test('no mapping rule can be called like a decoder', () => {
  expect([...BUILT_IN].sort()).toEqual([...DECODERS.map(({ id }) => id), 'sparkplug'].sort());
});

test('every decoder says what it is for', () => {
  for (const { title, why } of DECODERS) expect(`${title} ${why}`).toMatch(/\w+ .*\w+/);
});

const isDecoder = (value: unknown): value is Decoder =>
  typeof value === 'object' && value !== null && 'decode' in value && 'bind' in value;
