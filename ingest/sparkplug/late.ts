import type { EpochMs } from '../../domain/time.ts';
import type { DecodedReading } from '../decode/decoder.ts';
import { newTable } from './births.ts';
import { deathOf } from './deaths.ts';
import { type Member, measuresBy } from './member.ts';
import type { Ended } from './overtaken.ts';
import type { PayloadHead } from './payload.ts';
import { endTable, membersOf, type NodeSession } from './sessions.ts';
import { placed, type Translated, type TranslateOptions, translate } from './translate.ts';

/**
 * [tck-id-operational-behavior-edge-node-termination-host-action-ndeath-node-offline]
 * [tck-id-operational-behavior-edge-node-termination-host-action-ndeath-node-tags-stale]
 * [tck-id-operational-behavior-edge-node-termination-host-action-ndeath-devices-offline]
 * [tck-id-operational-behavior-edge-node-termination-host-action-ndeath-devices-tags-stale]
 * The node and all its devices, by the host's own clock: the will was written when the node connected. Ends the session where
 * the death really came.
 */
export function nodeDies(session: NodeSession, at: EpochMs, isLive: boolean): DecodedReading[] {
  const readings: DecodedReading[] = [];
  const ended: Ended = { at, held: new Map(), died: new Map() };
  const { definitions } = session;
  for (const member of membersOf(session)) {
    const reading = deathOf(member, { ts: at, isOurTime: true });
    if (reading) readings.push(reading);
    if (!isLive) continue;
    if (member.table) ended.held.set(member, { table: member.table, definitions });
    endTable(member, session, at);
    if (reading) member.diedAt = at;
  }
  if (isLive) Object.assign(session, { alive: false, ended });
  return readings;
}

/**
 * A device's death that the node's overtook: it died at the payload's time nevertheless, and what is still to come of it needs
 * a birth.
 */
export function lateDeath(
  member: Member | undefined,
  { held, died }: Ended,
  { timestamp }: PayloadHead,
): readonly DecodedReading[] {
  if (!member || timestamp === null || !held.delete(member)) return [];
  died.set(member, timestamp);
  const reading = deathOf({ ...member, diedAt: null }, { ts: timestamp });
  return reading ? [reading] : [];
}

/** A device's birth that the death of its node overtook: what it tells counts for what else was overtaken. */
export function lateBirth(
  member: Member,
  { at, held, died }: Ended,
  options: Pick<TranslateOptions, 'reader' | 'wantsDigits' | 'head' | 'definitions'>,
): { readonly found: Translated; readonly more: readonly DecodedReading[] } {
  const { head, definitions } = options;
  const wasTold = member.diedAt === at;
  const diedAt = died.get(member) ?? deathBehind(member.diedAt, head);
  const table = newTable();
  const found = translate({ ...options, machine: member.machine, table, isBirth: true, diedAt });
  held.set(member, { table, definitions });
  died.delete(member);
  member.measures = measuresBy(table);
  const more = [...revived(member, head, diedAt, table.byName.has('reason'))];
  if (!wasTold) {
    // The node's death was told of the devices that lived then; this one lived, too.
    const reading = deathOf({ ...member, diedAt: null }, { ts: at, isOurTime: true });
    if (reading) {
      more.push(reading);
      member.diedAt = at;
    }
  }
  return { found, more };
}

/**
 * The death that a birth comes behind, of a session that has ended: a birth that is dated before a death is older than it, and
 * what it tells stays where it was.
 */
export const deathBehind = (diedAt: EpochMs | null, { timestamp }: PayloadHead): EpochMs | null =>
  diedAt === null || timestamp === null || timestamp > diedAt ? diedAt : null;

/** Takes back the reason of a death, where the birth tells none itself: a machine without a state is not offline any more. */
export function revived(
  { machine }: Pick<Member, 'machine'>,
  head: PayloadHead,
  diedAt: EpochMs | null,
  tellsReason: boolean,
): readonly DecodedReading[] {
  if (diedAt === null || tellsReason) return [];
  return [{ machine, ts: placed(head.timestamp, head, diedAt), signals: ['reason'], values: [''] }];
}
