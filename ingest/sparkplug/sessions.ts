import type { MachinePath } from '../../domain/path.ts';
import type { EpochMs } from '../../domain/time.ts';
import { quoted } from '../decode/names.ts';
import type { Definitions } from './births.ts';
import { type Member, newMember, unknow } from './member.ts';
import type { MachineOf } from './names.ts';
import type { EarlyDeath, Ended } from './overtaken.ts';

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
  /** The sequence number that came last. */
  lastSeq: number;
  /** `null`: it goes on, or was never born. */
  ended: Ended | null;
  /** Deaths of sessions that aren't known, the oldest first. */
  early: readonly EarlyDeath[];
}

/** The sessions of every edge node heard of. So many nodes and devices are remembered, that made-up topics can't fill the memory. */
export function createSessions(machineOf: MachineOf, most: number) {
  const nodes = new Map<string, NodeSession>();
  const byMachine = new Map<MachinePath, Member>();
  let devices = 0;

  function join(group: string, node: string, device: string | null): Member {
    const member = newMember(device, machineOf(group, node, device));
    byMachine.set(member.machine, member);
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
      if (nodes.size >= most) return undefined;
      const session: NodeSession = {
        key,
        group,
        node,
        own: join(group, node, null),
        devices: new Map(),
        definitions: new Map(),
        alive: false,
        bdSeq: null,
        bornOn: -1,
        lastSeq: 0,
        ended: null,
        early: [],
      };
      nodes.set(key, session);
      return session;
    },

    /** The node (`device` null) or a device of it; `undefined`: too many are known already. */
    member(session: NodeSession, device: string | null): Member | undefined {
      if (device === null) return session.own;
      const known = session.devices.get(device);
      if (known) return known;
      if (devices >= most) return undefined;
      devices++;
      const member = join(session.group, session.node, device);
      session.devices.set(device, member);
      return member;
    },

    /** Why nothing can be remembered of a node or a device of it; `undefined`: it is known, or finds room. */
    excess(group: string, node: string, device: string | null): string | undefined {
      const session = nodes.get(`${group}/${node}`);
      const says = (what: string, count: number): string =>
        `The ${what} would be number ${count + 1}; ${most} are the most that one process remembers. Check for names that are made up anew each time, or share the groups out to workers (sparkplug.groups).`;
      if (!session && nodes.size >= most) return says(`edge node ${quoted(`${group}/${node}`)}`, nodes.size);
      if (device === null || session?.devices.has(device) || devices < most) return undefined;
      return says(`device ${quoted(`${group}/${node}/${device}`)}`, devices);
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

export const membersOf = ({ own, devices }: NodeSession): Member[] => [own, ...devices.values()];

/** A birth on an older connection may have been followed by others that nobody heard. */
export const isBorn = (session: NodeSession | undefined, connection: number): boolean =>
  session?.alive === true && connection <= session.bornOn;

/** From `at` on nobody knows what a member's data means. */
export const endTable = (member: Member, { definitions }: NodeSession, at: EpochMs): void =>
  unknow(member, definitions, at);

/** Births may have been missed: what they would have said nobody knows. Whether the node lives a death can still tell. */
export function forget(session: NodeSession, at: EpochMs): void {
  session.bornOn = -1;
  for (const member of membersOf(session)) endTable(member, session, at);
}
