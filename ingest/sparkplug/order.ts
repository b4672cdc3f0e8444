import type { EpochMs } from '../../domain/time.ts';
import type { IncomingMessage, Intake } from '../message.ts';
import { bdSeqOf } from './deaths.ts';
import { readHead, readSeq } from './payload.ts';
import type { StartTimer } from './timer.ts';
import { BELOW, type EdgeTopic, edgeTopicOf } from './topic.ts';
import { NotProtobuf, WireReader } from './wire.ts';

type Durable = (error?: Error) => void;

interface Held {
  readonly seq: number;
  readonly message: IncomingMessage;
  readonly durable: Durable;
}

/** A topic, and `group/node`. */
interface KeyedTopic extends EdgeTopic {
  readonly key: string;
}

/** A node's messages on one connection. */
interface NodeOrder {
  readonly group: string;
  readonly node: string;
  bdSeq: number | null;
  /** The sequence number that comes next. */
  next: number;
  /** What came before its turn. */
  held: Held[];
  /** Stops the reorder timeout; `null`: nothing is missing. */
  stop: (() => void) | null;
}

export interface OrderOptions {
  readonly intake: Intake;
  /** [tck-id-operational-behavior-host-reordering-param] 0: what is missing is given up at once. */
  readonly reorderTimeoutMs: number;
  /** What was missing didn't come in time. */
  readonly gap: (node: { readonly group: string; readonly node: string }) => void;
  /** A STATE was published; what the broker had kept of one before isn't told. */
  readonly state: (topic: string, payload: Uint8Array) => void;
  /** A node spoke. */
  readonly heard: (key: string) => void;
  /** The number of the newest connection to any broker. */
  readonly newestConnection: () => number;
  readonly timer: StartTimer;
}

/** Sequence numbers run from 0 to 255 and begin again. */
const after = (seq: number): number => (seq + 1) & 255;
/** Further ahead than half of the circle is behind. */
const AHEAD = 128;
/** Held of all nodes: of more, the node that would hold it gives up what is missing. */
const MOST_HELD = 10_000;
const MOST_HELD_BYTES = 32 * 1024 * 1024;
/** Acknowledgements leave in order, so one that is held holds those behind it. */
const MOST_HELD_ACKS = 500;
const MAX_TOPICS = 50_000;
const STATES = `${BELOW}STATE/`;
const MAX_NODES = 20_000;

/**
 * Stands between a broker and ingest, and gives each node's messages on in the order of their sequence numbers; messages of
 * other topics go on as they are. Commands and STATEs are not for us to keep, and end here.
 */
export function createOrder(options: OrderOptions): Intake & {
  /** A connection was made; births on one before may be followed by others that nobody heard. */
  connected(connection: number): void;
  /** Nothing more will come on the connection: what is held goes on. */
  disconnected(): void;
} {
  const { intake, reorderTimeoutMs, gap, state, heard, newestConnection, timer } = options;
  const topics = new Map<string, KeyedTopic | null>();
  const nodes = new Map<string, NodeOrder>();
  const reader = new WireReader();
  let connection = 0;
  let heldCount = 0;
  let heldBytes = 0;
  let heldAcks = 0;

  function topicOf(topic: string): KeyedTopic | null {
    const known = topics.get(topic);
    if (known !== undefined) return known;
    const found = edgeTopicOf(topic);
    const edge = found && !('code' in found) ? { ...found, key: `${found.group}/${found.node}` } : null;
    if (topics.size >= MAX_TOPICS) topics.clear();
    topics.set(topic, edge);
    return edge;
  }

  function pass(message: IncomingMessage, durable: Durable, on = connection): void {
    const { topic, payload, receivedAt, retain, delivery } = message;
    intake.accept({ topic, payload, receivedAt, retain, delivery, connection: on }, durable);
  }

  function hold(order: NodeOrder, entry: Held): void {
    order.held.push(entry);
    heldCount++;
    heldBytes += entry.message.payload.length;
    if (entry.message.delivery) heldAcks++;
  }

  function letGo({ message, durable }: Held): void {
    heldCount--;
    heldBytes -= message.payload.length;
    if (message.delivery) heldAcks--;
    pass(message, durable);
  }

  function stopWaiting(order: NodeOrder): void {
    order.stop?.();
    order.stop = null;
  }

  /** Gives on what is held, in order, whatever is missing between it. */
  function release(order: NodeOrder): void {
    stopWaiting(order);
    const { held, next } = order;
    if (held.length === 0) return;
    order.held = [];
    held.sort((a, b) => ((a.seq - next) & 255) - ((b.seq - next) & 255));
    for (const entry of held) letGo(entry);
    order.next = after((held.at(-1) as Held).seq);
  }

  /** [tck-id-operational-behavior-host-reordering-rebirth] What was missing didn't come. */
  function giveUp(order: NodeOrder): void {
    release(order);
    gap(order);
  }

  /** What follows on the last one, which came at `at`, without a gap. */
  function releaseNext(order: NodeOrder, at: EpochMs): void {
    while (order.held.length > 0) {
      const found = order.held.findIndex(({ seq }) => seq === order.next);
      if (found === -1) {
        waitOn(order, at);
        return;
      }
      const [entry] = order.held.splice(found, 1) as [Held];
      order.next = after(entry.seq);
      letGo(entry);
    }
    // [tck-id-operational-behavior-host-reordering-success] All that was missing is there.
    stopWaiting(order);
  }

  /** Of a gap behind one that was filled: its time runs from when the first message behind it came. */
  function waitOn(order: NodeOrder, at: EpochMs): void {
    stopWaiting(order);
    const met = Math.min(...order.held.map(({ message }) => message.receivedAt));
    const left = Math.min(Math.max(reorderTimeoutMs - (at - met), 0), reorderTimeoutMs);
    order.stop = timer(left, () => giveUp(order));
  }

  function sequenced(order: NodeOrder, seq: number, message: IncomingMessage, durable: Durable): void {
    const ahead = (seq - order.next) & 255;
    if (ahead === 0) {
      order.next = after(seq);
      pass(message, durable);
      if (order.held.length > 0) releaseNext(order, message.receivedAt);
    } else if (ahead >= AHEAD || order.held.some((held) => held.seq === seq)) {
      // It came before, or was given up; its values are dated, so it is not too late for them.
      pass(message, durable);
    } else if (reorderTimeoutMs === 0) {
      pass(message, durable);
      order.next = after(seq);
      gap(order);
    } else {
      hold(order, { seq, message, durable });
      // [tck-id-operational-behavior-host-reordering-start]
      order.stop ??= timer(reorderTimeoutMs, () => giveUp(order));
      if (heldCount > MOST_HELD || heldBytes > MOST_HELD_BYTES || heldAcks > MOST_HELD_ACKS) giveUp(order);
    }
  }

  function born({ group, node }: EdgeTopic, key: string, message: IncomingMessage): void {
    const head = readHead(reader, message.payload);
    const before = nodes.get(key);
    if (before) release(before);
    else if (nodes.size >= MAX_NODES) return;
    // The chapters of the standard differ on whether a birth begins with 0; the count goes on from what it says.
    const next = after((head.seq ?? 0) & 255);
    nodes.set(key, { group, node, bdSeq: bdSeqOf(reader, head), next, held: [], stop: null });
  }

  function dead(key: string, message: IncomingMessage): void {
    const order = nodes.get(key);
    if (!order) return;
    const bdSeq = bdSeqOf(reader, readHead(reader, message.payload));
    if (bdSeq !== null && order.bdSeq !== null && bdSeq !== order.bdSeq) return;
    release(order);
    nodes.delete(key);
  }

  function edgeMessage(edge: KeyedTopic, message: IncomingMessage, durable: Durable): void {
    const { key } = edge;
    heard(key);
    try {
      if (edge.verb === 'NBIRTH') {
        born(edge, key, message);
        // What comes on any connection that is open now comes behind this birth.
        pass(message, durable, newestConnection());
        return;
      }
      if (edge.verb === 'NDEATH') dead(key, message);
      else {
        const order = nodes.get(key);
        const seq = order ? readSeq(reader, message.payload) : null;
        if (order && seq !== null && seq < 256) {
          sequenced(order, seq, message, durable);
          return;
        }
      }
    } catch (error) {
      if (!(error instanceof NotProtobuf)) throw error; // the decoder tells what is wrong with it
    }
    pass(message, durable);
  }

  return {
    accept(message, durable) {
      const { topic } = message;
      if (!topic.startsWith(BELOW)) {
        intake.accept(message, durable);
        return;
      }
      const edge = topicOf(topic);
      if (edge === null && topic.startsWith(STATES)) {
        durable();
        // One that the broker had kept is older than what the subscriber has said since it subscribed.
        if (!message.retain) state(topic, message.payload);
      } else if (edge === null || message.retain) pass(message, durable);
      else if (edge.verb === 'NCMD' || edge.verb === 'DCMD') durable();
      else edgeMessage(edge, message, durable);
    },
    get full() {
      return intake.full;
    },
    connected(number) {
      connection = number;
    },
    disconnected() {
      for (const order of nodes.values()) release(order);
      nodes.clear();
    },
  };
}
