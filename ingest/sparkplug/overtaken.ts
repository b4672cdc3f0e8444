import type { EpochMs } from '../../domain/time.ts';
import type { Definitions, Table } from './births.ts';
import type { Member } from './member.ts';
import type { PayloadHead } from './payload.ts';
import type { NodeSession } from './sessions.ts';

/** So long after a node's death what was published before it may still come. */
const OVERTAKEN_MS = 5000;
/** Deaths that came before their births, of one node. */
const MOST_EARLY = 8;

/** A session that a death has ended, for what that death overtook. */
export interface Ended {
  readonly at: EpochMs;
  /** What told what each member's data meant; a device that was told dead in the session has nothing here. */
  readonly held: Map<Member, { readonly table: Table; readonly definitions: Definitions }>;
  /** Of devices whose own death the node's overtook: when they died. */
  readonly died: Map<Member, EpochMs>;
}

/** A death of a session whose birth hasn't come. */
export interface EarlyDeath {
  readonly bdSeq: number;
  readonly at: EpochMs;
}

/** Sequence numbers run from 0 to 255 and begin again; further ahead than half of the circle is behind. */
const ahead = (seq: number, last: number): number => (seq - last) & 255;

/** The newest sequence number of a session; one that comes a second time doesn't set it back. */
export function noteSeq(session: NodeSession, seq: number | null): void {
  if (seq !== null && ahead(seq, session.lastSeq) < 128) session.lastSeq = seq;
}

/**
 * The session that ended, where a message of a node that was told dead is of it: a broker keeps the order of messages of one
 * QoS only [MQTT 5, 4.6], so a will at QoS 1 may overtake data at QoS 0. Such data was sent before the death, and continues
 * the session's count to the number; that of a session whose birth was lost begins its own, and may name other metrics by
 * the same aliases.
 */
export function overtaken(
  { ended, bornOn, lastSeq }: NodeSession,
  { seq, timestamp }: PayloadHead,
  { receivedAt, connection }: { readonly receivedAt: EpochMs; readonly connection: number },
): Ended | null {
  const isOfIt =
    ended !== null &&
    receivedAt - ended.at <= OVERTAKEN_MS &&
    connection <= bornOn &&
    timestamp !== null &&
    timestamp <= ended.at &&
    seq !== null &&
    ahead(seq, lastSeq) === 1;
  return isOfIt ? ended : null;
}

/** Keeps a death of a session that isn't known: it may have overtaken the birth. */
export function noteEarly(session: NodeSession, bdSeq: number | null, at: EpochMs): void {
  if (bdSeq === null || session.bdSeq === null || bdSeq === session.bdSeq) return;
  session.early = [...session.early.slice(1 - MOST_EARLY), { bdSeq, at }];
}

/** Whether the death of the session that a birth begins came before it; it is forgotten then, and so is what is too old. */
export function diedEarly(
  session: NodeSession,
  bdSeq: number | null,
  { timestamp }: PayloadHead,
  receivedAt: EpochMs,
): boolean {
  if (session.early.length === 0) return false;
  const recent = session.early.filter(({ at }) => receivedAt - at <= OVERTAKEN_MS);
  const death = recent.find((one) => one.bdSeq === bdSeq);
  session.early = recent.filter((one) => one !== death);
  return death !== undefined && timestamp !== null && timestamp <= death.at;
}
