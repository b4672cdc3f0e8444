import type { DurationUs, EpochMs } from './time.ts';

/** The classes of machine time; every millisecond of a window belongs to exactly one. */
export const TIME_CLASSES = [
  'notScheduled',
  'plannedStop',
  'extra',
  'running',
  'changeover',
  'breakdown',
  'delay',
  'minorStop',
  'idle',
  'unknown',
] as const;
export type TimeClass = (typeof TIME_CLASSES)[number];

/** The classes as a bar of time is read: what was worked, what was lost, what is unknown, what was never planned. */
export const CLASS_ORDER: readonly TimeClass[] = [
  'running',
  'changeover',
  'minorStop',
  'delay',
  'breakdown',
  'idle',
  'unknown',
  'plannedStop',
  'extra',
  'notScheduled',
];

/** Integer milliseconds by class. */
export type ClassMs = Record<TimeClass, number>;

/** How running time divides where an ideal cycle time is known. `speedLoss` may be negative. */
export interface RunningUs {
  readonly productive: DurationUs;
  readonly rejectLoss: DurationUs;
  readonly speedLoss: DurationUs;
}

/** Pieces. `produced = good + reject`; those counted across an unknown stretch or outside planned time stay apart. */
export interface Counts {
  readonly produced: number;
  readonly good: number;
  readonly reject: number;
  readonly duringUnknown: number;
  /** Pieces of overtime (class `extra`) and of any other time outside planned busy time. */
  readonly extra: number;
}

/** What is known of the pieces' quality beside good and reject. */
export interface Quality {
  /** Good pieces that had to be reworked (RQ); `null` where pieces were made and no rework count was ever heard. */
  readonly rework: number | null;
  /** Inspected pieces (IP): what the signal `inspected` counts, or all produced pieces where it was never heard. */
  readonly inspected: number;
}

/** Time and pieces while an order was active. */
export interface OrderSums {
  /** Time in which an order was active (AOET), whatever else it was. */
  readonly ms: number;
  /** Of it, the unknown time; busy time (AUBT); running time (APT). */
  readonly unknownMs: number;
  readonly busyMs: number;
  readonly runningMs: number;
  readonly produced: number;
}

/** Energy in watt-hours, by what the instant is at which the meter told it. */
export interface EnergyWh {
  /** In planned busy time: what the figures divide. */
  readonly planned: number;
  readonly outside: number;
  /** Across an unknown stretch. */
  readonly duringUnknown: number;
}

/** What is worth saying about a row; a closed list, explained in the glossary. */
export const LEDGER_FLAGS = [
  'provisional',
  'effectiveness-above-1',
  'no-ideal-cycle',
  'no-count',
  'unmapped-state',
  'counter-reset',
  'counter-implausible',
  'reject-above-count',
  'rework-above-good',
  'undeclared',
  'holiday-data-missing',
  'raw-data-removed',
  'ledger-removed',
] as const;
export type LedgerFlag = (typeof LEDGER_FLAGS)[number];

/** The additive content of a ledger row. */
export interface LedgerSums {
  readonly ms: ClassMs;
  /** `null` where any part has no ideal cycle time. */
  readonly runningUs: RunningUs | null;
  readonly counts: Counts;
  readonly quality: Quality;
  readonly orders: OrderSums;
  /** Failure events (FE): unbroken stretches of one state whose first breakdown time lies here. */
  readonly failures: number;
  /** `null` where any part ran and no energy meter was ever heard. */
  readonly energyWh: EnergyWh | null;
  readonly flags: readonly LedgerFlag[];
}

/** One machine in one span that no hour, shift or production day boundary cuts; the unit in which ledgers are recorded. */
export interface LedgerCell extends LedgerSums {
  readonly machine: string;
  readonly from: EpochMs;
  readonly to: EpochMs;
  /** SHA-256 (hex) of the canonical inputs. */
  readonly digest: string;
  /** From 1; raised whenever the content changes. */
  readonly revision: number;
}

export const zeroMs = (): ClassMs => ({
  notScheduled: 0,
  plannedStop: 0,
  extra: 0,
  running: 0,
  changeover: 0,
  breakdown: 0,
  delay: 0,
  minorStop: 0,
  idle: 0,
  unknown: 0,
});

/** Everything that a row of no time, or of nothing heard, adds up from. */
export const zeroSums = () => ({
  ms: zeroMs(),
  runningUs: { productive: 0n, rejectLoss: 0n, speedLoss: 0n } as RunningUs | null,
  counts: { produced: 0, good: 0, reject: 0, duringUnknown: 0, extra: 0 },
  quality: { rework: 0 as number | null, inspected: 0 },
  orders: { ms: 0, unknownMs: 0, busyMs: 0, runningMs: 0, produced: 0 },
  failures: 0,
  energyWh: { planned: 0, outside: 0, duringUnknown: 0 } as EnergyWh | null,
});
