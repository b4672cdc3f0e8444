import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createAnalysis } from '../../analysis/create-analysis.ts';
import { digestOf } from '../../analysis/digest.ts';
import { loadConfig } from '../../config.ts';
import { canonical, parseCanonical } from '../../domain/canonical.ts';
import { LEDGER_FORMULA } from '../../domain/ledger-inputs.ts';
import { openMemoryStore } from '../../store/memory/open.ts';
import { createMemoryMarks } from './memory-marks.ts';

const EXAMPLE = new URL('../../docs/examples/proof/', import.meta.url);
const PAGE = new URL('../../docs/proof.md', import.meta.url);
const MACHINE = 'acme/zhoushan/moulding/line1/imm-01';
const HOUR = { from: Date.UTC(2026, 2, 2, 0), to: Date.UTC(2026, 2, 2, 1) };
const AS_OF = Date.UTC(2026, 2, 2, 2);
const read = (name: string): string => readFileSync(new URL(name, EXAMPLE), 'utf8');

/** The platform with the example's configuration and messages. */
async function example() {
  const { plant } = loadConfig({ file: new URL('kaidong.yaml', EXAMPLE).pathname });
  const store = openMemoryStore();
  const messages = read('messages.jsonl')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  await store.write(
    messages.map(({ ts, ...values }) => ({
      ...{ machine: MACHINE, ts, signals: Object.keys(values), values: Object.values(values) as string[] },
    })),
  );
  return createAnalysis({ store, plant, now: () => AS_OF, ledgerMarks: createMemoryMarks() });
}

test('the example of docs/proof.md is what the platform gives, digest by digest', async () => {
  await using analysis = await example();
  const inputs = Buffer.from(await analysis.proof.inputs({ machine: MACHINE, ...HOUR })).toString();
  const { rows } = await analysis.proof.cells({ scope: MACHINE, ...HOUR, by: [] });
  const cells = canonical((rows[0]?.cells ?? []) as never);
  if (process.env.KAIDONG_WRITE_EXAMPLE) {
    writeFileSync(new URL('cell.json', EXAMPLE), inputs);
    writeFileSync(new URL('row.json', EXAMPLE), cells);
  }
  expect(inputs).toBe(read('cell.json'));
  expect(cells).toBe(read('row.json'));
  const [cell, row] = [digestOf(inputs), digestOf(cells)];
  expect(rows[0]?.cells).toEqual([[MACHINE, HOUR.from, HOUR.to, cell]]);
  expect((await analysis.ledger({ scope: MACHINE, ...HOUR, by: [] })).rows[0]?.digest).toBe(row);
  const page = readFileSync(PAGE, 'utf8');
  for (const said of [cell, row, `"${LEDGER_FORMULA}"`]) expect(page).toContain(said);
});

test('docs/proof.md explains every key of the inputs, and the file is canonical', () => {
  const page = readFileSync(PAGE, 'utf8');
  const text = read('cell.json');
  const inputs = parseCanonical(text) as Record<string, never>;
  expect(canonical(inputs)).toBe(text);
  const source = readFileSync(new URL('../../domain/ledger-inputs.ts', import.meta.url), 'utf8');
  const written = [...source.matchAll(/[`'"][,{[\]]*"(\w+)":/g)].map(([, key]) => key as string);
  const keys = new Set([...Object.keys(inputs), ...written]);
  expect(keys.size).toBeGreaterThan(12);
  for (const key of keys) expect(page, `docs/proof.md says nothing of ${key}`).toContain(`\`${key}\``);
});
