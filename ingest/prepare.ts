import type { EpochMs } from '../domain/time.ts';
import type { Arrival, Dropped } from './arrival.ts';
import type { Decoded, DecodedReading, RefusedPart } from './decode/decoder.ts';
import { COUNTS, MESSAGES, OBSERVATIONS, UNKNOWN_ROW } from './group-books.ts';
import type { GroupBuilder } from './journal/group-builder.ts';
import { type Judged, type JudgeOptions, judgeReading } from './judge.ts';
import type { KnownOfStore } from './lookups.ts';
import { quarantinedOf } from './refusal-note.ts';
import type { Route } from './route.ts';
import { SOURCE, SOURCE_NUMBERS, type SourceRows } from './source-rows.ts';

/** A message and what its decoder found in it. */
export interface DecodedArrival {
  readonly arrival: Arrival;
  readonly decoded: Decoded;
}

const NOTHING: readonly DecodedReading[] = [];
const NOTHING_DECODED: Decoded = { readings: NOTHING, refused: [] };

/** Decodes a message by the rule of its topic. */
export function decodeArrival(arrival: Arrival, maxPayloadBytes: number): DecodedArrival {
  const { route, message, replay, dropped } = arrival;
  const { payload } = message;
  if (dropped) return { arrival, decoded: { readings: NOTHING, refused: [overload(dropped)] } };
  const { to } = route;
  if (!('decoder' in to)) {
    if ('code' in to)
      return { arrival, decoded: { readings: NOTHING, refused: [{ ...to, observations: 0 }] } };
    to.seen?.(message);
    return { arrival, decoded: NOTHING_DECODED };
  }
  if (message.retain && to.binding.retained === 'ignore') return { arrival, decoded: NOTHING_DECODED };
  if (payload.length > maxPayloadBytes) {
    const detail = `The payload has ${payload.length} bytes; ${maxPayloadBytes} are allowed (ingest.maxPayloadBytes). Publish smaller batches.`;
    return {
      arrival,
      decoded: { readings: NOTHING, refused: [{ code: 'payload-too-large', detail, observations: 0 }] },
    };
  }
  let decoded: Decoded;
  try {
    decoded = to.decoder.decode(to.binding, payload, arrival);
  } catch (error) {
    // Were it to fail its whole group, a message that is sent again until it is taken would hold up all others for ever.
    return { arrival, decoded: { readings: NOTHING, refused: [defect(error)] } };
  }
  return { arrival, decoded: replay ? timed(decoded, replay.instants) : decoded };
}

const defect = (error: unknown): RefusedPart => ({
  code: 'defect',
  detail: `Reading it failed in the platform itself (${String(error).slice(0, 200)}); it is kept, and can be replayed after an update. Please report it.`,
  observations: 0,
});

const overload = ({ count }: Dropped): RefusedPart => ({
  code: 'overload',
  detail: `Too much was waiting, and ${count} of the source's messages at QoS 0 were not taken. Publish at QoS 1, which slows the publisher down instead. At most one such message a minute is kept.`,
  observations: 0,
});

const timed = (decoded: Decoded, instants: readonly EpochMs[]): Decoded => ({
  ...decoded,
  readings: decoded.readings.map((reading, index) => ({ ...reading, ts: instants[index] ?? reading.ts })),
});

/** Whether a message that a broker had retained counts as of the receive time where it says none. */
export const takesRetained = ({ to }: Route): boolean => 'decoder' in to && to.binding.retained === 'take';

/** A message that a broker had retained, without a time of its own, says nothing about now. */
export const isOfNoTime = ({ ts }: DecodedReading, { message, route }: Arrival): boolean =>
  ts === null && message.retain && !takesRetained(route);

/** Decides the fate of every observation of a message, and enters it into the group. */
export function settleArrival(
  { arrival, decoded }: DecodedArrival,
  group: GroupBuilder,
  known: KnownOfStore,
  options: JudgeOptions,
): void {
  if (arrival.replay) return;
  const { source, ownRow } = arrival.route;
  const place = group.placeOf(source, ownRow);
  noteDelay(arrival, decoded.readings, options.sources);
  let stored = 0;
  let duplicate = 0;
  let ignored = decoded.ignored ?? 0;
  let thinned = 0;
  let replacing = 0;
  /** Copied once, at the first refusal: a batch may hold tens of thousands. */
  let judgedRefused: RefusedPart[] | null = null;
  for (const reading of decoded.readings) {
    if (isOfNoTime(reading, arrival)) {
      ignored += reading.signals.length;
      continue;
    }
    const judged = judgeReading(reading, arrival, group, known, options);
    if (judged.refused.length > 0) {
      judgedRefused ??= [...decoded.refused];
      for (const part of judged.refused) judgedRefused.push(part);
    }
    duplicate += judged.duplicates;
    thinned += judged.thinned;
    enter(judged, group, place, stored > 0);
    stored += judged.values.length;
    replacing += judged.replaced.length;
  }
  const refused = judgedRefused ?? decoded.refused;
  const refusedCount =
    refused.length === 0 ? 0 : refused.reduce((sum, { observations }) => sum + observations, 0);
  const received = stored + duplicate + ignored + thinned + refusedCount;
  const { counts } = group.books;
  const from = place * COUNTS;
  // One message, or as many as an overload left out.
  const messages = arrival.dropped?.count ?? 1;
  counts[from + MESSAGES.received]! += messages;
  if (stored > 0) counts[from + MESSAGES.spooled]! += messages;
  else if (refused.length > 0) counts[from + MESSAGES.refused]! += messages;
  else if (duplicate > 0) counts[from + MESSAGES.duplicate]! += messages;
  else counts[from + MESSAGES.ignored]! += messages;
  counts[from + OBSERVATIONS.received]! += received;
  counts[from + OBSERVATIONS.spooled]! += stored;
  if (received !== stored || replacing > 0) {
    counts[from + OBSERVATIONS.duplicate]! += duplicate;
    counts[from + OBSERVATIONS.ignored]! += ignored;
    counts[from + OBSERVATIONS.refused]! += refusedCount;
    counts[from + OBSERVATIONS.thinned]! += thinned;
    counts[from + OBSERVATIONS.replacing]! += replacing;
  }
  const { dropped } = arrival;
  if (refused.length > 0 && dropped?.kept !== false) {
    const wholeMessage = stored === 0;
    group.quarantined.push(quarantinedOf(source, arrival.message, refused, wholeMessage));
  }
  if (arrival.delivery) group.deliveries.push(arrival.delivery);
}

/** The newest of a message's times tells how late it comes, and over many messages how the source's clock runs. */
function noteDelay(
  { route: { row }, message }: Arrival,
  readings: readonly DecodedReading[],
  { numbers }: SourceRows,
): void {
  const last = readings[readings.length - 1];
  if (row === UNKNOWN_ROW || !last || last.ts === null || last.isOurTime || message.retain) return;
  let newest = last.sourceTs ?? last.ts;
  if (readings.length > 1) {
    const { ts, sourceTs, isOurTime } = readings[0] as DecodedReading;
    if (ts !== null && !isOurTime) newest = Math.max(newest, sourceTs ?? ts);
  }
  const delayMs = message.receivedAt - newest;
  const at = row * SOURCE_NUMBERS + SOURCE.leastDelayMs;
  if (delayMs < (numbers[at] as number)) numbers[at] = delayMs;
}

/** Puts what passed into the group and into memory. */
export function enter(judged: Judged, group: GroupBuilder, place: number, continues: boolean): void {
  const { shape, ts, values, replaced } = judged;
  if (!shape || values.length === 0) return;
  group.add(shape, ts, values, { place, continues, replaced });
}
