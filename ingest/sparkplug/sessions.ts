import type { MachinePath } from '../../domain/path.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { Definitions } from './births.ts';
import { type Member, newMember, unknow } from './member.ts';
import type { MachineOf } from './names.ts';

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
      if (nodes.size >= MAX_NODES) return undefined;
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
      const member = join(session.group, session.node, device);
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
