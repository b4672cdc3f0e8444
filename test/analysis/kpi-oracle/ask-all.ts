import { expect } from 'vitest';
import { DIMENSIONS, type Dimension } from '../../../analysis/answers.ts';
import { createAnalysis } from '../../../analysis/create-analysis.ts';
import { QuestionRefused } from '../../../analysis/port.ts';
import type { Store } from '../../../store/port.ts';
import { openForTest } from '../../registry/open.ts';
import { createMemoryMarks } from '../memory-marks.ts';
import { figuresBy, type Integers, type OracleQuestion } from './figures.ts';
import { MINUTE, minutesOf } from './minutes.ts';
import { plantFor } from './plant.ts';

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Days on which a clock changes, and on which, or on whose morrow, the calendar does. */
const WHEN = [
  { begin: Date.UTC(2026, 2, 27, 3), change: '2026-03-30' },
  { begin: Date.UTC(2026, 9, 23, 3), change: '2026-10-25' },
  { begin: Date.UTC(2026, 4, 7, 3), change: '2026-05-09' },
];

/** Every selection of dimensions. */
const SELECTIONS: readonly (readonly Dimension[])[] = Array.from(
  { length: 2 ** DIMENSIONS.length },
  (_, bits) => DIMENSIONS.filter((_, place) => (bits & (1 << place)) !== 0),
);
const SCOPES = [
  '',
  'acme/berlin',
  'acme/berlin/press',
  'acme/pune',
  'acme/wuxi/press/l1/p1',
  'acme/berlin/paint/l2/c1',
];
const SITES = SCOPES.filter((scope) => scope !== '');
const ZONES = [undefined, 'Europe/Berlin', 'Asia/Kolkata', 'UTC'];

/**
 * Asks for every KPI of a plant grouped in many ways, before and after it is recorded, and after raw data is removed, and holds each numerator and
 * denominator to those of a brute-force reading of the semantics. `every`: one of so many selections of dimensions is asked.
 */
export async function askAll({
  store,
  seed,
  every,
}: {
  readonly store: Store;
  readonly seed: number;
  readonly every: number;
}): Promise<number> {
  const { begin, change } = WHEN[seed % WHEN.length] as (typeof WHEN)[number];
  const end = begin + 4 * DAY;
  const now = end + 5 * HOUR;
  const { plant, facts } = plantFor({ seed, change, from: begin - DAY, to: end });
  await store.write(
    facts.flatMap(({ machine, said }) =>
      said.map(({ ts, values }) => ({
        machine: machine.path,
        ts,
        signals: Object.keys(values),
        values: Object.values(values),
      })),
    ),
  );
  await using analysis = createAnalysis({
    ...{ store, plant, now: () => now, ledgerMarks: createMemoryMarks() },
    rawHorizons: openForTest().rawHorizons,
  });
  const minutes = facts.map((own) => ({
    facts: own,
    minutes: minutesOf(own, { from: begin, to: end, asOf: now }),
  }));
  const kpis = analysis.catalogue.map(({ id }) => id);
  const additive = analysis.catalogue.filter((kpi) => kpi.additive).map(({ id }) => id);
  const spans = [
    { from: begin, to: end },
    { from: begin + 31 * HOUR + 17 * MINUTE, to: begin + 67 * HOUR + 44 * MINUTE },
  ];
  let rows = 0;
  const ask = async (by: readonly Dimension[], others: Omit<OracleQuestion, 'by'>): Promise<void> => {
    const question: OracleQuestion = { ...others, by };
    const answer = await analysis.kpis({ ...question, by, kpis });
    const found = new Map(
      answer.rows.map(({ key, figures }) => [
        JSON.stringify(by.map((name) => key[name])),
        Object.fromEntries(
          figures.map(({ kpi, numerator, denominator }) => [
            kpi,
            numerator === null || denominator === null ? null : ([numerator, denominator] as const),
          ]),
        ),
      ]),
    );
    const wanted = figuresBy(question, minutes);
    expect(told(question, found)).toEqual(told(question, wanted));
    rows += found.size;
    const whole = figuresBy({ ...question, by: [] }, minutes).get('[]');
    if (whole) expectSums(question, found, { whole, additive });
  };
  for (const [place, by] of SELECTIONS.entries()) {
    if ((place * 7 + seed) % every !== 0) continue;
    if (place >= SELECTIONS.length / 2) await analysis.record();
    const scope = SCOPES[(place + seed) % SCOPES.length] as string;
    const zone = ZONES[(place + Math.floor(place / 4)) % ZONES.length];
    const span = spans[place % spans.length] as (typeof spans)[number];
    const others = { scope, ...span, ...(zone && { zone }) };
    const needsZone = scope === '' && zone === undefined && (by.includes('day') || by.includes('hour'));
    if (needsZone) await expect(analysis.kpis({ ...others, by, kpis })).rejects.toThrow(QuestionRefused);
    else await ask(by, others);
  }
  // Twice, so that the second time goes on from what was kept the first.
  for (const border of [begin + 30 * HOUR, begin + 60 * HOUR])
    expect(await analysis.removeRaw(border)).toMatchObject({ outcome: 'removed' });
  for (const [place, by] of SELECTIONS.entries()) {
    if ((place * 5 + seed) % (2 * every) !== 0) continue;
    const scope = SITES[(place + seed) % SITES.length] as string;
    // The hours of a zone that stands half an hour off.
    const from = begin + (scope.startsWith('acme/pune') ? HOUR / 2 : 0);
    await ask(by, { scope, from, to: end - HOUR / 2 });
  }
  return rows;
}

const told = (question: OracleQuestion, rows: ReadonlyMap<string, Integers>) => ({
  question: JSON.stringify(question),
  rows: Object.fromEntries(
    [...rows]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, row]) => [
        key,
        Object.entries(row)
          .map(([kpi, integers]) => `${kpi} ${integers?.join(' / ')}`)
          .sort(),
      ]),
  ),
});

/** Numerators and denominators of the groups add up to those of the whole, where every group has them. */
function expectSums(
  question: OracleQuestion,
  rows: ReadonlyMap<string, Integers>,
  { whole, additive }: { readonly whole: Integers; readonly additive: readonly string[] },
): void {
  for (const kpi of additive) {
    const parts = [...rows.values()].map((row) => row[kpi]);
    if (parts.some((part) => !part) || !whole[kpi]) continue;
    const sum = parts.reduce<readonly [bigint, bigint]>(
      (all, part) => [all[0] + (part?.[0] ?? 0n), all[1] + (part?.[1] ?? 0n)],
      [0n, 0n],
    );
    expect(sum, `${kpi} ${JSON.stringify(question)}`).toEqual(whole[kpi]);
  }
}
