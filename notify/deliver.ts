import type { EpochMs } from '../domain/time.ts';
import type { Channel, Verdict } from './channel.ts';
import { kindOf } from './channels/index.ts';
import type { Message } from './message.ts';
import type { Outbox, Waiting } from './ports.ts';
import { heldUntil } from './quiet.ts';
import { nextOf } from './retry.ts';

const MINUTE_MS = 60_000;

export interface DeliverOptions {
  readonly outbox: Outbox;
  readonly channels: readonly Channel[];
  readonly now: () => EpochMs;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly send: (sending: {
    readonly channel: Channel;
    readonly message: Message;
    readonly at: EpochMs;
    readonly stop: AbortSignal;
  }) => Promise<Verdict>;
  /** The process ends: what is under way stays in the outbox, and is sent again by the next one. */
  readonly stop: AbortSignal;
  /** A message was given up, or a channel fails; without addresses and secrets. */
  readonly log: (event: string, fields: Readonly<Record<string, unknown>>) => void;
}

/**
 * Sends what is due: of each channel the oldest message, all channels side by side, none more often than its kind takes.
 * A message is marked delivered after the receiver's word: one that is killed in between sends it again under the same key.
 */
export function createDelivery({ outbox, channels, now, random, send, stop, log }: DeliverOptions) {
  const byId = new Map(channels.map((channel) => [channel.id, channel]));
  /** When each channel was sent to within the last minute. */
  const sent = new Map<string, readonly EpochMs[]>();

  /** What became of messages, and couldn't be written down: a full disk mustn't make one be sent again each second. */
  const unwritten = new Map<number, () => void>();

  const write = (id: number, record: () => void): void => {
    unwritten.set(id, record);
    record();
    unwritten.delete(id);
  };

  const mayNow = ({ id, kind }: Channel, at: EpochMs): boolean => {
    const { perMinute } = kindOf(kind);
    const recent = (sent.get(id) ?? []).filter((time) => time > at - MINUTE_MS && time <= at);
    sent.set(id, recent);
    return perMinute === null || recent.length < perMinute;
  };

  const attempt = async (channel: Channel, { id, attempts, createdAt, message }: Waiting): Promise<void> => {
    const began = now();
    sent.set(channel.id, [...(sent.get(channel.id) ?? []), began]);
    const verdict = await send({ channel, message: message as Message, at: began, stop });
    if (stop.aborted && verdict.is !== 'delivered') return;
    const at = now();
    const next = nextOf({ verdict, attempts, createdAt, at, random: random() });
    if (next.is === 'again' && attempts === 0) {
      log('notification-delayed', { channel: channel.id, error: next.error });
    }
    if (next.is === 'given-up') {
      log('notification-given-up', { channel: channel.id, error: next.error, attempts: attempts + 1 });
    }
    write(id, () => {
      switch (next.is) {
        case 'delivered':
          return outbox.delivered(id, at);
        case 'again':
          return outbox.failed(id, next);
        case 'given-up':
          return outbox.givenUp(id, { error: next.error, at });
      }
    });
  };

  /** `only`: of this channel alone, so that one that answers slowly doesn't keep the others waiting. */
  return async (only?: string): Promise<void> => {
    for (const [id, record] of unwritten) write(id, record);
    const at = now();
    const ready = outbox.due(at).flatMap((waiting) => {
      const channel = byId.get(waiting.channel);
      const isMeant = only === undefined || waiting.channel === only;
      if (!channel || !isMeant || !mayNow(channel, at)) return [];
      const until = heldUntil(channel, waiting.message as Message, at);
      if (until === null) return [{ channel, waiting }];
      // It will be part of the summary then.
      outbox.unpack(waiting.id, until);
      return [];
    });
    await Promise.all(ready.map(({ channel, waiting }) => attempt(channel, waiting)));
  };
}
