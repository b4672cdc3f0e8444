import type { CatalogueEntry } from './catalogue-entry.ts';
import type { ClassMs, LedgerSums } from './ledger-row.ts';

/** What a figure has to say; a ledger row's flags come on top. A closed list, explained in the glossary. */
export const FIGURE_FLAGS = [
  'no-ideal-cycle',
  'no-pieces',
  'no-planned-time',
  'no-running-time',
  'no-known-time',
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
  readonly inputs: FormulaInputs;
}

/** The figure can't be made at all of these sums. */
export interface Missing {
  readonly kind: 'missing';
  readonly flag: FigureFlag;
  readonly inputs: FormulaInputs;
}

/** A KPI: a ratio of two sums of the ledger. */
export interface Kpi extends CatalogueEntry {
  /** As a reader would write it, in the symbols of ISO 22400-2. */
  readonly formula: string;
  readonly formulaVersion: string;
  readonly unit: string;
  readonly range: { readonly min: number; readonly max: number | null };
  readonly trend: 'higher-is-better' | 'lower-is-better';
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
