import { isDeepStrictEqual } from 'node:util';
import type { Config } from '../config.ts';
import type { MappingRule } from '../domain/mapping/rule.ts';
import type { Ingest } from '../ingest/create-ingest.ts';
import type { Log } from '../operation/log.ts';
import { clocksOf } from './clocks-of.ts';
import type { Edge } from './edge.ts';
import { readingOf } from './mapping.ts';

/** What a reload did. */
export interface Reloaded {
  /** Keys of the configuration that changed and hold from now on. */
  readonly applied: readonly string[];
  /** Keys that changed and hold from the next start on. */
  readonly restart: readonly string[];
  readonly rules: {
    readonly added: readonly string[];
    readonly changed: readonly string[];
    readonly removed: readonly string[];
    /** All that hold now. */
    readonly total: number;
  };
}

/** What can change while messages come: all else is read at the start only. */
const LIVE: readonly string[] = ['rules', 'mqtt.discover', 'clocks.toleranceMs', 'clocks.corrections'];
const isOfClocks = (key: string): boolean => key.startsWith('clocks.');

/**
 * Reads the configuration again, and takes up what can change without dropping the session: mapping rules, the topics
 * that are only looked at, and corrections of clocks. A configuration with a mistake, or a broker that refuses a topic, changes nothing, and rejects
 * with the reason. One at a time.
 */
export function createReload({
  config,
  reread,
  ingest,
  edge,
  log,
}: {
  readonly config: Config;
  /** Throws where something is wrong in it. */
  readonly reread: () => Config;
  readonly ingest: Ingest;
  readonly edge: Edge;
  readonly log: Log;
}): () => Promise<Reloaded> {
  const atStart = config;
  let current = config;
  let last: Promise<unknown> = Promise.resolve();

  async function reload(): Promise<Reloaded> {
    const next = reread();
    const changed = changedKeys(current, next);
    const applied = changed.filter((key) => LIVE.includes(key));
    if (applied.some((key) => !isOfClocks(key))) {
      // Rules first: what a new subscription brings must find them. Those that go hold until their topics come no more.
      ingest.remap(readingOf(next).mapping);
      try {
        await edge.setTopics(readingOf(next).filters);
      } catch (error) {
        ingest.remap(readingOf(current).mapping);
        ingest.retire();
        throw new Error(`nothing is changed: ${(error as Error).message}`);
      }
      ingest.retire();
    }
    if (applied.some(isOfClocks)) ingest.setClocks(clocksOf(next));
    const rules = differenceOf(current.rules, next.rules);
    // What waits for a restart is told again by the next reload.
    const { rules: held, clocks } = next;
    current = { ...current, rules: held, clocks, mqtt: { ...current.mqtt, discover: next.mqtt.discover } };
    const restart = changed.filter((key) => !LIVE.includes(key));
    if (!isDeepStrictEqual(ofSparkplug(atStart), ofSparkplug(next))) restart.push('rules of Sparkplug');
    log('info', 'reloaded', { applied, restart, ...rules });
    return { applied, restart, rules };
  }

  return () => {
    const answer = last.then(reload);
    last = answer.catch(() => undefined);
    return answer;
  };
}

/** A session keeps to the machine of its birth, so these hold from the start on. */
const ofSparkplug = ({ rules }: Config): unknown =>
  rules.filter(({ format }) => format === 'sparkplug').map(({ place: _, ...rule }) => plain(rule));

/** The keys of two levels whose values differ, such as `http.port`; of lists the first level. */
function changedKeys(before: Config, after: Config): string[] {
  const keys: string[] = [];
  const names = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof Config>;
  for (const name of names) {
    const [one, other] = [plain(before[name]), plain(after[name])];
    if (isDeepStrictEqual(one, other)) continue;
    if (!isSection(one) || !isSection(other)) {
      keys.push(name);
      continue;
    }
    for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
      if (!isDeepStrictEqual(one[key], other[key])) keys.push(name === 'plant' ? key : `${name}.${key}`);
    }
  }
  return keys.sort();
}

/** A value as it compares: secrets by what they hide. */
function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('reveal' in value && typeof value.reveal === 'function') return value.reveal();
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Map || value instanceof RegExp) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plain(entry)]));
}

const isSection = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function differenceOf(before: readonly MappingRule[], after: readonly MappingRule[]): Reloaded['rules'] {
  const idsOf = (rules: readonly MappingRule[]): Set<string> => new Set(rules.map(({ id }) => id));
  const [was, is] = [idsOf(before), idsOf(after)];
  const said = ({ place: _, ...rule }: MappingRule) => rule;
  const changed = after.filter((rule) => {
    const old = before.find(({ id }) => id === rule.id);
    return old !== undefined && !isDeepStrictEqual(plain(said(old)), plain(said(rule)));
  });
  return {
    added: [...is].filter((id) => !was.has(id)),
    changed: changed.map(({ id }) => id),
    removed: [...was].filter((id) => !is.has(id)),
    total: after.length,
  };
}
