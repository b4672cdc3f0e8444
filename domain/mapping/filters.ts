/** A topic filter that is to be subscribed, and the quality of service that is asked for. */
export interface TopicFilter {
  readonly filter: string;
  readonly qos: 0 | 1;
}

/** Whether a topic filter without names matches a topic [MQTT 5, 4.7]. */
export function filterMatches(filter: string, topic: string): boolean {
  if (topic.startsWith('$') && /^[+#]/.test(filter)) return false;
  return covers(filter, topic);
}

/** Whether every topic that the second filter matches is matched by the first. */
export function covers(wide: string, narrow: string): boolean {
  const wides = wide.split('/');
  const narrows = narrow.split('/');
  for (let index = 0; ; index++) {
    const level = wides[index];
    const other = narrows[index];
    // "a/#" matches "a" too.
    if (level === '#') return true;
    if (level === undefined || other === undefined) return level === other;
    if (other === '#' || (level !== '+' && level !== other)) return false;
  }
}

/** Whether some topic is matched by both. */
export function overlap(one: string, other: string): boolean {
  const ones = one.split('/');
  const others = other.split('/');
  for (let index = 0; ; index++) {
    const a = ones[index];
    const b = others[index];
    if (a === '#' || b === '#') return true;
    if (a === undefined || b === undefined) return a === b;
    if (a !== b && a !== '+' && b !== '+') return false;
  }
}

/** The narrowest filter that matches what either matches; for two that overlap. */
function union(one: string, other: string): string {
  const ones = one.split('/');
  const others = other.split('/');
  const levels: string[] = [];
  for (let index = 0; index < Math.max(ones.length, others.length); index++) {
    const a = ones[index];
    const b = others[index];
    if (a === undefined || b === undefined || a === '#' || b === '#') return [...levels, '#'].join('/');
    levels.push(a === b ? a : '+');
  }
  return levels.join('/');
}

/**
 * Filters of which no two match the same topic, and which together match all that was asked for. A broker may send a
 * message once for each subscription that matches it [MQTT 5, 3.3.4], and nobody could tell such copies from messages.
 */
export function disjoint(filters: readonly TopicFilter[]): readonly TopicFilter[] {
  const merged: TopicFilter[] = [];
  for (const next of filters) {
    let joined = next;
    for (let at = merged.findIndex(({ filter }) => overlap(filter, joined.filter)); at !== -1; ) {
      const [known] = merged.splice(at, 1) as [TopicFilter];
      joined = {
        filter: union(known.filter, joined.filter),
        qos: known.qos > joined.qos ? known.qos : joined.qos,
      };
      at = merged.findIndex(({ filter }) => overlap(filter, joined.filter));
    }
    merged.push(joined);
  }
  return merged;
}
