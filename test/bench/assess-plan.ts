import { fraction } from '../../domain/assess/fraction.ts';
import { measures } from '../../domain/assess/measures/index.ts';
import type { Pilot } from '../../domain/assess/register.ts';
import { GROUPS, type Indicator, type MeasureReference, type Rubric } from '../../domain/assess/rubric.ts';
import { MACHINE_DEFAULTS, type Plant } from '../../domain/plant.ts';
import type { EpochMs } from '../../domain/time.ts';

/** What is assessed: so many pilots with so many machines each, over so many days. */
export interface AssessPlan {
  readonly pilots: number;
  readonly machines: number;
  readonly days: number;
  readonly changesPerDay: number;
  readonly indicators: number;
}

const DAY_MS = 86_400_000;
/** Midnight in Shanghai. */
export const FROM: EpochMs = Date.parse('2026-04-01T00:00:00+08:00');
export const endOf = ({ days }: AssessPlan): EpochMs => FROM + days * DAY_MS;

const siteOf = (pilot: number): string => `bench/site${String(pilot).padStart(3, '0')}`;
export const machinesOf = (plan: AssessPlan, pilot: number): readonly string[] =>
  Array.from(
    { length: plan.machines },
    (_, index) => `${siteOf(pilot)}/hall/line${index % 20}/m${String(index).padStart(4, '0')}`,
  );

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

/** Two shifts with a break, Monday to Saturday; every machine has an ideal cycle. */
export const plantOf = (plan: AssessPlan): Plant => ({
  sites: numbers(plan.pilots).map((pilot) => ({
    path: siteOf(pilot),
    zone: 'Asia/Shanghai',
    dayStart: 480,
    shifts: [
      { id: 'day', start: 480, end: 1200, days: [1, 2, 3, 4, 5, 6], breaks: [{ start: 720, end: 765 }] },
      { id: 'night', start: 1200, end: 480, days: [1, 2, 3, 4, 5, 6], breaks: [] },
    ],
  })),
  machines: numbers(plan.pilots).flatMap((pilot) =>
    machinesOf(plan, pilot).map((path) => ({
      ...{ path, declared: true, ...MACHINE_DEFAULTS },
      ...{ idealCycleUs: 12_500_000, maxSilenceMs: 2 * 3_600_000 },
    })),
  ),
});

export const pilotsOf = (plan: AssessPlan): readonly Pilot[] =>
  numbers(plan.pilots).map((pilot) => ({
    id: `pilot${pilot}`,
    enterprise: { name: `Bench ${pilot}`, creditCode: null },
    district: 'bench',
    industry: 'other',
    processType: 'discrete',
    programme: 'digital-workshop',
    sites: [siteOf(pilot)],
    baselineYear: null,
    simulated: true,
    equipment: machinesOf(plan, pilot).map((machine, index) => ({
      ...{ id: `E${index}`, name: `E${index}`, machine, process: 'P1', key: index % 4 === 0 },
      ...{ numericallyControlled: true, digital: true, shouldBeNetworked: index % 3 > 0 },
    })),
    processes: [{ id: 'P1', name: 'P1', key: true, numericallyControlled: true }],
    declared: [],
    answers: [],
  }));

/** Indicators that ask for every measure of every group, of the whole period and of its last 30 days. */
export function rubricOf({ indicators }: AssessPlan): Rubric {
  const both = (text: string) => ({ zh: text, en: text });
  const source = { text: 'benchmark', verification: 'proposed' } as const;
  const what = (index: number): MeasureReference => ({
    measure: (measures[index % measures.length] as (typeof measures)[number]).id,
    group: GROUPS[Math.floor(index / measures.length) % GROUPS.length] as (typeof GROUPS)[number],
    window: index % 2 === 0 ? 'period' : { lastDays: 30 },
  });
  const band = (from: number | null, to: number | null, points: bigint) => ({
    ...{ from, to, source },
    points: fraction(points, 3n),
  });
  const list = numbers(indicators).map(
    (index): Indicator => ({
      ...{ id: `i${index}`, title: both(`i${index}`), kind: 'measured', processTypes: ['discrete'] },
      ...{ weight: null, evidence: [what(index + 7)], remediation: both('-'), source },
      scoring: {
        kind: 'bands',
        what: what(index),
        bands: [band(null, 0.5, 0n), band(0.5, 0.8, 2n), band(0.8, null, 5n)],
      },
    }),
  );
  const domain = { id: 'd', title: both('d'), weight: null, publishedPoints: null, indicators: list };
  return {
    ...{ id: 'bench', version: '1', title: both('bench'), note: both('-'), source, dependencies: [] },
    effective: { from: '2026-01-01', to: null },
    processTypes: ['discrete'],
    levels: [],
    elements: [{ id: 'e', title: both('e'), weight: null, domains: [domain] }],
  };
}
