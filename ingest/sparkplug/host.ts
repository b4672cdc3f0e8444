import type { TopicFilter } from '../../domain/mapping/filters.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { Announcement, FreshSession } from '../edge/mqtt-edge.ts';
import type { IngestLog } from '../log.ts';
import type { Intake } from '../message.ts';
import { createGapNotes, type Gaps } from './gaps.ts';
import { createOrder } from './order.ts';
import { createOwnState, type StateTrouble } from './own-state.ts';
import { rebirthPayload, rebirthTopic } from './rebirth-command.ts';
import { createRebirths, type Demanded } from './rebirths.ts';
import { statePayload, stateTopic } from './state-message.ts';
import { type StartTimer, startTimer } from './timer.ts';
import { NAMESPACE } from './topic.ts';

/** How the host publishes at a broker. */
export type Publish = (
  message: Announcement,
  how: { readonly qos: 0 | 1; readonly retain: boolean },
) => Promise<void>;

/** The host's place at one broker. */
export interface Seat {
  /** Gives on to ingest, each node's messages in their order. */
  readonly intake: Intake;
  /** What the connection to an outside broker calls back. */
  readonly session: FreshSession;
  publishBy(publish: Publish): void;
  /** What was missing here lately; `null`: nothing. */
  gaps(): Gaps | null;
  /** What others did to our STATE here; `null`: no host id is configured. */
  stateTrouble(): StateTrouble | null;
  /** At our own broker: the host is there; resolves when that is told. */
  open(): Promise<void>;
  /** At our own broker: the host goes. */
  leave(): Promise<void>;
}

export interface SparkplugHostOptions {
  /** `undefined`: no STATE is published, and no edge node can have us as its primary host. */
  readonly hostId: string | undefined;
  /** Empty: every group. */
  readonly groups: readonly string[];
  readonly intake: Intake;
  readonly reorderTimeoutMs: number;
  readonly rebirthIntervalMs: number;
  readonly now: () => EpochMs;
  readonly log: IngestLog;
  readonly timer?: StartTimer;
}

interface SeatState {
  readonly publish: Publish;
  readonly online: boolean;
}

/** Nodes beyond this are asked at every broker. */
const MOST_PLACES = 20_000;

/**
 * A Sparkplug host application at any number of brokers (ADR 11). [tck-id-conformance-primary-host]
 * [tck-id-intro-sparkplug-host-state] [tck-id-operational-behavior-primary-application-state-with-multiple-servers-state-subs]
 * At each it says that it is there, whatever other brokers do.
 */
export function createSparkplugHost(options: SparkplugHostOptions) {
  const { hostId, groups, intake, now, log, timer = startTimer } = options;
  const ownState = hostId === undefined ? null : stateTopic(hostId);
  const seats = new Set<SeatState>();
  /** Where each node spoke last. */
  const lastSeat = new Map<string, SeatState>();
  let connections = 0;

  const rebirths = createRebirths({
    intervalMs: options.rebirthIntervalMs,
    send: sendRebirth,
    ...{ now, timer, log },
  });

  function sendRebirth(group: string, node: string): boolean {
    const last = lastSeat.get(`${group}/${node}`);
    const where = last?.online ? [last] : [...seats].filter(({ online }) => online);
    const message = { topic: rebirthTopic(group, node), payload: rebirthPayload(now()) };
    for (const { publish } of where) {
      // [tck-id-topics-ncmd-mqtt] [tck-id-payloads-ncmd-qos] [tck-id-payloads-ncmd-retain]
      publish(message, { qos: 0, retain: false }).catch(failed);
    }
    return where.length > 0;
  }

  /** The connection broke meanwhile; the next one begins anew. */
  function failed(error: Error): void {
    log('sparkplug-not-published', { error: error.message });
  }

  function join(): Seat {
    let online = false;
    let leaving = false;
    /**
     * [tck-id-operational-behavior-host-application-multi-server-timestamp] Of this broker: that of the will, of the birth and
     * of every birth that is told again.
     */
    let timestamp = 0;
    let publishNow: Publish = () => Promise.reject(new Error('no connection was made yet'));
    const seat: SeatState = {
      publish: (message, how) => publishNow(message, how),
      get online() {
        return online;
      },
    };
    seats.add(seat);

    // [tck-id-host-topic-phid-birth-qos] [tck-id-host-topic-phid-birth-retain]
    // [tck-id-operational-behavior-host-application-connect-birth-qos]
    // [tck-id-operational-behavior-host-application-connect-birth-retained] [tck-id-payloads-state-birth]
    const announce = (topic: string, isOnline: boolean): Promise<void> =>
      publishNow({ topic, payload: statePayload({ online: isOnline, timestamp }) }, { qos: 1, retain: true });

    async function open(): Promise<void> {
      online = true;
      // [tck-id-host-topic-phid-birth-payload-timestamp] [tck-id-message-flow-phid-sparkplug-state-publish-payload-timestamp]
      // The timestamp of the will in the CONNECT before.
      if (ownState !== null) await announce(ownState, true).catch(failed);
    }

    const own =
      hostId === undefined
        ? null
        : createOwnState({
            ...{ hostId, now, timer, log },
            tellAgain: () => void announce(stateTopic(hostId), true).catch(failed),
          });

    const gaps = createGapNotes({ now });
    const order = createOrder({
      intake,
      reorderTimeoutMs: options.reorderTimeoutMs,
      gap({ group, node }) {
        gaps.note(`${group}/${node}`);
        rebirths.wanted(group, node, 'gap');
      },
      state(topic, payload) {
        if (topic === ownState && online && !leaving) own?.heard(payload, timestamp);
      },
      heard: (key) => {
        if (lastSeat.get(key) === seat) return;
        if (lastSeat.size < MOST_PLACES || lastSeat.has(key)) lastSeat.set(key, seat);
      },
      newestConnection: () => connections,
      timer,
    });

    return {
      intake: order,
      gaps: gaps.standing,
      stateTrouble: () => own?.trouble() ?? null,
      publishBy(publish) {
        publishNow = publish;
      },
      session: {
        will() {
          // [tck-id-host-topic-phid-death-payload-connect] As of this CONNECT.
          timestamp = now();
          if (ownState === null) return null;
          // [tck-id-host-topic-phid-death-required] [tck-id-operational-behavior-host-application-connect-will]
          // [tck-id-payloads-state-will-message]
          return { topic: ownState, payload: statePayload({ online: false, timestamp }) };
        },
        connected: () => order.connected(++connections),
        // [tck-id-host-topic-phid-birth-required] [tck-id-message-flow-phid-sparkplug-state-publish]
        // [tck-id-operational-behavior-host-application-connect-birth] [tck-id-principles-birth-certificates-order]
        // [tck-id-host-topic-phid-birth-message]
        // [tck-id-operational-behavior-primary-application-state-with-multiple-servers-state] The first message of each session.
        opened: () => void open(),
        closed() {
          online = false;
          own?.closed();
          order.disconnected();
        },
        farewell() {
          leaving = true;
          own?.closed();
          if (ownState === null) return null;
          // [tck-id-operational-behavior-host-application-termination]
          // [tck-id-host-topic-phid-death-payload-disconnect-clean]
          // [tck-id-host-topic-phid-death-payload-disconnect-with-no-disconnect-packet]
          // [tck-id-operational-behavior-host-application-disconnect-intentional] As of the disconnecting.
          return { topic: ownState, payload: statePayload({ online: false, timestamp: now() }) };
        },
      },
      async open() {
        timestamp = now();
        await open();
      },
      async leave() {
        if (!online) return;
        leaving = true;
        own?.closed();
        timestamp = now();
        if (ownState !== null) await announce(ownState, false).catch(failed);
        online = false;
        order.disconnected();
      },
    };
  }

  return {
    /**
     * [tck-id-host-topic-phid-birth-sub-required] [tck-id-message-flow-phid-sparkplug-subscription]
     * [tck-id-payloads-state-subscribe] What a connection subscribes to before anything is published: our own STATE, then
     * the namespace, or those groups of it that this host serves.
     */
    topics: [
      ...(ownState === null ? [] : [ownState]),
      ...(groups.length === 0 ? [`${NAMESPACE}/#`] : groups.map((group) => `${NAMESPACE}/${group}/#`)),
    ].map((filter): TopicFilter => ({ filter, qos: 1 })),
    join,
    /** Data can't be read without another birth. */
    unreadable: (group: string, node: string, why: string): void => rebirths.wanted(group, node, why),
    /** A person wants a node's births. */
    demanded: (group: string, node: string, by: string): Demanded =>
      groups.length > 0 && !groups.includes(group)
        ? { outcome: 'not-served' }
        : rebirths.demanded(group, node, by),
    nodeBorn: (group: string, node: string): void => rebirths.answered(group, node),
    /** Whether the broker is connected at which the node (`group/node`) spoke last; `undefined`: it never spoke. */
    isReachable: (key: string): boolean | undefined => lastSeat.get(key)?.online,
    close: (): void => rebirths.close(),
  };
}
