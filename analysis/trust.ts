import { contextOf } from '../domain/ledger-context.ts';
import type { Machine } from '../domain/plant.ts';
import type { DurationMs, EpochMs } from '../domain/time.ts';
import { keptConfigOf } from './config-document.ts';
import type { LedgerMarks } from './ledger-marks.ts';
import type { Member } from './members.ts';

/**
 * How long after a cell's end facts can still change it, and so how far before a changed fact cells can change: a stop is
 * judged on its whole length. Everything else in a ledger follows from what came before.
 */
export const lookaheadMs = (machine: Machine): DurationMs =>
  contextOf(machine, { from: 0, to: 0 }, Number.MAX_SAFE_INTEGER).to;

/** A cell is recorded no sooner than this after its end, so that what is usually on its way has arrived. */
const GRACE_MS: DurationMs = 60_000;

/** How long after its end a machine's cell is closed, and can be recorded. */
export const closingMs = (machine: Machine): DurationMs => Math.max(GRACE_MS, lookaheadMs(machine));

/** A hash of everything configured that a machine's ledger depends on. */
export const configOf = (member: Member): string => keptConfigOf(member).hash;

/** What is known of a machine's recorded cells at one moment. */
export interface Trust {
  /** Up to when they are what the facts give: made with the present configuration, settled at `asOf`, and out of reach of every pending mark. */
  readonly trustedUntil: EpochMs;
  /** Up to when any can be recorded that matter at `asOf`. */
  readonly recordedUntil: EpochMs;
}

const NOTHING: Trust = { trustedUntil: Number.NEGATIVE_INFINITY, recordedUntil: Number.NEGATIVE_INFINITY };

/**
 * Take it before the recorded cells are read: a mark is cleared only after what it touched is recorded anew. Marks are
 * read last, since whoever changes how a machine is recorded marks it first.
 */
export function trustNow(marks: LedgerMarks, asOf: EpochMs): (member: Member) => Trust {
  const standings = marks.standings();
  const pending = marks.pending();
  return (member) => {
    const { machine } = member;
    const standing = standings.get(machine.path);
    if (!standing) return NOTHING;
    const reach = lookaheadMs(machine);
    const recordedUntil = Math.min(standing.until, asOf) - reach;
    if (standing.config !== configOf(member)) return { ...NOTHING, recordedUntil };
    const marked = pending.get(machine.path) ?? Number.POSITIVE_INFINITY;
    return { recordedUntil, trustedUntil: Math.min(recordedUntil, marked - reach) };
  };
}
