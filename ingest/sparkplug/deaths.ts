import type { DecodedReading } from '../decode/decoder.ts';
import type { Member } from './member.ts';
import { BD_SEQ } from './names.ts';
import { INT, LONG, nameOf, type PayloadHead, RawMetric, readMetric } from './payload.ts';
import type { NodeSession } from './sessions.ts';
import type { WireReader } from './wire.ts';

const SIGNALS = ['state', 'reason'] as const;
const VALUES = ['unknown', 'offline'] as const;

/**
 * What a death is in the store: the state is unknown from then on (semantics, "States and silence"). A member that never
 * told of anything is no machine, and one that is dead already doesn't die again: they leave no trace.
 */
export function deathOf(
  { machine, measures, diedAt }: Member,
  when: Pick<DecodedReading, 'ts' | 'isOurTime'>,
): DecodedReading | undefined {
  return measures && diedAt === null ? { machine, ...when, signals: SIGNALS, values: VALUES } : undefined;
}

/** The session number in a birth or death of a node; `null`: it has none. Throws `NotProtobuf`. */
export function bdSeqOf(reader: WireReader, { places }: PayloadHead): number | null {
  const metric = new RawMetric();
  for (let at = 0; at < places.length; at += 2) {
    readMetric(reader, metric, places[at] as number, places[at + 1] as number);
    if (nameOf(reader, metric) !== BD_SEQ) continue;
    return metric.member === LONG || metric.member === INT ? metric.low : null;
  }
  return null;
}

/**
 * Whether an NDEATH ends the node's session: it must bear the number of the birth, so that the will of an older connection,
 * which the broker may send late, ends nothing. One without a number can't be told from it, and counts.
 */
export const endsSession = (session: NodeSession, bdSeq: number | null): boolean =>
  session.alive && (bdSeq === null || session.bdSeq === null || bdSeq === session.bdSeq);
