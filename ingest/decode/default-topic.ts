import type { SignalValue } from '../../domain/observation.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { Binding, Decoded, DecodedReading, Decoder, RefusedPart } from './decoder.ts';
import { jsonOf } from './json.ts';
import { layoutOf, readLayout } from './layout.ts';
import { nameFault, quoted, shown } from './names.ts';
import { sourceTimeOf } from './source-time.ts';
import { signalValueOf } from './value.ts';

const PREFIX = 'kaidong/v1/';
const MACHINE_LEVELS = 5;
const MOST_MISSES = 16;
const NOTHING: readonly never[] = [];

/** The platform's own topics (contracts, "MQTT"). */
export const defaultTopic: Decoder = {
  id: 'default-topic',
  title: 'kaidong/v1/{enterprise}/{site}/{area}/{line}/{machine}[/{signal}] with JSON',
  why: 'A machine that speaks our own topics needs no mapping rule.',

  bind(topic): Binding | Refusal | undefined {
    if (!topic.startsWith(PREFIX) && topic !== 'kaidong/v1') return undefined;
    const levels = topic.slice(PREFIX.length).split('/');
    if (levels.length !== MACHINE_LEVELS && levels.length !== MACHINE_LEVELS + 1) {
      return {
        code: 'topic-shape',
        detail: `The topic has ${topic === 'kaidong/v1' ? 0 : levels.length} levels below kaidong/v1; publish to enterprise/site/area/line/machine, with or without a signal.`,
      };
    }
    for (const level of levels) {
      const fault = nameFault(level);
      if (fault) return { code: 'name-malformed', detail: `The topic's level ${quoted(level)} ${fault}.` };
    }
    const signal = levels[MACHINE_LEVELS] ?? null;
    if (signal === 'ts') {
      return {
        code: 'name-malformed',
        detail: 'The topic\'s level "ts" is the time and no signal; rename it.',
      };
    }
    const machine = signal === null ? topic.slice(PREFIX.length) : levels.slice(0, MACHINE_LEVELS).join('/');
    return { source: machine, machine, signal, habit: { layout: null, misses: 0 } };
  },

  decode(binding, payload): Decoded {
    const { habit, machine, signal } = binding;
    const quick = habit.layout && readLayout(habit.layout, payload, machine);
    if (quick) {
      habit.misses = 0;
      return { readings: [quick], refused: NOTHING };
    }
    const json = jsonOf(payload);
    if ('code' in json) return { readings: [], refused: [{ ...json, observations: 0 }] };
    const readings: DecodedReading[] = [];
    const refused: RefusedPart[] = [];
    if (!Array.isArray(json.value)) {
      decodeItem(binding, json.value, 'The payload', readings, refused);
    } else if (json.value.length === 0) {
      refused.push({ code: 'payload-shape', detail: 'The batch is empty; leave it out.', observations: 0 });
    } else {
      for (const [index, item] of json.value.entries()) {
        decodeItem(binding, item, `Item ${index} of the batch`, readings, refused);
      }
    }
    // A topic that is written anew with each message is left alone.
    if (habit.misses < MOST_MISSES) {
      habit.misses++;
      const [only, ...others] = readings;
      const isPlain = only !== undefined && others.length === 0 && refused.length === 0;
      const nameOf = (key: string): string => (signal === null ? key : key === 'value' ? signal : '');
      habit.layout = isPlain ? layoutOf(payload, only, nameOf) : null;
    }
    return { readings, refused };
  },
};

function decodeItem(
  { machine, signal }: Binding,
  item: unknown,
  where: string,
  readings: DecodedReading[],
  refused: RefusedPart[],
): void {
  const shape = signal === null ? '{"ts": …, "state": …, "<signal>": …}' : '{"ts": …, "value": …}';
  if (typeof item !== 'object' || item === null || Array.isArray(item)) {
    refused.push({
      code: 'payload-shape',
      detail: `${where} is no object; publish ${shape}.`,
      observations: 0,
    });
    return;
  }
  const fields = item as Record<string, unknown>;
  const names = signal === null ? Object.keys(fields) : Object.hasOwn(fields, 'value') ? ['value'] : [];
  let ts: EpochMs | null = null;
  if (Object.hasOwn(fields, 'ts')) {
    const time = sourceTimeOf(fields.ts);
    if (time === undefined) {
      const observations = signal === null ? names.length - 1 : names.length;
      refused.push({
        code: 'ts-malformed',
        detail: `${where} has the ts ${shown(fields.ts)}; write integer milliseconds, or ISO 8601 with an offset.`,
        observations,
      });
      return;
    }
    ts = time;
  }
  const signals: string[] = [];
  const values: SignalValue[] = [];
  for (const key of names) {
    if (key === 'ts') continue;
    const name = signal ?? key;
    const value = signalValueOf(name, fields[key], where);
    if (typeof value !== 'object') {
      signals.push(name);
      values.push(value);
    } else refused.push(value);
  }
  if (signals.length > 0) readings.push({ machine, ts, signals, values });
  else if (names.length === 0 || (names.length === 1 && names[0] === 'ts')) {
    refused.push({
      code: 'payload-shape',
      detail: `${where} holds no value; publish ${shape}.`,
      observations: 0,
    });
  }
}
