import type { Captures } from '../../domain/mapping/pattern.ts';
import type { MappingRule } from '../../domain/mapping/rule.ts';
import type { Selector } from '../../domain/mapping/selector.ts';
import { isOfTopic } from '../../domain/mapping/template.ts';
import { RESERVED_SIGNALS, type SignalValue } from '../../domain/observation.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { Decoded, DecodedReading } from '../decode/decoder.ts';
import { jsonOf } from '../decode/json.ts';
import { type Layout, layoutOf, readLayout } from '../decode/layout.ts';
import { asWord, signalValueOf } from '../decode/value.ts';
import { expand } from './expand.ts';
import { timeReader } from './source-times.ts';
import { type Convert, converterOf, isFault } from './values.ts';

/** Where the values of a layout go. */
interface Plan {
  readonly layout: Layout;
  /** By the layout's own time, by a value, or by the receive time. */
  readonly time: 'layout' | 'none' | number;
  readonly picks: readonly Pick[];
  readonly names: readonly string[];
  /** The values of the layout are the values of the reading. */
  readonly isWhole: boolean;
}

interface Pick {
  readonly index: number;
  readonly convert: Convert | null;
  /** Its name asks for a kind of value, or what is made of it may be none. */
  readonly isChecked: boolean;
  readonly nothing: ReadonlySet<string>;
}

/** What has more names is no habit worth its room, and looking through all of them would take its time. */
const MOST_SIGNALS = 1000;

const MOST_MISSES = 16;
const RESERVED: readonly string[] = RESERVED_SIGNALS;
const LOOK = { here: undefined, root: undefined };

const keyOf = (at: Selector): string | undefined => {
  const [step] = at.kind === 'steps' ? at.steps : [];
  return at.kind === 'steps' && at.steps.length === 1 && typeof step === 'string' ? step : undefined;
};

/**
 * Reads flat JSON by the layout of the message before it (`decode/layout.ts`), where the rule takes members of the payload
 * itself: then nothing is parsed that isn't wanted. `null`: the rule wants more. What is given is what the full reading gives;
 * wherever that isn't certain, it is asked.
 */
export function flatReader(rule: MappingRule, captures: Captures, machine: string) {
  const { members, time } = rule;
  const isFlat =
    rule.format === 'json' &&
    rule.each === null &&
    rule.signals.every(({ name, from }) => isOfTopic(name) && 'at' in from && keyOf(from.at) !== undefined) &&
    (time === null || keyOf(time.at) !== undefined) &&
    (members === null ||
      (members.at.kind === 'steps' && members.at.steps.length === 0 && members.prefix === null));
  if (!isFlat) return null;
  const readTime = time && timeReader(time.format);
  const timeKey = time && keyOf(time.at);
  const isOwnTime = timeKey === 'ts' && (time?.format.kind === 'auto' || time?.format.kind === 'ms');
  const signals = rule.signals.map(({ name, from, ...signal }) => ({
    ...signal,
    name: expand(name, captures, LOOK, '.') as string,
    key: keyOf((from as { at: Selector }).at) as string,
    convert: converterOf({ ...signal }, false),
  }));
  let plan: Plan | null = null;
  let misses = 0;

  function planOf(layout: Layout): Plan | null {
    const hasTime = layout.kinds.includes('time');
    // Only a time of ours is floored as the layout floors it.
    if (hasTime && !isOwnTime) return null;
    const timeAt = timeKey === null ? -1 : layout.signals.indexOf(timeKey as string);
    if (time && !hasTime && timeAt === -1 && !time.optional) return null;
    const picks: Pick[] = [];
    const names: string[] = [];
    const add = (name: string, index: number, convert: Convert | null, nothing: readonly string[]): void => {
      if (names.includes(name)) return;
      names.push(name);
      const isChecked = convert !== null || nothing.length > 0 || RESERVED.includes(name);
      picks.push({ index, convert, isChecked, nothing: new Set(nothing) });
    };
    for (const { name, key, optional, convert, nothing } of signals) {
      const index = layout.signals.indexOf(key);
      if (key === 'ts' || (index === -1 && !optional)) return null;
      if (index !== -1) add(name, index, convert, nothing);
    }
    if (members) {
      if (hasTime && !members.except.includes('ts')) return null;
      for (const [index, key] of layout.signals.entries())
        if (!members.except.includes(key)) add(key, index, null, []);
    }
    if (names.length === 0) return null;
    const isWhole =
      picks.length === layout.signals.length &&
      picks.every(({ index, isChecked }, nth) => index === nth && !isChecked);
    return {
      layout,
      time: time === null ? 'none' : hasTime ? 'layout' : timeAt === -1 ? 'none' : timeAt,
      picks,
      names,
      isWhole,
    };
  }

  function read(payload: Uint8Array): DecodedReading | undefined {
    if (!plan) return undefined;
    const raw = readLayout(plan.layout, payload, machine);
    if (!raw) return undefined;
    let ts: EpochMs | null = null;
    if (plan.time === 'layout') ts = raw.ts;
    else if (plan.time !== 'none') {
      const found = readTime?.(raw.values[plan.time]);
      if (found === undefined) return undefined;
      ts = found;
    }
    if (plan.isWhole) return { machine, ts, signals: plan.names, values: raw.values };
    const values = new Array<SignalValue>(plan.picks.length);
    for (let nth = 0; nth < values.length; nth++) {
      const { index, convert, isChecked, nothing } = plan.picks[nth] as Pick;
      const sent = raw.values[index] as SignalValue;
      if (!isChecked) {
        values[nth] = sent;
        continue;
      }
      if (nothing.size > 0 && nothing.has(String(sent))) return undefined;
      const value = convert ? convert(sent) : sent;
      if (isFault(value)) return undefined;
      const name = plan.names[nth] as string;
      const taken = signalValueOf(name, asWord(name, value), '');
      if (typeof taken === 'object') return undefined;
      values[nth] = taken;
    }
    return { machine, ts, signals: plan.names, values };
  }

  return {
    read(payload: Uint8Array): Decoded | undefined {
      const reading = read(payload);
      if (!reading) return undefined;
      misses = 0;
      return { readings: [reading], refused: [] };
    },

    /** The message was read in full; the next one may be written alike. */
    learn(payload: Uint8Array, { readings, refused }: Decoded): void {
      // A topic that is written anew with each message is left alone.
      if (misses >= MOST_MISSES) return;
      misses++;
      plan = null;
      if (readings.length !== 1 || refused.length > 0) return;
      if ((readings[0] as DecodedReading).signals.length > MOST_SIGNALS) return;
      const json = jsonOf(payload);
      if (
        'code' in json ||
        typeof json.value !== 'object' ||
        json.value === null ||
        Array.isArray(json.value)
      )
        return;
      const { ts = null, ...rest } = json.value as Record<string, unknown>;
      const raw = {
        machine,
        ts: ts as number | null,
        signals: Object.keys(rest),
        values: Object.values(rest) as SignalValue[],
      };
      if (ts !== null && !Number.isInteger(ts)) return;
      const layout = layoutOf(payload, raw, (key) => key);
      plan = layout && planOf(layout);
    },
  };
}
