import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { suggestedRules } from '../../cli/suggested-rules.ts';
import { onWire, together } from '../../composition/discovered.ts';
import { readingOf } from '../../composition/mapping.ts';
import { suggestionsOf } from '../../composition/suggest.ts';
import { loadConfig } from '../../config.ts';
import type { SignalValue } from '../../domain/observation.ts';
import { createDiscovery } from '../../ingest/discovery.ts';
import { bench, message, NOW, send } from '../ingest/harness.ts';

interface Case {
  readonly why: string;
  readonly messages: readonly { readonly topic: string; readonly payload: unknown }[];
  readonly topics: string;
  readonly messageCount: number;
  readonly mapped: number;
  /** Why this is the machine, in English. */
  readonly reason?: string;
  /** The rule, without what stands around it. */
  readonly entry: object | null;
  readonly observations?: readonly (readonly [
    machine: string,
    signal: string,
    ts: number,
    value: SignalValue | { int64: string },
  ])[];
}

const folder = join(import.meta.dirname, 'suggestions');
const cases = readdirSync(folder).map((file) => ({
  title: file.replace('.yaml', '').replaceAll('-', ' '),
  ...(parse(readFileSync(join(folder, file), 'utf8')) as Case),
}));

function configOf(yaml: string) {
  const dir = mkdtempSync(join(tmpdir(), 'kaidong-suggest-'));
  const file = join(dir, 'kaidong.yaml');
  writeFileSync(file, yaml);
  try {
    return loadConfig({ file });
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

const PLANT = configOf('sites:\n  - { path: acme/zhoushan }\n').plant;
const bytes = (payload: unknown): Buffer =>
  Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload));

describe('a rule for what was seen', () => {
  test.for(cases)('$title', async (given) => {
    expect(given.why).toMatch(/\w/);
    const discovery = createDiscovery();
    for (const { topic, payload } of given.messages) {
      discovery.note({ topic, payload: bytes(payload), receivedAt: NOW });
    }
    const { suggestions } = suggestionsOf(discovery.snapshot(), PLANT);
    expect(suggestions).toHaveLength(1);
    const [suggestion] = suggestions as [(typeof suggestions)[number]];
    expect(suggestion).toMatchObject({
      topics: given.topics,
      messages: given.messageCount,
      mapped: given.mapped,
    });
    expect(suggestion.yaml && parse(suggestion.yaml).rules[0]).toEqual(given.entry);
    if (given.reason !== undefined) expect(suggestion.reason?.en).toBe(given.reason);
    if (!given.observations || suggestion.yaml === null) return;
    const expected = given.observations.map(([machine, signal, ts, value]) => ({
      machine,
      signal,
      ts,
      value: typeof value === 'object' ? BigInt(value.int64) : value,
    }));
    expect(suggestion.observations).toEqual(expected);

    // What the rule is said to make of the messages is what ingest makes of them under it.
    const config = configOf(suggestion.yaml);
    const parts = bench();
    const ingest = await parts.start({ mapping: readingOf(config).mapping });
    for (const { topic, payload } of given.messages) {
      const explained = ingest.explain({ topic, payload: bytes(payload), receivedAt: NOW });
      expect(explained.refused).toEqual([]);
      await send(ingest, message(topic, bytes(payload)));
    }
    const { messages } = ingest.books();
    expect(messages.refused).toBe(0);
  });
});

test('whatever was seen, each proposal is accepted and yields observations for its sample', () => {
  const json = fc.jsonValue({ maxDepth: 3 });
  const level = fc.constantFrom('a', 'b1', 'b2', 'data', 'line1', 'x{y', '+', '状态', '');
  const topic = fc.array(level, { minLength: 1, maxLength: 5 }).map((levels) => levels.join('/'));
  const payload = fc.oneof(
    json.map((value) => JSON.stringify(value)),
    fc.constantFrom('21.5', 'ON', 'm,host=a v=1 1772438400', '{"state":"运行","ts":1772438400}', '\u0000'),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(topic, payload), { minLength: 1, maxLength: 8 }), (messages) => {
      const discovery = createDiscovery();
      for (const [of, text] of messages) discovery.note({ topic: of, payload: bytes(text), receivedAt: NOW });
      const { suggestions } = suggestionsOf(discovery.snapshot(), PLANT);
      expect(suggestions.reduce((sum, { messages }) => sum + messages, 0)).toBe(messages.length);
      for (const { yaml, mapped, messages: seen } of suggestions) {
        expect(mapped).toBeLessThanOrEqual(seen);
        expect(yaml === null).toBe(mapped === 0);
        if (yaml !== null) expect(configOf(yaml).rules.length).toBeGreaterThan(0);
      }
    }),
    { numRuns: 200, seed: 9 },
  );
});

test('all proposals together are one configuration, special topics before the general ones', async () => {
  const discovery = createDiscovery();
  const seen = [
    ['tele/press-7/LWT', 'Online'],
    ['tele/press-7/LWT', 'Online'],
    ['tele/press-7/STATE', '{"POWER":"ON"}'],
    ['zigbee2mqtt/saw-01', '{"power":40,\r\n"energy":311.61}'],
    ['notes/shift-1', 'good\r\nso far'],
  ] as const;
  for (const [topic, payload] of seen) discovery.note({ topic, payload: bytes(payload), receivedAt: NOW });
  const answer = suggestionsOf(discovery.snapshot(), PLANT);
  const config = configOf(suggestedRules(answer));
  expect(config.rules).toHaveLength(answer.suggestions.filter(({ yaml }) => yaml !== null).length);

  const ingest = await bench().start({ mapping: readingOf(config).mapping });
  const explained = ingest.explain({ topic: seen[2][0], payload: bytes(seen[2][1]), receivedAt: NOW });
  expect(explained.observations).toMatchObject([{ signal: 'POWER', value: 'ON' }]);
});

test('what is remembered is bounded, and what is not is counted', () => {
  const discovery = createDiscovery();
  const payload = Buffer.alloc(8000, 'x');
  for (let index = 0; index < 3000; index++) {
    discovery.note({ topic: `t/${index % 2500}`, payload, receivedAt: NOW + index });
  }
  discovery.note({ topic: 't/0', payload: Buffer.alloc(9000), receivedAt: NOW });
  const { topics, others } = discovery.snapshot();
  expect(topics).toHaveLength(2000);
  expect(others).toBe(500);
  const kept = topics.flatMap(({ samples }) => samples);
  expect(kept.reduce((sum, sample) => sum + sample.payload.length, 0)).toBeLessThanOrEqual(8 * 1024 * 1024);
  expect(topics[0]).toMatchObject({ topic: 't/0', messages: 3 });
});

test('what several workers saw is put together', () => {
  const [one, other] = [createDiscovery(), createDiscovery()];
  one.note({ topic: 'a', payload: Buffer.from('1'), receivedAt: NOW });
  other.note({ topic: 'a', payload: Buffer.from('2'), receivedAt: NOW + 1 });
  other.note({ topic: 'b', payload: Buffer.from('3'), receivedAt: NOW });
  const { topics } = together([onWire(one.snapshot()), onWire(other.snapshot())]);
  expect(topics).toMatchObject([
    { topic: 'a', messages: 2, firstAt: NOW, lastAt: NOW + 1 },
    { topic: 'b', messages: 1 },
  ]);
  expect(topics[0]?.samples.map(({ payload }) => String(payload))).toEqual(['1', '2']);
});
