import type { SignalValue } from '../domain/observation.ts';
import type { EpochMs } from '../domain/time.ts';
import type { Arrival } from './arrival.ts';
import type { DecodedReading, RefusedPart } from './decode/decoder.ts';
import type { DedupMemory } from './dedup/memory.ts';
import { addMachine, type Machines, type Shape, shapeOf } from './guard/machines.ts';
import { timeFault } from './guard/time-range.ts';
import { type Coerced, fits, guardReading, type NameCaps, pinAll } from './guard/type-guard.ts';
import type { GroupBuilder } from './journal/group-builder.ts';
import type { KnownOfStore } from './lookups.ts';
import type { SourceRows } from './source-rows.ts';
import type { SourceTraffic } from './source-traffic.ts';
import type { CorrectionNote } from './values/group-notes.ts';
import { noteTaken } from './values/taken-notes.ts';
import type { ValueGuard } from './values/value-guard.ts';

export interface JudgeOptions {
  readonly machines: Machines;
  readonly dedup: DedupMemory;
  readonly caps: NameCaps;
  readonly tsAheadMs: number;
  readonly appliedGroup: () => number;
  readonly sources: SourceRows;
  /** `null`: no rule for values is configured. */
  readonly valueGuard: ValueGuard | null;
}

/** What becomes of a reading: what is to be stored, and what not. */
export interface Judged {
  /** `null`: nothing of it passed the guards. */
  readonly shape: Shape | null;
  readonly ts: EpochMs;
  readonly values: readonly SignalValue[];
  readonly replaced: readonly number[];
  readonly duplicates: number;
  /** How many values a dead band or minimum interval left out. */
  readonly thinned: number;
  readonly refused: readonly RefusedPart[];
}

const NONE: readonly never[] = [];

/** Guards a reading and tells news from duplicates and corrections; what is news is remembered, and its names taken up. */
export function judgeReading(
  reading: DecodedReading,
  { route, message, replay }: Arrival,
  group: GroupBuilder,
  known: KnownOfStore,
  { machines, dedup, caps, tsAheadMs, appliedGroup, valueGuard }: JudgeOptions,
): Judged {
  if (reading.ts !== null) {
    const fault = timeFault(reading.ts, message.receivedAt, tsAheadMs);
    if (fault && !reading.isOurTime) {
      if (route.traffic && !replay) noteRefusedTime(route.traffic, reading, message.receivedAt);
      return refusedWhole(reading, [{ ...fault, observations: reading.signals.length }]);
    }
  }
  let shape = route.shape;
  let values = reading.values;
  let refused: readonly RefusedPart[] = NONE;
  let coerced: readonly Coerced[] = NONE;
  if (!shape || !fits(shape, reading)) {
    const guarded = guardReading(machines, reading, caps);
    if (guarded.signals.length === 0) return refusedWhole(reading, guarded.refused);
    group.pins.push(...guarded.pins);
    shape = pinAll(machines, reading.machine, guarded);
    route.shape = shape;
    values = guarded.values;
    refused = guarded.refused;
    coerced = guarded.coerced;
  }
  const { machine } = shape;
  if (machine.source !== route.source) machine.source = route.source;
  if (machine.window.storedUntil === undefined) {
    const until = known.heard.get(machine.path);
    if (until !== undefined) dedup.meet(machine, until);
  }
  const ts = reading.ts ?? dedup.nextInstant(machine, shape.columns, message.receivedAt);
  let thinned = 0;
  let flagged: readonly CorrectionNote[] = NONE;
  if (valueGuard !== null) {
    const { receivedAt } = message;
    const guarded = valueGuard.guard(shape, ts, values, { receivedAt, notes: group.notes });
    if (guarded) {
      thinned = guarded.thinned;
      flagged = guarded.flagged;
      if (guarded.refused.length > 0) refused = [...refused, ...guarded.refused];
      if (!guarded.shape) {
        return { shape: null, ts, values: NONE, replaced: NONE, duplicates: 0, thinned, refused };
      }
      shape = guarded.shape;
      values = guarded.values;
    }
  }
  const { sourceTs } = reading;
  const { receivedAt } = message;
  if (reading.ts === null || dedup.isNews(machine, ts)) {
    dedup.remember(shape, ts, values, group.number);
    if (sourceTs !== undefined || coerced.length > 0 || flagged.length > 0) {
      const taken = { shape, ts, values, sourceTs, receivedAt, coerced, flagged };
      noteTaken({ ...taken, replaced: NONE, before: NONE }, group.notes);
    }
    return { shape, ts, values, replaced: NONE, duplicates: 0, thinned, refused };
  }
  const trusted = appliedGroup() >= machine.window.forgotAtGroup;
  const verdict = dedup.judge(shape, ts, values, trusted ? known.recalled(machine.path, ts) : 'unknown');
  if (verdict.kept.length === 0) {
    return { shape, ts, values: NONE, replaced: NONE, duplicates: verdict.duplicates, thinned, refused };
  }
  let replaced = verdict.replaced;
  if (verdict.duplicates > 0) {
    const whole = { shape, values };
    shape = shapeOf(
      machine,
      verdict.kept.map((index) => whole.shape.signals[index] as string),
    );
    values = verdict.kept.map((index) => whole.values[index] as SignalValue);
    replaced = replaced.map((index) => verdict.kept.indexOf(index));
  }
  dedup.remember(shape, ts, values, group.number);
  if (sourceTs !== undefined || coerced.length > 0 || flagged.length > 0 || replaced.length > 0) {
    const taken = { shape, ts, values, sourceTs, receivedAt, coerced, flagged };
    noteTaken({ ...taken, replaced, before: verdict.before }, group.notes);
  }
  return { shape, ts, values, replaced, duplicates: verdict.duplicates, thinned, refused };
}

/** A correction of the clock has to begin there, so that what was refused can be stored. */
function noteRefusedTime({ refusedFrom }: SourceTraffic, reading: DecodedReading, receivedAt: EpochMs): void {
  const ts = reading.sourceTs ?? (reading.ts as EpochMs);
  const side = ts > receivedAt ? 'ahead' : 'behind';
  refusedFrom[side] = Math.min(refusedFrom[side], ts);
}

const refusedWhole = ({ ts }: DecodedReading, refused: readonly RefusedPart[]): Judged => ({
  shape: null,
  ts: ts ?? 0,
  values: NONE,
  replaced: NONE,
  duplicates: 0,
  thinned: 0,
  refused,
});

/** What a group read back after a start holds is in memory again. */
export function rememberAgain(
  { machines, dedup }: Pick<JudgeOptions, 'machines' | 'dedup'>,
  {
    machine,
    ts,
    signals,
    values,
  }: { machine: string; ts: EpochMs; signals: readonly string[]; values: readonly SignalValue[] },
  group: number,
): void {
  const entry = machines.get(machine) ?? addMachine(machines, machine);
  dedup.remember(shapeOf(entry, signals), ts, values, group);
}
