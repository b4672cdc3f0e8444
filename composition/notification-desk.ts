import { randomUUID } from 'node:crypto';
import type { ListedAlert, NotificationDesk } from '../api/notification-desk.ts';
import type { Config } from '../config.ts';
import type { Alert, Telling } from '../domain/alert.ts';
import { levelsOf } from '../domain/path.ts';
import type { EpochMs } from '../domain/time.ts';
import type { Message } from '../notify/message.ts';
import { post } from '../notify/post.ts';
import { ruleOf } from '../notify/rules/index.ts';
import type { Registry } from '../registry/registry.ts';
import { channelsOf } from './notify-settings.ts';

/** What the API and the command line see of notifications, whichever process watches and tells. */
export function notificationDeskOf({
  config,
  registry,
  now = Date.now,
}: {
  readonly config: Pick<Config, 'notify'>;
  readonly registry: Pick<Registry, 'alerts' | 'outbox'>;
  readonly now?: () => EpochMs;
}): NotificationDesk {
  const { alerts, outbox } = registry;
  const channels = channelsOf(config.notify);
  const listed = (all: readonly Alert[]): readonly ListedAlert[] => {
    const told = alerts.tellingsOf(all.map(({ id }) => id));
    return all.map((alert) => listedOf(alert, told.get(alert.id) ?? []));
  };
  return {
    rules: config.notify.rules.length,
    list(query) {
      const { items, next } = alerts.list(query);
      return { asOf: now(), items: listed(items), next };
    },
    channels() {
      const standings = new Map(outbox.standings().map((standing) => [standing.channel, standing]));
      return channels.map(({ id, kind, language, minSeverity }) => {
        const { waiting = 0, lastDeliveredAt = null, lastError = null } = standings.get(id) ?? {};
        return { id, kind, language, minSeverity, waiting, lastDeliveredAt, lastError };
      });
    },
    acknowledge(id, { by, note }) {
      const done = alerts.acknowledge(id, { by, note, at: now() });
      const alert = alerts.get(id);
      if (alert === undefined) return { is: 'unknown' };
      const [entry] = listed([alert]);
      return { is: done ? 'acknowledged' : 'not-firing', alert: entry as ListedAlert };
    },
    async test(id) {
      const channel = channels.find((known) => known.id === id);
      if (!channel) return { is: 'unknown', channels: channels.map((known) => known.id) };
      const at = now();
      const message: Message = {
        ...{ kind: 'test', key: randomUUID(), channel: id, createdAt: at, entries: [], more: 0 },
      };
      const verdict = await post({ channel, message, at });
      return verdict.is === 'delivered' ? { is: 'delivered' } : { is: 'failed', error: verdict.why };
    },
  };
}

function listedOf(alert: Alert, tellings: readonly Telling[]): ListedAlert {
  const rule = ruleOf(alert.rule);
  return {
    ...alert,
    machine: levelsOf(alert.subject) ? alert.subject : null,
    title: rule.title,
    text: { zh: rule.says(alert, 'zh'), en: rule.says(alert, 'en') },
    link: `#${rule.link(alert)}`,
    tellings,
  };
}
