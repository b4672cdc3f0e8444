import { expect, it } from 'vitest';
import { createAnalysis } from '../../analysis/create-analysis.ts';
import { openMemoryStore } from '../../store/memory/open.ts';
import { createMemoryMarks } from './memory-marks.ts';
import { DAY, HOUR, IMM_1, MINUTE, MONDAY_8, plantOfTwo } from './plants.ts';

const BEGIN = MONDAY_8 + 9 * DAY;
const HOUR_OF_IT = { scope: IMM_1, to: BEGIN + HOUR, by: ['hour'] as const };

/** A counter that told 100, then for a while what is no count, then 105 in the hour that is looked at. */
async function lastHourOf(told: readonly (readonly [ts: number, count: number])[], from: number) {
  const store = openMemoryStore();
  const analysis = createAnalysis({
    ...{ store, plant: plantOfTwo, now: () => BEGIN + 2 * HOUR, ledgerMarks: createMemoryMarks() },
  });
  const heard = Array.from({ length: 10 * 24 * 7 }, (_, index) => MONDAY_8 + index * 9 * MINUTE);
  await store.write([
    { machine: IMM_1, ts: MONDAY_8, signals: ['state'], values: ['running'] },
    ...heard.map((ts) => ({ machine: IMM_1, ts: ts + 1, signals: ['heard'], values: [1] })),
    ...[...told, [BEGIN + 10 * MINUTE, 105] as const].map(([ts, count]) => ({
      ...{ machine: IMM_1, ts, signals: ['count'], values: [count] },
    })),
  ]);
  const { rows } = await analysis.ledger({ ...HOUR_OF_IT, from });
  const row = rows.at(-1);
  return row && { produced: row.counts.produced, digest: row.digest };
}

const CASES = [
  ['minutes', [20, 22].map((minutes) => BEGIN - minutes * MINUTE)],
  ['a day', [26, 20, 12].map((hours) => BEGIN - hours * HOUR)],
  ['a week', [190, 100, 1].map((hours) => BEGIN - hours * HOUR)],
] as const;

it.each(CASES)(
  'a count that told nothing for %s counts on from the one before it, however much is asked for',
  async (_, at) => {
    const [first, ...none] = [...at].sort((a, b) => a - b) as [number, ...number[]];
    const told = [[first, 100] as const, ...none.map((ts) => [ts, -1] as const)];
    const alone = await lastHourOf(told, BEGIN);
    expect(alone).toMatchObject({ produced: 5 });
    expect(await lastHourOf(told, MONDAY_8)).toEqual(alone);
    const other = await lastHourOf([[first, 101], ...told.slice(1)], BEGIN);
    expect(other).toMatchObject({ produced: 4 });
    expect(other?.digest).not.toBe(alone?.digest);
  },
);

it('where it never told a count before, the first is where it counts from', async () => {
  const told = [[BEGIN - 5 * DAY, -1] as const, [BEGIN - MINUTE, -1] as const];
  const alone = await lastHourOf(told, BEGIN);
  expect(alone).toMatchObject({ produced: 0 });
  expect(await lastHourOf(told, MONDAY_8)).toEqual(alone);
});
