import type { CatalogueEntry } from '../catalogue-entry.ts';
import type { LedgerSums } from '../ledger-row.ts';
import type { MachinePath } from '../path.ts';
import type { RevisionCause } from '../revision-cause.ts';
import type { EpochMs, Span } from '../time.ts';
import type { AlikeOf, AlikeStretch } from './alike.ts';
import type { CheckedGauge } from './gauges.ts';
import type { CheckedHour } from './hours.ts';
import type { PeriodicRun } from './periodic-runs.ts';

/** An hour or a production day of a machine's ledger. */
export type CheckedCell = Span & Pick<LedgerSums, 'ms' | 'runningUs' | 'counts' | 'energyWh'>;

/** Something that a machine said: the word of a state, or how many pieces a counter grew by. */
export interface Said {
  readonly ts: EpochMs;
  readonly what: string;
}

/** A change of what is known or configured that gave a recorded cell another content. */
export interface Edited extends Span {
  readonly at: EpochMs;
  readonly cause: RevisionCause;
}

/** What the checks look at: one machine in a span, as known at `asOf`. */
export interface CheckedFacts extends Span {
  readonly machine: MachinePath;
  readonly asOf: EpochMs;
  /** Ascending; hours of which nothing is kept any more are left out. */
  readonly hours: readonly CheckedHour[];
  readonly days: readonly CheckedCell[];
  /** States and counts together, ascending. */
  readonly said: readonly Said[];
  /** Each increment of the piece counter, ascending. */
  readonly pieces: readonly { readonly ts: EpochMs; readonly count: number }[];
  /** Over the same stretch as the hours. */
  readonly gauges: readonly CheckedGauge[];
  readonly edits: readonly Edited[];
  /** Its stretches that are one of another machine, or of its own before what is said here: found by their prints. */
  readonly alike: readonly AlikeOf[];
  /** Its stretches with the rhythm of an earlier one, before what is said here: found by their prints. */
  readonly rhythms: readonly AlikeStretch[];
  /** Periodic counts before what is said here, ascending: found by their prints. */
  readonly periodic: readonly PeriodicRun[];
  /** From the first to the last day of which it can't be told any more what gauges said: their raw data was removed. */
  readonly unjudged: Span | null;
}

/** How far evidence carries: `A` nothing speaks against it, `B` something wants an explanation, `C` something speaks against it. */
export const GRADES = ['A', 'B', 'C'] as const;
export type Grade = (typeof GRADES)[number];

/** Something that is hardly so in a real plant, with the numbers that show it. Nothing is corrected by it. */
export interface Finding extends Span {
  readonly evidence: Readonly<Record<string, number | string>>;
}

export interface PlausibilityCheck extends CatalogueEntry {
  readonly why: { readonly zh: string; readonly en: string };
  /** The grade that a finding leaves. */
  readonly grade: Exclude<Grade, 'A'>;
  /** Where it begins to count; by name, with the unit in the name. */
  readonly thresholds: Readonly<Record<string, number>>;
  readonly find: (facts: CheckedFacts) => readonly Finding[];
}

/** The grade that findings leave of a machine's evidence: the lowest of theirs. */
export const gradeOf = (grades: readonly Grade[]): Grade =>
  GRADES.findLast((grade) => grades.includes(grade)) ?? 'A';

/** Neighbouring items for which something holds, as stretches; a gap in time parts them. */
export function stretchesOf<T extends Span>(items: readonly T[], holds: (item: T) => boolean): T[][] {
  const stretches: T[][] = [];
  let open: T[] | undefined;
  for (const item of items) {
    if (!holds(item)) open = undefined;
    else if (open?.at(-1)?.to === item.from) open.push(item);
    else {
      open = [item];
      stretches.push(open);
    }
  }
  return stretches;
}

export const sumOf = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((sum, item) => sum + of(item), 0);

/** From the begin of the first to the end of the last. */
export const spanOfAll = (items: readonly Span[]): Span => ({
  from: (items[0] as Span).from,
  to: (items.at(-1) as Span).to,
});
