import type { EpochMs } from '../../domain/time.ts';
import type { Member, Past } from './member.ts';
import type { PayloadHead } from './payload.ts';
import type { NodeSession } from './sessions.ts';

/** So long after a node's death what was published before it may still come. */
const OVERTAKEN_MS = 5000;

/** Sequence numbers run from 0 to 255 and begin again; further ahead than half of the circle is behind. */
const ahead = (seq: number, last: number): number => (seq - last) & 255;

/** The newest sequence number of a session; one that comes a second time doesn't set it back. */
export function noteSeq(session: NodeSession, seq: number | null): void {
  if (seq !== null && ahead(seq, session.lastSeq) < 128) session.lastSeq = seq;
}

/**
 * Whether a message of a node that was told dead is of the session that ended: a broker keeps the order of messages of one
 * QoS only [MQTT 5, 4.6], so a will at QoS 1 may overtake data at QoS 0. Such data was sent before the death, and continues
 * the session's count to the number; that of a session whose birth was lost begins its own, and may name other metrics by
 * the same aliases.
 */
export const isOvertaken = (
  session: NodeSession,
  { seq, timestamp }: PayloadHead,
  { receivedAt, connection }: { readonly receivedAt: EpochMs; readonly connection: number },
): boolean =>
  session.endedAt !== null &&
  receivedAt - session.endedAt <= OVERTAKEN_MS &&
  connection <= session.bornOn &&
  timestamp !== null &&
  timestamp <= session.endedAt &&
  seq !== null &&
  ahead(seq, session.lastSeq) === 1;

/** What told what a member's data meant when its node was told dead; `undefined`: nothing did. */
export function tableAtDeath({ past }: Member, { endedAt }: NodeSession): Past | undefined {
  const [last] = past;
  return last?.until === endedAt ? last : undefined;
}
