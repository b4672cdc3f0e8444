import { RESERVED_SIGNALS } from '../../domain/observation.ts';
import type { NameMachine } from './machine.ts';
import { type PayloadShape, pointer } from './payload-shape.ts';
import { isStateName, stateOfWord } from './state-words.ts';
import { type WrittenTime, writtenTime } from './time-fields.ts';
import type { TopicFamily } from './topic-families.ts';

/** A rule as it is written in a configuration, in the order in which a person reads it. */
export type WrittenRule = Readonly<Record<string, unknown>>;

type Of<K extends PayloadShape['kind']> = readonly Extract<PayloadShape, { kind: K }>[];
type Members = Readonly<Record<string, unknown>>;

/** Of more values each member becomes a signal by its own name. */
const MOST_NAMED = 24;
const MAX_DEPTH = 4;
const MACHINE_NAME =
  /^(?:machine|machine_?id|machine_?name|device|device_?id|device_?name|equipment|equipment_?id|asset|sn|设备|设备编号|机台)$/i;
const SIGNAL_NAME = ['name', 'signal', 'tag', 'key', 'id', 'metric', 'point'];
const SIGNAL_VALUE = ['value', 'v', 'val'];

interface Leaf {
  readonly path: readonly string[];
  readonly values: readonly unknown[];
  /** Every example has it. */
  readonly always: boolean;
}

/** The plain values of examples, by where they are. */
function leavesOf(examples: readonly Members[]): readonly Leaf[] {
  const found = new Map<string, { path: readonly string[]; values: unknown[] }>();
  const walk = (here: Members, path: readonly string[]): void => {
    for (const [name, value] of Object.entries(here)) {
      const inner = [...path, name];
      if (typeof value === 'object') {
        if (value !== null && !Array.isArray(value) && inner.length < MAX_DEPTH)
          walk(value as Members, inner);
        continue;
      }
      const key = pointer(...inner);
      const leaf = found.get(key) ?? { path: inner, values: [] };
      leaf.values.push(value);
      found.set(key, leaf);
    }
  };
  for (const example of examples) walk(example, []);
  return [...found.values()].map((leaf) => ({ ...leaf, always: leaf.values.length === examples.length }));
}

interface Parts {
  readonly time: { readonly at: string; readonly written: WrittenTime } | null;
  readonly machine: string | null;
  readonly leaves: readonly Leaf[];
}

/** Tells time and machine from the values. */
function partsOf(leaves: readonly Leaf[], zone: string, root = ''): Parts {
  const found = timeAmong(leaves, zone, 'usual') ?? timeAmong(leaves, zone, 'alike');
  const time = found ? { at: root + pointer(...found.leaf.path), written: found.written } : null;
  let machine: string | null = null;
  const rest: Leaf[] = [];
  for (const leaf of leaves) {
    const name = leaf.path.at(-1) as string;
    if (leaf === found?.leaf) continue;
    if (machine === null && MACHINE_NAME.test(name) && leaf.always && typeof leaf.values[0] === 'string')
      machine = `{${root}${pointer(...leaf.path)}}`;
    else rest.push(leaf);
  }
  return { time, machine, leaves: rest };
}

/** The first leaf that is a time. */
function timeAmong(leaves: readonly Leaf[], zone: string, names: 'usual' | 'alike') {
  for (const leaf of leaves) {
    const written = writtenTime(leaf.path.at(-1) as string, leaf.values[0], { zone, names });
    if (written) return { leaf, written };
  }
  return undefined;
}

const timeEntry = (time: NonNullable<Parts['time']>, isOptional = false): unknown => {
  const { format, zone } = time.written;
  if (format === undefined && zone === undefined && !isOptional) return time.at;
  return { at: time.at, ...time.written, ...(isOptional ? { optional: true } : {}) };
};

/** A rule for JSON objects. */
export function objectRule(
  family: TopicFamily,
  shapes: Of<'object'>,
  machine: NameMachine,
  zone: string,
): WrittenRule {
  const { time, machine: said, leaves } = partsOf(leavesOf(shapes.map(({ value }) => value)), zone);
  const [only, ...others] = leaves;
  const last = family.pattern.split('/').at(-1) as string;
  const isOne = only !== undefined && others.length === 0 && SIGNAL_VALUE.includes(only.path.join('.'));
  return {
    topic: family.pattern,
    machine: machine(said),
    ...(time ? { time: timeEntry(time) } : {}),
    ...(isOne && !/[{}]/.test(last) && family.names.length > 0
      ? { signals: { [last]: pointer(...only.path) } }
      : valuesEntry(leaves, shapes[0]?.value ?? {}, time?.at)),
  };
}

function valuesEntry(leaves: readonly Leaf[], example: Members, timeAt: string | undefined): WrittenRule {
  if (leaves.length <= MOST_NAMED) return { signals: signalsEntry(leaves) };
  const isNested = Object.values(example).some((value) => typeof value === 'object' && value !== null);
  const except = timeAt === undefined ? [] : [timeAt.slice(1)];
  return { members: { ...(except.length > 0 ? { except } : {}), ...(isNested ? { join: '.' } : {}) } };
}

function signalsEntry(leaves: readonly Leaf[]): WrittenRule {
  const signals: Record<string, unknown> = {};
  for (const leaf of leaves) {
    const at = pointer(...leaf.path);
    const { name, map } = signalOf(leaf);
    let free = name;
    for (let nth = 2; Object.hasOwn(signals, free); nth++) free = `${name}_${nth}`;
    const optional = leaf.always ? {} : { optional: true };
    signals[free] = map || !leaf.always ? { at, ...optional, ...(map ? { map } : {}) } : at;
  }
  return signals;
}

/** What to call a value; a state gets its reserved name, and what its words mean. */
function signalOf({ path, values }: Leaf): { readonly name: string; readonly map: WrittenRule | null } {
  const name = path.join('_').replace(/[{}+#]/g, '_');
  const words = [...new Set(values)].filter((value) => typeof value === 'string');
  if (isStateName(path.at(-1) as string) && words.length > 0) {
    const states = words.map((word) => [word, stateOfWord(word)] as const);
    const isKnown = states.every(([, state]) => state !== undefined);
    const isOurs = states.every(([word, state]) => word === state);
    return { name: 'state', map: isKnown && !isOurs ? Object.fromEntries(states) : null };
  }
  const isCount = typeof values[0] === 'number' && (values[0] as number) >= 0;
  const isReserved = (RESERVED_SIGNALS as readonly string[]).includes(name) || name === 'ts';
  const needsCount = name === 'count' || name === 'reject';
  const isMisused = isReserved && (needsCount ? !isCount : typeof values[0] !== 'string');
  return { name: isMisused ? `${name}_value` : name, map: null };
}

/** A rule for arrays of objects: each is a value with its name, or a reading. */
export function arrayRule(
  family: TopicFamily,
  shapes: Of<'array'>,
  machine: NameMachine,
  zone: string,
): WrittenRule {
  const items = shapes.flatMap((shape) => shape.items);
  const around = shapes.map(({ root }) => (Array.isArray(root) ? {} : (root as Members)));
  const outer = partsOf(leavesOf(around), zone, '^');
  const inner = partsOf(leavesOf(items), zone);
  const time = inner.time ?? outer.time;
  const has = (name: string): boolean =>
    inner.leaves.some(({ path, always }) => always && path.length === 1 && path[0] === name);
  const value = SIGNAL_VALUE.find(has);
  const name = SIGNAL_NAME.find(has);
  return {
    topic: family.pattern,
    machine: machine(inner.machine ?? outer.machine),
    each: (shapes[0] as Of<'array'>[number]).at,
    ...(time ? { time: timeEntry(time) } : {}),
    signals: value && name ? { [`{${pointer(name)}}`]: pointer(value) } : signalsEntry(inner.leaves),
  };
}

const MACHINE_TAGS = ['machine', 'device', 'host', 'equipment', 'asset', 'id', 'name'];
const PRECISION_BY_DIGITS: Readonly<Record<number, string>> = { 10: 's', 13: 'ms', 16: 'us' };

/** A rule for line protocol. */
export function lineRule(
  family: TopicFamily,
  shapes: Of<'line-protocol'>,
  machine: NameMachine,
): WrittenRule {
  const points = shapes.flatMap((shape) => shape.points);
  const everywhere = (tag: string): boolean => points.every(({ series }) => tag in series.tags);
  const tag = MACHINE_TAGS.find(everywhere);
  const measurements = new Set(points.map(({ series }) => series.measurement));
  const precision = PRECISION_BY_DIGITS[points.find(({ time }) => time !== null)?.time?.length ?? 0];
  const isOwn = everywhere('machine') && ['enterprise', 'site'].every(everywhere);
  return {
    topic: family.pattern,
    format: 'line-protocol',
    ...(isOwn ? {} : { machine: machine(tag === undefined ? null : `{/tags/${tag}}`) }),
    ...(precision ? { precision } : {}),
    ...(measurements.size > 1 ? { members: { prefix: '{/measurement}', bare: 'value' } } : {}),
  };
}

/** A rule for bare values. */
export function textRule(family: TopicFamily, shapes: Of<'text'>, machine: NameMachine): WrittenRule {
  const words = [...new Set(shapes.map(({ text }) => text.trim()))];
  const states = words.map((word) => [word, stateOfWord(word)] as const);
  const last = family.pattern.split('/').at(-1) as string;
  const isState = isStateName(last) && states.every(([, state]) => state !== undefined);
  const name = family.namesSignal ? '{signal}' : isState ? 'state' : 'value';
  return {
    topic: family.pattern,
    format: 'text',
    machine: machine(null),
    signals: { [name]: isState ? { map: Object.fromEntries(states) } : {} },
  };
}
