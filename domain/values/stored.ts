import { countIn, growth, toldBy } from '../counters.ts';
import { meterAsCounter } from '../energy.ts';
import { meaningOf, type Vocabulary } from '../meaning.ts';
import type { SignalValue } from '../observation.ts';
import { ORDER_SIGNALS, plannedIn } from '../orders/told.ts';
import { COUNTED_SIGNALS, type CounterRule, type Machine } from '../plant.ts';
import { DEFAULT_METER } from '../signals.ts';
import type { EpochMs } from '../time.ts';
import { wordsOf } from '../vocabulary/index.ts';
import type { RuleWords, StoredKind } from './correction.ts';

/** How figures read a signal. */
export type Read =
  | {
      readonly as: 'counter';
      readonly rule: CounterRule;
      /** The same as it is configured, in the signal's own unit: what people read. */
      readonly configured: CounterRule;
      /** In the unit that is counted in; pieces as they are. */
      readonly reading: (value: SignalValue) => SignalValue;
      readonly isPieces: boolean;
    }
  | { readonly as: 'plan' }
  | { readonly as: 'state'; readonly vocabulary: Vocabulary };

/** The last value of a counter that says something. */
export interface Before {
  readonly ts: EpochMs;
  readonly value: SignalValue;
}

/** What figures make of a stored value. */
export interface StoredNote {
  readonly kind: StoredKind;
  readonly words: RuleWords;
  /** What it fell from; `null`: it is judged by itself. */
  readonly before: SignalValue | null;
}

const NOTHING: readonly StoredNote[] = [];

/** The signals of a machine of which figures may make something else than they say, by name. */
export function readsOf(machine: Machine): ReadonlyMap<string, Read> {
  const reads = new Map<string, Read>();
  if (!machine.derive) reads.set(machine.stateSignal, { as: 'state', vocabulary: wordsOf(machine) });
  for (const signal of ORDER_SIGNALS) reads.set(signal, { as: 'plan' });
  const { energy: meter = DEFAULT_METER, counters } = machine;
  const ofMeter = counters[meter.signal] ?? {};
  const asCounter = meterAsCounter(meter, ofMeter);
  reads.set(meter.signal, { as: 'counter', ...asCounter, configured: ofMeter, isPieces: false });
  for (const signal of COUNTED_SIGNALS) {
    const rule = counters[signal] ?? {};
    reads.set(signal, { as: 'counter', rule, configured: rule, reading: (value) => value, isPieces: true });
  }
  return reads;
}

/** Whether a value is one that the next one of its series is compared with. */
export const saysSomething = (read: Read, value: SignalValue): boolean =>
  read.as === 'counter' && countIn(read.reading(value), read.rule.kind) !== undefined;

/**
 * What figures make of a stored value otherwise than it says. `before`: the last one of the series that says something, of an
 * earlier instant; `undefined`: there is none, or it isn't known. The flags of a ledger's rows tell the same.
 */
export function storedNotes(
  read: Read,
  before: Before | undefined,
  ts: EpochMs,
  value: SignalValue,
): readonly StoredNote[] {
  if (read.as === 'plan')
    return plannedIn(value) === undefined ? [{ kind: 'unusable', words: NO_PLAN, before: null }] : NOTHING;
  if (read.as === 'state') {
    const word = typeof value === 'string' ? value : String(value);
    if (!meaningOf(read.vocabulary, word, []).unmapped) return NOTHING;
    return [{ kind: 'unmapped', words: unmappedBy(read.vocabulary.id), before: null }];
  }
  const { rule, configured, isPieces } = read;
  const told = read.reading(value);
  const count = countIn(told, rule.kind);
  if (count === undefined) return [{ kind: 'unusable', words: isPieces ? NO_COUNT : NO_METER, before: null }];
  const notes: StoredNote[] = [];
  if (typeof value === 'string') notes.push({ kind: 'read-as', words: NUMBER_AS_TEXT, before: null });
  else if (isPieces && typeof value === 'number' && !Number.isInteger(value))
    notes.push({ kind: 'read-as', words: WHOLE_PIECES, before: null });
  const earlier = before && countIn(read.reading(before.value), rule.kind);
  const { kind = 'cumulative' } = rule;
  if (kind !== 'cumulative') {
    const made = toldBy(kind, earlier, count);
    const sinceMs = before ? ts - before.ts : 0;
    const { grown, flag } = growth(0, made, sinceMs, rule);
    // Of the first value, and of single pieces, nobody knows the time that they took.
    if (flag && (grown === 0 || (sinceMs > 0 && kind === 'delta')))
      notes.push({ kind: 'implausible', words: implausibleBy(configured, grown), before: null });
  } else if (earlier !== undefined && before && count !== earlier) {
    const { grown, flag } = growth(earlier, count, ts - before.ts, rule);
    if (count < earlier) {
      const { rollover = 0 } = rule;
      notes.push(
        earlier < rollover
          ? { kind: 'rollover', words: startsAgainAt(configured.rollover), before: before.value }
          : { kind: 'reset', words: RESET, before: before.value },
      );
    }
    if (flag === 'counter-implausible')
      notes.push({ kind: 'implausible', words: implausibleBy(configured, grown), before: before.value });
  }
  return notes.length === 0 ? NOTHING : notes;
}

const NO_COUNT: RuleWords = {
  zh: '不是计数（应为不小于 0 的数）：不计产量，以前后的值为准',
  en: 'no count (a number from 0 on): it counts as nothing, the values around it count on',
};
const NO_METER: RuleWords = {
  zh: '不是读数（应为不小于 0 的数）：不计能耗，以前后的值为准',
  en: 'no reading (a number from 0 on): it counts as nothing, the values around it count on',
};
const NO_PLAN: RuleWords = {
  zh: '不是不小于 0 的整数：对工单不起作用',
  en: 'no whole number from 0 on: it says nothing of the order',
};
const NUMBER_AS_TEXT: RuleWords = {
  zh: '以文本发来的数：按数计算',
  en: 'a number sent as a text: it counts as the number',
};
const WHOLE_PIECES: RuleWords = {
  zh: '件数应为整数：小数部分舍去',
  en: 'pieces are whole: what is behind the point is cut off',
};
const RESET: RuleWords = {
  zh: '小于上一个值：视为清零，新值即此后的增量',
  en: 'less than the value before: a reset, the new value counts as made since',
};
const startsAgainAt = (rollover: number | undefined): RuleWords => ({
  zh: `到 ${rollover} 后从零开始：继续累计`,
  en: `starts again at ${rollover}: it counts on`,
});
/** Something that was made counts; what nothing can have made doesn't, whatever limit is set. */
const implausibleBy = ({ maxPerHour }: CounterRule, grown: number): RuleWords =>
  grown === 0
    ? { zh: '增量超出任何设备的能力：不计', en: 'more than any machine makes: it counts as none' }
    : {
        zh: `每小时超过 ${maxPerHour}：照计并标记`,
        en: `more than ${maxPerHour} an hour: counted, and flagged`,
      };
const unmappedBy = (vocabulary: string): RuleWords => ({
  zh: `词表 ${vocabulary} 没有该词：从该时刻起按未知计`,
  en: `the vocabulary ${vocabulary} lacks the word: unknown from then on`,
});
