import type { Bilingual } from '../../domain/assess/register.ts';
import type { SeenTopic } from '../discovery.ts';
import { GENERIC, levelsOf } from './topic-levels.ts';

/** Topics that are written alike, and what their levels are called. */
export interface TopicFamily {
  /** A topic pattern, such as `factory/{line}/{machine}/data`. */
  readonly pattern: string;
  /** The named levels, outermost first; `signal` aside. */
  readonly names: readonly string[];
  /** The last level names the signal. */
  readonly namesSignal: boolean;
  /** What to call the machine where no level is named so; `null`: one is. */
  readonly fixedMachine: string | null;
  /** Why this is the machine. */
  readonly reason: Bilingual;
  readonly topics: readonly SeenTopic[];
}

/** So many different last levels may be kinds of messages; of more, each names a thing. */
const MOST_KINDS = 8;

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
  // A topic for each value: its last level is the signal, unless it only says "data".
  const namesSignal = isBare && last > 0 && !split.every((levels) => GENERIC.test(levels[last] as string));
  const { at, names, fixedMachine, reason } = levelsOf(topics, namesSignal ? last - 1 : last);
  const written = (level: string, index: number): string => {
    if (namesSignal && index === last) return '{signal}';
    const name = at.get(index);
    return name === undefined ? level : name === '+' ? name : `{${name}}`;
  };
  return { pattern: first.map(written).join('/'), names, namesSignal, fixedMachine, reason, topics };
}
