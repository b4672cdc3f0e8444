import type { MachinePath } from '../../domain/path.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { Definitions, Table } from './births.ts';
import type { MachineOf } from './names.ts';

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

/** An edge node's session as a host knows it (ADR 11). */
export interface NodeSession {
  /** `group/node`, also the name of its books. */
  readonly key: string;
  readonly group: string;
  readonly node: string;
  readonly own: Member;
  readonly devices: Map<string, Member>;
  definitions: Definitions;
  /** It was born, and no death of that session was heard. */
  alive: boolean;
  /** `null`: its birth named none, or there was none. */
  bdSeq: number | null;
  /** The newest connection that was open when the node was born; births may have been missed on a later one. */
  bornOn: number;
}

/** Nodes beyond this are not remembered, so that made-up topics can't fill the memory. */
const MAX_NODES = 20_000;
const MAX_DEVICES = 20_000;

/** The sessions of every edge node heard of. */
export function createSessions(machineOf: MachineOf) {
  const nodes = new Map<string, NodeSession>();
  const byMachine = new Map<MachinePath, Member>();
  let devices = 0;

  function newMember(group: string, node: string, device: string | null): Member {
    const machine = machineOf(group, node, device);
    const member: Member = {
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
    };
    byMachine.set(machine, member);
    return member;
  }

  return {
    /** `undefined`: not heard of. */
    get: (group: string, node: string): NodeSession | undefined => nodes.get(`${group}/${node}`),

    /** `undefined`: too many are known already. */
    open(group: string, node: string): NodeSession | undefined {
      const key = `${group}/${node}`;
      const known = nodes.get(key);
      if (known) return known;
      if (nodes.size >= MAX_NODES) return undefined;
      const session: NodeSession = {
        key,
        group,
        node,
        own: newMember(group, node, null),
        devices: new Map(),
        definitions: new Map(),
        alive: false,
        bdSeq: null,
        bornOn: -1,
      };
      nodes.set(key, session);
      return session;
    },

    /** The node (`device` null) or a device of it; `undefined`: too many are known already. */
    member(session: NodeSession, device: string | null): Member | undefined {
      if (device === null) return session.own;
      const known = session.devices.get(device);
      if (known) return known;
      if (devices >= MAX_DEVICES) return undefined;
      devices++;
      const member = newMember(session.group, session.node, device);
      session.devices.set(device, member);
      return member;
    },

    /**
     * [tck-id-operational-behavior-edge-node-termination-host-action-ndeath-node-offline] and its like: whether a machine is
     * online by its last birth or death; `undefined`: it is none of Sparkplug's.
     */
    isOnline(machine: MachinePath): boolean | undefined {
      const member = byMachine.get(machine);
      return member && member.table !== null;
    },

    /** A signal's unit as the last birth told it; `null`: it told none. */
    unitOf: (machine: MachinePath, signal: string): string | null =>
      byMachine.get(machine)?.table?.units.get(signal) ?? null,
  };
}

export type Sessions = ReturnType<typeof createSessions>;

/** A member is born: what was told of it before doesn't hold any more. */
export function bear(member: Member, table: Table, receivedAt: EpochMs): void {
  member.table = table;
  // What could not be read until now belongs to this session: a birth asked for in it gives it the same names.
  if (!member.continues) member.heldFrom = member.unreadSince ?? receivedAt;
  member.continues = true;
  member.measures = [...table.byName.values()].some(({ isProtocols }) => !isProtocols);
  member.unreadSince = null;
  member.unread = 0;
  member.diedAt = null;
}

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

export const membersOf = ({ own, devices }: NodeSession): Member[] => [own, ...devices.values()];
