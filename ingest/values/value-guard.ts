import type { SignalValue } from '../../domain/observation.ts';
import { MACHINE_DEFAULTS, machineAt, type Plant } from '../../domain/plant.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { RuledKind, RuleWords } from '../../domain/values/correction.ts';
import {
  judgeValue,
  newMemory,
  numberOf,
  remember,
  type SeriesMemory,
  type SeriesRule,
  type ValueVerdict,
} from '../../domain/values/judge.ts';
import { valueRuleAt } from '../../domain/values/rule.ts';
import { ruleInWords } from '../../domain/values/words.ts';
import type { RefusedPart } from '../decode/decoder.ts';
import { quoted } from '../decode/names.ts';
import { type MachineEntry, type Shape, shapeOf } from '../guard/machines.ts';
import type { CorrectionNote, GroupNotes } from './group-notes.ts';

interface Series extends SeriesRule {
  readonly memory: SeriesMemory;
}

/** What is left of a reading's values; `thinned`: how many a rule left out. */
export interface GuardedValues {
  /** `null`: nothing is left. */
  readonly shape: Shape | null;
  readonly values: readonly SignalValue[];
  readonly refused: readonly RefusedPart[];
  readonly thinned: number;
  /** What is to be noted of values that are stored as they came, if they are news. */
  readonly flagged: readonly CorrectionNote[];
}

/** What a rule would do to a value. */
export interface ValueNote {
  readonly signal: string;
  readonly kind: RuledKind;
  readonly action: 'refused' | 'flagged' | 'thinned';
  readonly words: RuleWords;
  readonly detail: string;
  /** What it jumped from; `null`: it is no jump. */
  readonly before: number | null;
}

/** Holds values to the rules of their signals. `null` where no rule is configured: then nothing is ever asked. */
export type ValueGuard = ReturnType<typeof createValueGuard>;

export function createValueGuard({ plant }: { readonly plant: Plant }) {
  /** By machine: signals that are alike are one object for all machines. */
  let byMachine = new WeakMap<MachineEntry, Map<string, Series | null>>();
  let byShape = new WeakMap<Shape, readonly (Series | null)[] | null>();

  function seriesOf(machine: MachineEntry, signal: string): Series | null {
    let ofMachine = byMachine.get(machine);
    if (!ofMachine) {
      ofMachine = new Map();
      byMachine.set(machine, ofMachine);
    }
    const known = ofMachine.get(signal);
    if (known !== undefined) return known;
    const rule = valueRuleAt(plant.signals, machine.path, signal);
    const made = rule ? seriesRuleOf(plant, machine.path, signal, rule) : null;
    const series = made && { ...made, memory: newMemory() };
    if (machine.signals.has(signal)) ofMachine.set(signal, series);
    return series;
  }

  function rulesOf(shape: Shape): readonly (Series | null)[] | null {
    const known = byShape.get(shape);
    if (known !== undefined) return known;
    const rules = shape.signals.map((signal) => seriesOf(shape.machine, signal));
    const made = rules.some((series) => series !== null) ? rules : null;
    byShape.set(shape, made);
    return made;
  }

  return {
    /** What was taken came to nothing: the next value of each series is judged as the first one is. */
    forgetAll(): void {
      byMachine = new WeakMap();
      byShape = new WeakMap();
    },

    /** Judges the values of a reading, notes what isn't stored, and remembers what is taken. `null`: no rule concerns them. */
    guard(
      shape: Shape,
      ts: EpochMs,
      values: readonly SignalValue[],
      { receivedAt, notes }: { readonly receivedAt: EpochMs; readonly notes: GroupNotes },
    ): GuardedValues | null {
      const rules = rulesOf(shape);
      if (!rules) return null;
      const kept: number[] = [];
      const refused: RefusedPart[] = [];
      const flagged: CorrectionNote[] = [];
      let thinned = 0;
      for (let index = 0; index < values.length; index++) {
        const series = rules[index];
        const raw = values[index] as SignalValue;
        const value = series ? numberOf(raw) : undefined;
        if (!series || value === undefined) {
          kept.push(index);
          continue;
        }
        const verdict = judgeValue(series, series.memory, ts, value);
        const signal = shape.signals[index] as string;
        const note = noteOf(series, signal, verdict, value);
        if (note) {
          const result = note.action === 'flagged' ? raw : null;
          const { detail, ...what } = note;
          const told = { ...what, machine: shape.machine.path, ts, receivedAt, raw, result };
          if (note.action === 'flagged') flagged.push(told);
          else notes.add(told);
        }
        if (note?.action === 'refused') {
          refused.push({ ...refusalOf(note), observations: 1 });
          continue;
        }
        remember(series.memory, ts, value, note?.action !== 'thinned');
        if (note?.action === 'thinned') thinned++;
        else kept.push(index);
      }
      if (kept.length === values.length) return { shape, values, refused, thinned, flagged };
      if (kept.length === 0) return { shape: null, values: [], refused, thinned, flagged };
      const signals = kept.map((index) => shape.signals[index] as string);
      return {
        shape: shapeOf(shape.machine, signals),
        values: kept.map((index) => values[index] as SignalValue),
        refused,
        thinned,
        flagged,
      };
    },

    /**
     * Asks what the rules would do to values one after another, each judged by those asked before it; changes nothing.
     * `machine`: `undefined` where it was never heard.
     */
    asking() {
      const seen = new Map<string, Series>();
      return (
        machine: MachineEntry | undefined,
        path: string,
        { signal, ts, value }: { readonly signal: string; readonly ts: EpochMs; readonly value: SignalValue },
      ): ValueNote | undefined => {
        const number = numberOf(value);
        const rule = valueRuleAt(plant.signals, path, signal);
        if (number === undefined || !rule) return undefined;
        const series = seen.getOrInsertComputed(`${path}\n${signal}`, () => {
          const known = machine?.signals.has(signal) ? seriesOf(machine, signal) : null;
          return {
            ...(known ?? seriesRuleOf(plant, path, signal, rule)),
            memory: { ...(known?.memory ?? newMemory()) },
          };
        });
        const note = noteOf(series, signal, judgeValue(series, series.memory, ts, number), number);
        if (note?.action !== 'refused') remember(series.memory, ts, number, note?.action !== 'thinned');
        return note;
      };
    },
  };
}

/** A refusal of a value, where a rule refuses it. */
export const refusalOf = ({ kind, detail }: ValueNote): Refusal => ({
  code: kind === 'jump' ? 'value-jump' : 'value-out-of-range',
  detail,
});

function seriesRuleOf(plant: Plant, path: string, signal: string, rule: SeriesRule['rule']): SeriesRule {
  const { maxSilenceMs, stateSignal, derive } = machineAt(plant, path);
  return {
    rule,
    heardMarkMs: (maxSilenceMs ?? MACHINE_DEFAULTS.maxSilenceMs) / 4,
    level: derive?.from === 'level' && stateSignal === signal ? derive : undefined,
  };
}

function noteOf(
  { rule }: SeriesRule,
  signal: string,
  verdict: ValueVerdict,
  value: number,
): ValueNote | undefined {
  switch (verdict.fate) {
    case 'keep':
      return undefined;
    case 'thin': {
      const words = ruleInWords('thinned', rule);
      const detail = `${quoted(signal)} is ${value}; it is left out (${words.en}).`;
      return { signal, kind: 'thinned', action: 'thinned', words, detail, before: null };
    }
    case 'out-of-range': {
      const words = ruleInWords('out-of-range', rule);
      const detail = `${quoted(signal)} is ${value}; allowed is ${words.en}. Mend the source, or widen the range (signals).`;
      return { signal, kind: 'out-of-range', action: DONE[rule.outOfRange], words, detail, before: null };
    }
    case 'jump': {
      const words = ruleInWords('jump', rule);
      const detail = `${quoted(signal)} jumped from ${verdict.before} to ${value}, ${Number(verdict.perSecond.toPrecision(3))} a second; plausible is ${words.en}. Mend the source, or raise maxStepPerSecond (signals).`;
      return { signal, kind: 'jump', action: DONE[rule.onJump], words, detail, before: verdict.before };
    }
  }
}

const DONE = { refuse: 'refused', flag: 'flagged' } as const;
