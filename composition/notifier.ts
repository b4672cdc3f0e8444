import { randomUUID } from 'node:crypto';
import type { Config } from '../config.ts';
import type { Alert } from '../domain/alert.ts';
import type { EpochMs } from '../domain/time.ts';
import { createDelivery } from '../notify/deliver.ts';
import type { Facts } from '../notify/facts.ts';
import { packDue } from '../notify/pack.ts';
import { post } from '../notify/post.ts';
import { watch } from '../notify/watch.ts';
import { holdLock } from '../operation/lock.ts';
import type { Log } from '../operation/log.ts';
import type { Registry } from '../registry/registry.ts';
import { channelsOf, entriesOf, zonesOf } from './notify-settings.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export interface Notifier extends Disposable {
  /** Looks at the facts, and writes down what changed and who is to be told. */
  watch(): Promise<void>;
  /** Sends what is due, of every channel or of one. */
  deliver(only?: string): Promise<void>;
  /** Hangs up on what is being sent; it stays in the outbox. */
  stop(): void;
}

/**
 * Watches and tells. Of the processes on one data folder one does, whoever holds the lock; the others wait for it to end.
 * Alerts and outbox rest in the registry, so the next one goes on where it was.
 */
export function createNotifier({
  config,
  dir,
  registry,
  gather,
  log,
  now = Date.now,
  random = Math.random,
}: {
  readonly config: Pick<Config, 'notify' | 'plant' | 'data'>;
  readonly dir: string;
  readonly registry: Pick<Registry, 'alerts' | 'outbox'>;
  readonly gather: (open: readonly Alert[]) => Promise<Facts>;
  readonly log: Log;
  readonly now?: () => EpochMs;
  readonly random?: () => number;
}): Notifier {
  const { alerts, outbox } = registry;
  const channels = channelsOf(config.notify);
  const entries = entriesOf(config.notify);
  const zoneOf = zonesOf(config.plant);
  const options = { entries, channels, zoneOf };
  const stop = new AbortController();
  const send = createDelivery({
    ...{ outbox, channels, now, random, send: post, stop: stop.signal },
    log: (event, fields) => log('warn', event, fields),
  });
  let lock: Disposable | undefined;
  let purgedAt = Number.NEGATIVE_INFINITY;

  const isOwner = (): boolean => {
    if (lock) return true;
    try {
      lock = holdLock(dir, 'notify');
    } catch {
      return false;
    }
    alerts.closeOthers(
      entries.map(({ id }) => id),
      now(),
    );
    const retired = outbox.retire(
      channels.map(({ id }) => id),
      now(),
    );
    if (retired > 0) log('warn', 'notification-given-up', { messages: retired, error: 'channel removed' });
    return true;
  };

  return {
    async watch() {
      if (!isOwner()) return;
      const open = alerts.open();
      watch(alerts, options, { facts: await gather(open), open });
      const at = now();
      if (at - purgedAt < HOUR_MS) return;
      purgedAt = at;
      alerts.purge(at - config.data.retentionDays * DAY_MS);
    },
    async deliver(only) {
      if (!lock) return;
      const meant = channels.filter(({ id }) => only === undefined || id === only);
      const { publicUrl } = config.notify;
      packDue({ outbox, channels: meant, at: now(), zoneOf, publicUrl, newKey: randomUUID });
      await send(only);
    },
    stop: () => stop.abort(),
    [Symbol.dispose]() {
      stop.abort();
      lock?.[Symbol.dispose]();
      lock = undefined;
    },
  };
}
