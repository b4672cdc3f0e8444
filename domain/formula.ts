import type { CatalogueEntry } from './catalogue-entry.ts';
import type { ClassMs, LedgerSums } from './ledger-row.ts';

/** What a figure has to say; a ledger row's flags come on top. A closed list, explained in the glossary. */
export const FIGURE_FLAGS = [
  'no-ideal-cycle',
  'no-pieces',
  'no-planned-time',
  'no-running-time',
  'no-processing-time',
  'no-busy-time',
  'no-known-time',
  'no-failures',
  'no-orders',
  'no-rework-count',
  'no-energy-meter',
  'below-coverage-floor',
] as const;
export type FigureFlag = (typeof FIGURE_FLAGS)[number];

/** Ledger sums by name, with the unit in the name. */
export type FormulaInputs = Readonly<Record<string, bigint>>;

export interface Ratio {
  readonly kind: 'ratio';
  readonly numerator: bigint;
  /** All of it, the unknown time included. */
  readonly denominator: bigint;
  /** How much of the denominator is unknown time, in its unit; `null`: unknown time bounds nothing here. */
  readonly unknown: bigint | null;
  /** What to say where the denominator is zero. */
  readonly ifZero: FigureFlag;
  /** What the value can't be below where the denominator is zero and nothing is unknown; absent: nothing can be said. */
  readonly atLeast?: bigint;
  readonly inputs: FormulaInputs;
}

/** The figure can't be made at all of these sums. */
export interface Missing {
  readonly kind: 'missing';
  readonly flag: FigureFlag;
  readonly inputs: FormulaInputs;
}

/** The units of figures: a ratio, milliseconds, pieces an hour, watt-hours a piece. */
export const KPI_UNITS = ['1', 'ms', 'pieces/h', 'Wh/piece'] as const;
export type KpiUnit = (typeof KPI_UNITS)[number];

/** When a KPI can be asked for, in the words of ISO 22400-1. */
export const TIMINGS = ['on-demand', 'periodic', 'real-time'] as const;
export type Timing = (typeof TIMINGS)[number];

/** How well a definition is known: read in a source that quotes the standard, elsewhere, not at all; or it is our own. */
export const VERIFICATIONS = ['verified', 'secondary', 'unverified', 'own-design'] as const;
export type Verification = (typeof VERIFICATIONS)[number];

/** A KPI: a ratio of two sums of the ledger. */
export interface Kpi extends CatalogueEntry {
  /** As a reader would write it, in the symbols of ISO 22400-2. */
  readonly formula: string;
  readonly formulaVersion: string;
  readonly unit: KpiUnit;
  /** `null`: no limit. */
  readonly range: { readonly min: number | null; readonly max: number | null };
  readonly trend: 'higher-is-better' | 'lower-is-better';
  readonly timing: readonly Timing[];
  /** The clause of ISO 22400-2:2014 in which it is described; `null`: the standard doesn't have it. */
  readonly clause: string | null;
  readonly verification: Verification;
  /** A row's integers are the sums of its cells' integers, so that they are recorded for others to divide. */
  readonly additive: boolean;
  parts(sums: LedgerSums): Ratio | Missing;
}

/** All time of a window: the sum of its classes. */
export const windowMs = (ms: ClassMs): number =>
  plannedBusyMs(ms) + ms.notScheduled + ms.extra + ms.plannedStop;

/** Planned busy time (PBT): all time but that of the classes outside it. */
export const plannedBusyMs = ({
  running,
  changeover,
  breakdown,
  delay,
  minorStop,
  idle,
  unknown,
}: ClassMs): number => running + changeover + breakdown + delay + minorStop + idle + unknown;

/** Planned operation time (POT). */
export const plannedOperationMs = (ms: ClassMs): number => plannedBusyMs(ms) + ms.plannedStop;

/** Planned busy time of which the state is known: what coverage divides by PBT. */
export const knownBusyMs = (ms: ClassMs): number => plannedBusyMs(ms) - ms.unknown;

/** Running time if all unknown time had been running: what the upper bounds of the time ratios divide. */
export const possiblyRunningMs = (ms: ClassMs): number => ms.running + ms.unknown;

/** Actual unit processing time (AUPT): production and setup. */
export const processingMs = ({ running, changeover }: ClassMs): number => running + changeover;

/** Actual unit delay time (ADET). */
export const delayMs = ({ breakdown, delay, minorStop }: ClassMs): number => breakdown + delay + minorStop;

/** Actual unit busy time (AUBT). */
export const busyMs = (ms: ClassMs): number => processingMs(ms) + delayMs(ms);

/** A ratio of two known times, by the names that its inputs have; the unknown time could be all or nothing of either. */
export function timeRatio(
  part: readonly [name: string, ms: number],
  whole: readonly [name: string, ms: number],
  { unknownMs, ifZero }: { readonly unknownMs: number; readonly ifZero: FigureFlag },
): Ratio {
  const [numerator, known, unknown] = [BigInt(part[1]), BigInt(whole[1]), BigInt(unknownMs)];
  const inputs = { [part[0]]: numerator, [whole[0]]: known, unknownMs: unknown };
  return { kind: 'ratio', numerator, denominator: known + unknown, unknown, ifZero, inputs };
}

/** A ratio of two sums, counts as a rule, which unknown time leaves without bounds. */
export function countRatio(
  part: readonly [name: string, count: bigint],
  whole: readonly [name: string, count: bigint],
  ifZero: FigureFlag,
): Ratio {
  const inputs = { [part[0]]: part[1], [whole[0]]: whole[1] };
  return { kind: 'ratio', numerator: part[1], denominator: whole[1], unknown: null, ifZero, inputs };
}
