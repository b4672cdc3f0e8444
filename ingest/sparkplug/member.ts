import type { MachinePath } from '../../domain/path.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { Definitions, Table } from './births.ts';

/** What is known of a node itself, or of one of its devices. */
export interface Member {
  /** `null`: the node itself. */
  readonly device: string | null;
  readonly machine: MachinePath;
  /** `null`: offline, or no birth tells what its data means. */
  table: Table | null;
  /** From when on the table held: messages received before mean nobody knows what. */
  heldFrom: EpochMs;
  /** A birth of the same session gives the same names: the table holds from the first one on. */
  continues: boolean;
  /** Whether its last birth told of anything but the protocol's own. */
  measures: boolean;
  /** What told of it before, the newest first: for what is read again. */
  past: readonly Past[];
  /** When it was told dead last, since its last birth. */
  diedAt: EpochMs | null;
  /** Since when data came that could not be read for lack of a birth, in a session that goes on. */
  unreadSince: EpochMs | null;
  /** How many messages these are. */
  unread: number;
}

/** A table that holds no more. */
export interface Past {
  readonly table: Table;
  readonly definitions: Definitions;
  readonly from: EpochMs;
  readonly until: EpochMs;
}

export const newMember = (device: string | null, machine: MachinePath): Member => ({
  device,
  machine,
  table: null,
  heldFrom: 0,
  continues: false,
  measures: false,
  past: [],
  diedAt: null,
  unreadSince: null,
  unread: 0,
});

/** A member is born: what was told of it before doesn't hold any more. */
export function bear(member: Member, table: Table, receivedAt: EpochMs): void {
  member.table = table;
  // What could not be read until now belongs to this session: a birth asked for in it gives it the same names.
  if (!member.continues) member.heldFrom = member.unreadSince ?? receivedAt;
  member.continues = true;
  member.measures = measuresBy(table);
  member.unreadSince = null;
  member.unread = 0;
  member.diedAt = null;
}

/** Whether a birth tells of anything but the protocol's own. */
export const measuresBy = ({ byName }: Table): boolean =>
  [...byName.values()].some(({ isProtocols }) => !isProtocols);

/** A message came that only a birth can explain. */
export function leaveUnread(member: Member, receivedAt: EpochMs): void {
  member.unreadSince ??= receivedAt;
  member.unread++;
}

/** Past tables that a member keeps. */
const MOST_PAST = 4;

/** From `until` on nobody knows any more what the member's data means. */
export function unknow(member: Member, definitions: Definitions, until: EpochMs): void {
  const { table, heldFrom: from, past } = member;
  if (table) member.past = [{ table, definitions, from, until }, ...past.slice(0, MOST_PAST - 1)];
  member.table = null;
  member.continues = false;
  member.unreadSince = null;
  member.unread = 0;
}

/** What told what the member's data meant at an instant of receiving. */
export function heldAt(
  member: Member,
  definitions: Definitions,
  receivedAt: EpochMs,
): Pick<Past, 'table' | 'definitions'> | undefined {
  const { table, heldFrom, past } = member;
  if (table && receivedAt >= heldFrom) return { table, definitions };
  return past.find(({ from, until }) => receivedAt >= from && receivedAt < until);
}
