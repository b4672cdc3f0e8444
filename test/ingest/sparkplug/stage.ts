import type { Ingest } from '../../../ingest/create-ingest.ts';
import { NAME_CAPS } from '../../../ingest/guard/type-guard.ts';
import { NO_MAPPING } from '../../../ingest/route.ts';
import { createSparkplugHost } from '../../../ingest/sparkplug/host.ts';
import { bench, message, send } from '../harness.ts';
import { encodePayload, PAYLOAD } from './proto.ts';
import { timerByHand } from './timer-by-hand.ts';

/** What the host published. */
export interface Published {
  readonly topic: string;
  readonly payload: Buffer;
  readonly qos: 0 | 1;
  readonly retain: boolean;
}

export const HOST_ID = 'kaidong-1';

/** Ingest with a Sparkplug host before it, at one broker, a clock moved by hand and all that the host publishes. */
export async function stage({
  hostId = HOST_ID as string | null,
  reorderTimeoutMs = 2000,
  mapping = NO_MAPPING,
  caps = NAME_CAPS,
} = {}) {
  const parts = bench();
  const hand = timerByHand(parts.clock);
  const ingest: Ingest = await parts.start({ sparkplug: { timer: hand.timer }, mapping, caps });
  const published: Published[] = [];
  const host = createSparkplugHost({
    hostId: hostId ?? undefined,
    groups: [],
    intake: ingest,
    reorderTimeoutMs,
    rebirthIntervalMs: 10_000,
    now: () => parts.clock.now,
    log: (event, fields) => void parts.events.push({ event, fields }),
    timer: hand.timer,
  });
  ingest.onSparkplug({
    unreadable: ({ group, node }, why) => host.unreadable(group, node, why),
    nodeBorn: ({ group, node }) => host.nodeBorn(group, node),
  });
  const seat = host.join();
  seat.publishBy(async ({ topic, payload }, how) => {
    published.push({ topic, payload, ...how });
  });

  return {
    parts,
    ingest,
    host,
    seat,
    published,
    hand,
    /** Hands a message in; doesn't wait, since it may be held. */
    hear(topic: string, payload: Uint8Array | object, more: { retain?: boolean } = {}): Promise<void> {
      const bytes = payload instanceof Uint8Array ? payload : encodePayload(payload);
      const sent = send(
        { ...ingest, accept: seat.intake.accept } as Ingest,
        message(topic, bytes, { receivedAt: parts.clock.now, ...more }),
      );
      sent.catch(() => undefined);
      return sent;
    },
    /** The rebirths that were asked for: `group/node`. */
    asked: (): string[] =>
      published.flatMap(({ topic }) => {
        const [, group, verb, node] = topic.split('/');
        return verb === 'NCMD' ? [`${group}/${node}`] : [];
      }),
    decoded: ({ payload }: Published) => PAYLOAD.toObject(PAYLOAD.decode(payload), { longs: Number }),
  };
}
