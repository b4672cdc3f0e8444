import type { SeenTopic } from '../discovery.ts';

/** Topics that are written alike, and what their levels are called. */
export interface TopicFamily {
  /** A topic pattern, such as `factory/{line}/{machine}/data`. */
  readonly pattern: string;
  /** The named levels, outermost first; `signal` aside. */
  readonly names: readonly string[];
  /** The last level names the signal. */
  readonly namesSignal: boolean;
  /** Where no level varies, the level that most likely names the machine. */
  readonly fixedMachine: string | null;
  readonly topics: readonly SeenTopic[];
}

/** Last levels that say what kind of message it is, and of which thing nothing. */
const GENERIC =
  /^(?:data|datas|state|status|telemetry|tele|values?|sensors?|json|raw|info|report|up|out|event|msg)$/i;
/** What levels are called, from the last one outwards (ISA-95). */
const NAMES = ['machine', 'line', 'area', 'site', 'enterprise'];
/** So many different last levels may be kinds of messages; of more, each names a thing. */
const MOST_KINDS = 8;

/** Levels that can stand in a pattern: others would be read as wildcards or names. */
const isPlain = (level: string): boolean => !/[{}+#]/.test(level) && level !== '';

/**
 * Groups topics by depth, first level and kind of payload; a level that varies, or has a digit in it, gets a name. A last
 * level without digits that several topics share parts its group: `…/data` and `…/alarm` are two families.
 */
export function familiesOf(
  topics: readonly SeenTopic[],
  kindOf: (topic: SeenTopic) => string,
): readonly TopicFamily[] {
  const groups = Map.groupBy(topics, (topic) => {
    const levels = topic.topic.split('/');
    return `${kindOf(topic)}\n${levels.length}\n${levels[0]}`;
  });
  return [...groups].flatMap(([key, members]) => {
    const isBare = key.startsWith('text\n');
    return partedByKind(members, isBare).map((part) => familyOf(part, isBare));
  });
}

function partedByKind(topics: readonly SeenTopic[], isBare: boolean): readonly (readonly SeenTopic[])[] {
  const byLast = Map.groupBy(topics, ({ topic }) => topic.split('/').at(-1) as string);
  const areKinds =
    !isBare &&
    byLast.size <= MOST_KINDS &&
    [...byLast].every(([last, of]) => !/\d/.test(last) && (of.length > 1 || GENERIC.test(last)));
  return areKinds ? [...byLast.values()] : [topics];
}

function familyOf(topics: readonly SeenTopic[], isBare: boolean): TopicFamily {
  const split = topics.map(({ topic }) => topic.split('/'));
  const first = split[0] as string[];
  const last = first.length - 1;
  const varies = first.map(
    (level, index) =>
      split.some((levels) => levels[index] !== level) || (index > 0 && /\d/.test(level)) || !isPlain(level),
  );
  // A topic for each value: its last level is the signal, unless it only says "data".
  const namesSignal = isBare && last > 0 && !split.every((levels) => GENERIC.test(levels[last] as string));
  if (namesSignal) varies[last] = true;
  const named = varies.flatMap((isVaried, index) =>
    isVaried && !(namesSignal && index === last) ? [index] : [],
  );
  const nameAt = new Map(
    named.toReversed().map((index, nth) => [index, NAMES[nth] ?? `level${index + 1}`] as const),
  );
  if (namesSignal) nameAt.set(last, 'signal');
  const lasting = namesSignal || GENERIC.test(first[last] as string) ? last - 1 : last;
  return {
    pattern: first.map((level, index) => (nameAt.has(index) ? `{${nameAt.get(index)}}` : level)).join('/'),
    names: named.map((index) => nameAt.get(index) as string),
    namesSignal,
    fixedMachine: named.length > 0 ? null : (first[Math.max(0, lasting)] as string),
    topics,
  };
}
