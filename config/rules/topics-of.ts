import { namesIn, patternOf, type TopicPattern } from '../../domain/mapping/pattern.ts';
import type { Template } from '../../domain/mapping/template.ts';
import type { Problem } from './places.ts';
import type { RuleFile } from './schema.ts';

/** Topics that need no rule, and what to say of a rule for them. */
const TAKEN: readonly (readonly [prefix: string, message: string])[] = [
  ['kaidong', 'topics below kaidong/v1 are our own and need no rule; map another topic'],
  [
    'spBv1.0',
    'Sparkplug needs no rule; one with format: sparkplug may say what its machines and metrics are called',
  ],
];
/** The topic patterns of a rule, those that are none left out. */
export function topicsOf({ topic, format }: RuleFile, problem: Problem): readonly TopicPattern[] {
  const written = typeof topic === 'string' ? [topic] : topic;
  return written.flatMap((text, index) => {
    const path = typeof topic === 'string' ? ['topic'] : ['topic', index];
    const pattern = patternOf(text);
    if ('fault' in pattern) {
      problem(path, pattern.fault);
      return [];
    }
    const first = pattern.levels[0];
    if (first?.kind === 'text' && first.text.startsWith('$')) {
      problem(path, `topics that begin with $ are the broker's own; map another topic`);
      return [];
    }
    if (format === 'sparkplug') {
      const [one, , , ...behind] = pattern.levels;
      const isSparkplugs =
        one?.kind === 'text' && one.text === 'spBv1.0' && behind.length > 0 && behind.length < 3;
      if (!isSparkplugs)
        problem(path, 'write spBv1.0/{group}/+/{node}, or with /{device} behind it for devices');
      return [pattern];
    }
    const taken = TAKEN.find(([prefix]) => first?.kind === 'text' && first.text === prefix);
    if (taken) problem(path, taken[1]);
    return [pattern];
  });
}

/** The names of levels; true: every pattern has it. */
export function levelNames(topics: readonly TopicPattern[]): ReadonlyMap<string, boolean> {
  const all = topics.map(namesIn);
  const names = new Set(all.flatMap((one) => [...one.keys()]));
  return new Map([...names].map((name) => [name, all.every((one) => one.has(name))]));
}

/** A path of five levels, unless a place in it may stand for several. */
export function machineProblems(
  text: string,
  { parts }: Template,
  topics: readonly TopicPattern[],
  problem: Problem,
): void {
  const rest = new Set(
    topics.flatMap((pattern) => [...namesIn(pattern)].filter(([, isRest]) => isRest).map(([name]) => name)),
  );
  const levels = parts.reduce(
    (sum, part) => sum + (part.kind === 'text' ? part.text.split('/').length - 1 : 0),
    1,
  );
  const mayBeMore = parts.some(
    (part) => part.kind === 'payload' || (part.kind === 'level' && rest.has(part.name)),
  );
  if (levels === 5 || (levels < 5 && mayBeMore)) return;
  problem(
    ['machine'],
    `"${text}" has ${levels} levels; a path has five, enterprise/site/area/line/machine, with - for one without a name`,
  );
}
