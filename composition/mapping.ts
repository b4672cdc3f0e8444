import type { Config } from '../config.ts';
import { disjoint, type TopicFilter } from '../domain/mapping/filters.ts';
import type { Mapping } from '../ingest/route.ts';

/** Our own topics (contracts, "MQTT"). */
const OWN: TopicFilter = { filter: 'kaidong/v1/#', qos: 1 };

/** What is to be subscribed at an outside broker, and how the messages that come of it are read. */
export interface Reading {
  readonly filters: readonly TopicFilter[];
  readonly mapping: Mapping;
}

/** The rules of a configuration, with the subscriptions that they need. */
export function readingOf({ rules, mqtt }: Pick<Config, 'rules' | 'mqtt'>): Reading {
  const asked: readonly TopicFilter[] = [
    OWN,
    ...rules
      .filter(({ format }) => format !== 'sparkplug')
      .flatMap(({ topics, qos }) => topics.map(({ filter }) => ({ filter, qos }))),
    ...mqtt.discover.map((filter) => ({ filter, qos: 0 as const })),
  ];
  const filters = disjoint(asked);
  const wanted = new Set(asked.map(({ filter }) => filter));
  const widened = filters.map(({ filter }) => filter).filter((filter) => !wanted.has(filter));
  // The embedded broker hands over what is published, whoever subscribes to it: there nothing is unasked for.
  return { filters, mapping: { rules, discover: mqtt.discover, widened: mqtt.url ? widened : [] } };
}
