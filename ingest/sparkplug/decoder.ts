import type { Refusal } from '../../domain/refusal.ts';
import type { EpochMs } from '../../domain/time.ts';
import { UNMATCHED } from '../books.ts';
import type { Binding, Decoded, DecodedReading, Decoder, Occasion } from '../decode/decoder.ts';
import { collision, newTable } from './births.ts';
import { bdSeqOf, deathOf, endsSession } from './deaths.ts';
import { deathBehind, lateBirth, lateDeath, nodeDies, revived } from './late.ts';
import { bear, heldAt, leaveUnread, type Member } from './member.ts';
import { defaultMachineOf, type MachineOf } from './names.ts';
import { diedEarly, noteEarly, noteSeq, overtaken } from './overtaken.ts';
import { type PayloadHead, readHead } from './payload.ts';
import {
  createSessions,
  endTable,
  forget,
  isBorn,
  membersOf,
  type NodeSession,
  type Sessions,
} from './sessions.ts';
import { BELOW, type EdgeTopic, edgeTopicOf, NAMESPACE } from './topic.ts';
import { type Translated, translate, type WantsDigits } from './translate.ts';
import { NotProtobuf, WireReader } from './wire.ts';

/** What messages mean for a host. */
export interface SparkplugNews {
  /** Data can't be read, or not wholly: only a birth can tell what it means. */
  unreadable(node: { readonly group: string; readonly node: string }, why: string): void;
  /** A node was born, so that whatever was asked of it is answered. */
  nodeBorn(node: { readonly group: string; readonly node: string }): void;
}

/** … and for ingest. */
export interface SparkplugEvents extends SparkplugNews {
  /** A birth came that tells what so many messages of this topic mean that were refused before it. */
  readable(topic: string, messages: number): void;
  /** Two metrics of a birth differ in nothing but case. */
  namesCollide(machine: string, names: readonly [string, string]): void;
}

export interface SparkplugDecoderOptions {
  /** What a rule may say otherwise. */
  readonly machineOf?: MachineOf | undefined;
  readonly wantsDigits?: WantsDigits | undefined;
  /** So many nodes, and so many devices, may have sessions. */
  readonly mostSessions: number;
  readonly events: SparkplugEvents;
}

interface SparkplugBinding extends Binding {
  /** `null`: a STATE. */
  readonly edge: EdgeTopic | null;
  /** Found with the first data, and the same ever after. */
  session: NodeSession | undefined;
  member: Member | undefined;
}

const NOTHING: Decoded = { readings: [], refused: [] };

const refusedWhole = (code: Refusal['code'], detail: string, observations: number): Decoded => ({
  readings: [],
  refused: [{ code, detail, observations }],
});

/**
 * Reads what edge nodes publish, and keeps the sessions without which data by alias means nothing. Messages of a node come in
 * the order of their sequence numbers (`order.ts` sees to it); those that only somebody asks about change nothing.
 */
export function createSparkplugDecoder({
  machineOf = defaultMachineOf,
  wantsDigits,
  mostSessions,
  events,
}: SparkplugDecoderOptions): Decoder & Pick<Sessions, 'isOnline' | 'unitOf'> {
  const sessions = createSessions(machineOf, mostSessions);
  const reader = new WireReader();
  const reads = { reader, wantsDigits };

  function bind(topic: string): SparkplugBinding | Refusal | undefined {
    if (!topic.startsWith(BELOW)) return undefined;
    const edge = edgeTopicOf(topic) ?? null;
    if (edge && 'code' in edge) return edge;
    return {
      source: edge ? `${edge.group}/${edge.node}` : UNMATCHED,
      machine: edge ? machineOf(edge.group, edge.node, edge.device) : '',
      signal: null,
      habit: { layout: null, misses: 0 },
      edge,
      session: undefined,
      member: undefined,
    };
  }

  function decode(binding: Binding, payload: Uint8Array, occasion: Occasion): Decoded {
    const { edge } = binding as SparkplugBinding;
    // A STATE is for edge nodes; a command is for one of them; and what a broker kept tells of a session that may be over.
    if (!edge || edge.verb === 'NCMD' || edge.verb === 'DCMD' || occasion.message.retain) return NOTHING;
    const isLive = occasion.number > 0 && occasion.replay === null;
    const { connection = 0, receivedAt } = occasion.message;
    let head: PayloadHead;
    try {
      head = readHead(reader, payload);
      switch (edge.verb) {
        case 'NBIRTH':
        case 'DBIRTH':
          return (
            beyondCap(edge, head) ??
            (isLive ? birth(edge, head, receivedAt, connection) : birthSeen(edge, head))
          );
        case 'NDEATH':
          return nodeDeath(edge, head, receivedAt, isLive);
        case 'DDEATH':
          return deviceDeath(edge, head, { receivedAt, connection, isLive });
        default:
          return data(binding as SparkplugBinding, edge, head, { receivedAt, connection, isLive });
      }
    } catch (error) {
      if (!(error instanceof NotProtobuf)) throw error;
      if (isLive) events.unreadable(edge, 'malformed');
      const what = payload.length === 0 ? 'it is empty' : error.message;
      return refusedWhole(
        'sparkplug-malformed',
        `No Sparkplug payload: ${what}. Publish Protocol Buffers as in sparkplug_b.proto.`,
        0,
      );
    }
  }

  /** No birth would help: nothing can be remembered of it. */
  function beyondCap({ group, node, device }: EdgeTopic, { places }: PayloadHead): Decoded | undefined {
    const excess = sessions.excess(group, node, device);
    return excess === undefined ? undefined : refusedWhole('too-many-names', excess, places.length / 2);
  }

  function birth(edge: EdgeTopic, head: PayloadHead, receivedAt: EpochMs, connection: number): Decoded {
    const { verb, group, node, device } = edge;
    const session = verb === 'NBIRTH' ? sessions.open(group, node) : sessions.get(group, node);
    const isExpected = verb === 'NBIRTH' || isBorn(session, connection);
    const when = { receivedAt, connection, isLive: true };
    const ended = session && !isExpected ? overtaken(session, head, when) : null;
    if (!isExpected && !ended) return unborn(edge, head, when);
    const member = session && sessions.member(session, device);
    if (!session || !member) return birthSeen(edge, head);
    if (ended) {
      noteSeq(session, head.seq);
      const { found, more } = lateBirth(member, ended, { ...reads, head, definitions: session.definitions });
      return decodedOf(found, more);
    }
    const isOfNode = verb === 'NBIRTH';
    const bdSeq = isOfNode ? bdSeqOf(reader, head) : null;
    const isDead = isOfNode && diedEarly(session, bdSeq, head, receivedAt);
    const { unread, machine } = member;
    const diedAt = isDead ? deathBehind(member.diedAt, head) : member.diedAt;
    const table = newTable();
    const definitions = isOfNode ? new Map() : session.definitions;
    // Read first: a birth that is no Protocol Buffers changes nothing.
    const found = translate({ ...reads, head, machine, diedAt, table, definitions, isBirth: true });
    if (isOfNode) {
      // A new session without a death of the one before: what was unread of that stays so.
      if (session.alive && session.bdSeq !== bdSeq)
        for (const one of membersOf(session)) endTable(one, session, receivedAt);
      // Devices are offline until they are born again.
      for (const other of session.devices.values()) other.table = null;
      const lastSeq = (head.seq ?? 0) & 255;
      Object.assign(session, { alive: true, bdSeq, definitions, bornOn: connection, lastSeq, ended: null });
    }
    noteSeq(session, head.seq);
    bear(member, table, receivedAt);
    const names = collision(table);
    if (names) events.namesCollide(machine, names);
    if (isOfNode) events.nodeBorn(edge);
    if (unread > 0) events.readable(dataTopic(edge), unread);
    const more = revived(member, head, diedAt, table.byName.has('reason'));
    return decodedOf(found, isDead ? [...more, ...nodeDies(session, receivedAt, true)] : more);
  }

  /** What a birth says, without believing it. */
  function birthSeen(edge: EdgeTopic, head: PayloadHead): Decoded {
    const { group, node, device } = edge;
    const session = sessions.get(group, node);
    const member = device === null ? session?.own : session?.devices.get(device);
    const machine = machineOf(group, node, device);
    const diedAt = member?.diedAt ?? null;
    const table = newTable();
    const definitions = new Map();
    const found = translate({ ...reads, head, machine, table, definitions, isBirth: true, diedAt });
    return decodedOf(found, revived({ machine }, head, diedAt, table.byName.has('reason')));
  }

  function data(binding: SparkplugBinding, edge: EdgeTopic, head: PayloadHead, when: When): Decoded {
    binding.session ??= sessions.get(edge.group, edge.node);
    const { session } = binding;
    binding.member ??= edge.device === null ? session?.own : session?.devices.get(edge.device);
    const { member } = binding;
    const ended = session && when.isLive ? overtaken(session, head, when) : null;
    if (session && when.isLive && (session.alive || ended)) noteSeq(session, head.seq);
    const held = member && session && (ended ? ended.held.get(member) : tableFor(session, member, when));
    if (!held) return unborn(edge, head, when);
    const { table, definitions } = held;
    const found = translate({
      ...reads,
      ...{ head, machine: member.machine, table, definitions, isBirth: false },
    });
    if (when.isLive && !ended && found.hasUnknown) {
      events.unreadable(edge, 'unknown-metric');
      leaveUnread(member, when.receivedAt);
    }
    return decodedOf(found);
  }

  /** Data, or a device's birth or death, whose node or device isn't born. */
  function unborn(edge: EdgeTopic, head: PayloadHead, { receivedAt, connection, isLive }: When): Decoded {
    const beyond = beyondCap(edge, head);
    if (beyond) return beyond;
    const { group, node, device } = edge;
    if (isLive) {
      const session = sessions.open(group, node);
      const member = session && sessions.member(session, device);
      if (session && member) {
        if (session.bornOn !== -1 && connection > session.bornOn) forget(session, receivedAt);
        if (edge.verb === 'NDATA' || edge.verb === 'DDATA') leaveUnread(member, receivedAt);
      }
      events.unreadable(edge, 'no-birth');
    }
    const who =
      device === null ? `the node ${group}/${node}` : `the device ${device} of the node ${group}/${node}`;
    return refusedWhole(
      'sparkplug-no-birth',
      `No birth is known of ${who} that tells what this message means; a rebirth is asked for, and the message is read again when it comes.`,
      head.places.length / 2,
    );
  }

  function nodeDeath(edge: EdgeTopic, head: PayloadHead, receivedAt: EpochMs, isLive: boolean): Decoded {
    const session = sessions.get(edge.group, edge.node);
    const bdSeq = bdSeqOf(reader, head);
    if (!session) return NOTHING;
    if (!endsSession(session, bdSeq)) {
      // Of a session that nobody saw begin: what came in it will never be readable.
      if (isLive && !session.alive) for (const one of membersOf(session)) endTable(one, session, receivedAt);
      if (isLive) noteEarly(session, bdSeq, receivedAt);
      return NOTHING;
    }
    return { readings: nodeDies(session, receivedAt, isLive), refused: [] };
  }

  function deviceDeath(edge: EdgeTopic, head: PayloadHead, when: When): Decoded {
    const { receivedAt, isLive } = when;
    const session = sessions.get(edge.group, edge.node);
    const member = session?.devices.get(edge.device as string);
    const ended = session && isLive ? overtaken(session, head, when) : null;
    if (session && isLive && (session.alive || ended)) noteSeq(session, head.seq);
    if (ended) return { readings: lateDeath(member, ended, head), refused: [] };
    if (!session || !member?.table) return NOTHING;
    // [tck-id-operational-behavior-edge-node-termination-host-action-ddeath-devices-offline]
    // [tck-id-operational-behavior-edge-node-termination-host-action-ddeath-devices-tags-stale] By the payload's time.
    const reading = deathOf(member, { ts: head.timestamp });
    if (isLive) {
      endTable(member, session, receivedAt);
      if (reading) member.diedAt = head.timestamp ?? receivedAt;
    }
    return { readings: reading ? [reading] : [], refused: [] };
  }

  return {
    id: 'sparkplug',
    title: 'spBv1.0/{group}/{verb}/{node}[/{device}] with Sparkplug B 3.0 payloads',
    why: 'An edge node that speaks Sparkplug needs no mapping rule: its births tell what its data means.',
    bind,
    decode,
    isOnline: sessions.isOnline,
    unitOf: sessions.unitOf,
  };
}

interface When {
  readonly receivedAt: EpochMs;
  readonly connection: number;
  readonly isLive: boolean;
}

/** What tells what data means: of what comes now the last birth, of what is read again the one of its time. */
function tableFor(session: NodeSession, member: Member, { receivedAt, connection, isLive }: When) {
  const { definitions } = session;
  if (!isLive) return heldAt(member, definitions, receivedAt);
  const { table } = member;
  return table && isBorn(session, connection) ? { table, definitions } : undefined;
}

const dataTopic = ({ group, node, device }: EdgeTopic): string =>
  device === null ? `${NAMESPACE}/${group}/NDATA/${node}` : `${NAMESPACE}/${group}/DDATA/${node}/${device}`;

const decodedOf = (
  { readings, refused, ignored }: Translated,
  more: readonly DecodedReading[] = [],
): Decoded => ({ readings: more.length === 0 ? readings : [...readings, ...more], refused, ignored });
