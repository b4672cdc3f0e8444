import type { SignalValue } from '../domain/observation.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { DecodedReading } from './decode/decoder.ts';
import { COUNTS, MESSAGES, OBSERVATIONS } from './group-books.ts';
import { timeFault } from './guard/time-range.ts';
import { guardReading } from './guard/type-guard.ts';
import type { GroupBuilder } from './journal/group-builder.ts';
import { type JudgeOptions, judgeReading } from './judge.ts';
import type { KnownOfStore } from './lookups.ts';
import { type DecodedArrival, enter, isOfNoTime } from './prepare.ts';
import { refusalOf, type ValueGuard } from './values/value-guard.ts';

/**
 * Decides the fate of a message out of quarantine: all of it passes now, or nothing changes. Its books move from
 * `refused`; it isn't received again, except for observations that nobody could see in it before.
 */
export function settleReplay(
  { arrival, decoded }: DecodedArrival,
  group: GroupBuilder,
  known: KnownOfStore,
  options: JudgeOptions,
): Refusal | null {
  const { replay } = arrival;
  if (!replay) return null;
  const refusal = decoded.refused[0] ?? firstFault({ arrival, decoded }, options);
  if (refusal) return refusal;
  const place = group.placeOf(replay.quarantined.source);
  let spooled = 0;
  let replacing = 0;
  let duplicate = 0;
  let thinned = 0;
  for (const reading of decoded.readings) {
    if (isOfNoTime(reading, arrival)) continue;
    const judged = judgeReading(reading, arrival, group, known, options);
    enter(judged, group, place, spooled > 0);
    spooled += judged.values.length;
    replacing += judged.replaced.length;
    duplicate += judged.duplicates;
    thinned += judged.thinned;
  }
  const { wholeMessage, observations } = replay.booked;
  // Of a message whose rest went on, what is a duplicate now was booked then.
  const others = wholeMessage ? duplicate + thinned : 0;
  const unaccounted = Math.max(0, observations - spooled - others);
  // What of a part was no fact then was booked so.
  const ignored = wholeMessage ? Math.min(decoded.ignored ?? 0, unaccounted) : 0;
  const { counts } = group.books;
  const from = place * COUNTS;
  if (wholeMessage) {
    counts[from + MESSAGES.refused]!--;
    if (spooled > 0) counts[from + MESSAGES.spooled]!++;
    else if (duplicate > 0) counts[from + MESSAGES.duplicate]!++;
    else counts[from + MESSAGES.ignored]!++;
  }
  counts[from + OBSERVATIONS.received]! += Math.max(0, spooled + others - observations);
  counts[from + OBSERVATIONS.refused]! -= observations;
  counts[from + OBSERVATIONS.spooled]! += spooled;
  counts[from + OBSERVATIONS.replacing]! += replacing;
  counts[from + OBSERVATIONS.ignored]! += ignored;
  counts[from + OBSERVATIONS.thinned]! += wholeMessage ? thinned : 0;
  counts[from + OBSERVATIONS.duplicate]! += (wholeMessage ? duplicate : 0) + unaccounted - ignored;
  group.released.push(replay.quarantined.id);
  return null;
}

function firstFault({ arrival, decoded }: DecodedArrival, options: JudgeOptions): Refusal | undefined {
  const askRules = options.valueGuard?.asking();
  for (const reading of decoded.readings) {
    const fault =
      (reading.ts === null
        ? undefined
        : timeFault(reading.ts, arrival.message.receivedAt, options.tsAheadMs)) ??
      guardReading(options.machines, reading, options.caps).refused[0] ??
      (askRules && valueFault(reading, options.machines, askRules));
    if (fault) return fault;
  }
  return undefined;
}

/** What a rule refuses of a reading; of one without a time no jump can be told. */
function valueFault(
  { machine, ts, signals, values }: DecodedReading,
  machines: JudgeOptions['machines'],
  askRules: ReturnType<ValueGuard['asking']>,
): Refusal | undefined {
  const entry = machines.get(machine);
  for (const [index, signal] of signals.entries()) {
    const value = values[index] as SignalValue;
    const note = askRules(entry, machine, { signal, ts: ts ?? Number.NEGATIVE_INFINITY, value });
    if (note?.action === 'refused') return refusalOf(note);
  }
  return undefined;
}
