import { subscriptionsOf } from '../config/rules/subscriptions.ts';
import type { Config } from '../config.ts';
import type { TopicFilter } from '../domain/mapping/filters.ts';
import type { Mapping } from '../ingest/route.ts';

/** What is to be subscribed at an outside broker, and how the messages that come of it are read. */
export interface Reading {
  readonly filters: readonly TopicFilter[];
  readonly mapping: Mapping;
}

/** The rules of a configuration, with the subscriptions that they need. */
export function readingOf({ rules, mqtt }: Pick<Config, 'rules' | 'mqtt'>): Reading {
  const { filters, widened } = subscriptionsOf({ rules, discover: mqtt.discover });
  // The embedded broker hands over what is published, whoever subscribes to it: there nothing is unasked for.
  return { filters, mapping: { rules, discover: mqtt.discover, widened: mqtt.url ? widened : [] } };
}
