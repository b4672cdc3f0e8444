import { disjoint, type TopicFilter } from '../../domain/mapping/filters.ts';
import type { MappingRule } from '../../domain/mapping/rule.ts';

/** Our own topics (contracts, "MQTT"). */
const OWN: TopicFilter = { filter: 'kaidong/v1/#', qos: 1 };

/** What is to be subscribed at an outside broker, and which of it is wider than anyone asked for, so that no two overlap. */
export function subscriptionsOf({
  rules,
  discover,
}: {
  readonly rules: readonly Pick<MappingRule, 'topics' | 'qos' | 'format'>[];
  readonly discover: readonly string[];
}): { readonly filters: readonly TopicFilter[]; readonly widened: readonly string[] } {
  const asked: readonly TopicFilter[] = [
    OWN,
    // Sparkplug has a session of its own.
    ...rules
      .filter(({ format }) => format !== 'sparkplug')
      .flatMap(({ topics, qos }) => topics.map(({ filter }) => ({ filter, qos }))),
    ...discover.map((filter) => ({ filter, qos: 0 as const })),
  ];
  const filters = disjoint(asked);
  const wanted = new Set(asked.map(({ filter }) => filter));
  return { filters, widened: filters.map(({ filter }) => filter).filter((filter) => !wanted.has(filter)) };
}
