import type { SignalValue } from '../../domain/observation.ts';
import { typeOf } from '../../domain/observation.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { NewCorrection, RuleWords } from '../../domain/values/correction.ts';
import { COERCIONS } from '../guard/coercions.ts';
import type { Shape } from '../guard/machines.ts';
import type { Coerced } from '../guard/type-guard.ts';
import type { CorrectionNote, GroupNotes } from './group-notes.ts';

/** What ingest did to a reading that it takes, without a rule for its values. */
export interface Taken {
  readonly shape: Shape;
  readonly ts: EpochMs;
  readonly values: readonly SignalValue[];
  /** What the source's clock said, where a correction moved `ts`. */
  readonly sourceTs: EpochMs | undefined;
  readonly receivedAt: EpochMs;
  readonly coerced: readonly Coerced[];
  /** What rules found of values. */
  readonly flagged: readonly CorrectionNote[];
  /** Indexes of values that take the place of others. */
  readonly replaced: readonly number[];
  readonly before: readonly (SignalValue | null)[];
}

type What = Pick<NewCorrection, 'signal' | 'kind' | 'action' | 'words' | 'before' | 'raw' | 'result'>;

/** Notes what was done to what is stored of a reading. */
export function noteTaken(taken: Taken, notes: GroupNotes): void {
  const { shape, ts, values, sourceTs, receivedAt, coerced, flagged, replaced, before } = taken;
  const add = (what: What): void => notes.add({ ...what, machine: shape.machine.path, ts, receivedAt });
  if (sourceTs !== undefined) {
    const words = clockWords(sourceTs - ts);
    add({ signal: 'ts', kind: 'clock', action: 'moved', words, before: null, raw: sourceTs, result: ts });
  }
  for (const { signal, raw, value } of coerced) {
    if (!shape.signals.includes(signal)) continue;
    const words = coercionWords(raw, value);
    add({ signal, kind: 'coerced', action: 'converted', words, before: null, raw, result: value });
  }
  for (const note of flagged) if (shape.signals.includes(note.signal)) notes.add(note);
  for (const [place, index] of replaced.entries()) {
    const signal = shape.signals[index] as string;
    const raw = values[index] as SignalValue;
    const other = before[place] ?? null;
    add({ signal, kind: 'replaced', action: 'replaced', words: REPLACED, before: other, raw, result: raw });
  }
}

const REPLACED: RuleWords = {
  zh: '同一时刻有了另一个值：以最后收到的为准',
  en: 'another value for the same instant: the last received counts',
};

/** How a source's clock was put right. */
export const clockWords = (aheadMs: number): RuleWords => ({
  zh: `来源的时钟${aheadMs > 0 ? '快' : '慢'} ${Math.abs(aheadMs)} 毫秒（clocks.corrections）`,
  en: `the clock of the source is ${Math.abs(aheadMs)} ms ${aheadMs > 0 ? 'ahead' : 'behind'} (clocks.corrections)`,
});

const TYPES_ZH = { double: '浮点数', int64: '64 位整数', boolean: '真假值', text: '文本' } as const;

/** The rule by which a value became another type. */
export function coercionWords(raw: SignalValue, value: SignalValue): RuleWords {
  const [from, to] = [typeOf(raw), typeOf(value)];
  const { id = '' } = COERCIONS.find((one) => one.from === from && one.to === to) ?? {};
  return {
    zh: `${TYPES_ZH[from]} → ${TYPES_ZH[to]}，数值不变（${id}）`,
    en: `${from} to ${to}, exactly (${id})`,
  };
}
