import type { DerivedRule } from './derived/rule.ts';
import { meaningOf } from './meaning.ts';
import type { SignalValue } from './observation.ts';
import { cyclesOf, hasCyclesFrom } from './orders/cycles.ts';
import { ORDER_SIGNALS } from './orders/told.ts';
import { type Machine, machineAt, type Plant } from './plant.ts';
import { DEATH_SIGNAL, signalsOf } from './signals.ts';
import type { StoredKind } from './values/correction.ts';
import { readsOf, storedNotes } from './values/stored.ts';
import { wordsOf } from './vocabulary/index.ts';

/** What the time ledger will make of an observation: a closed list. */
export const HEARINGS = [
  'state-understood',
  'state-unmapped',
  'state-elsewhere',
  'state-derived',
  'machine-undeclared',
  'no-ideal-cycle',
  'not-accounted',
  'value-unusable',
  'value-read-as',
] as const;
export type HearingCode = (typeof HEARINGS)[number];

/** One thing to know about what a message says. */
export interface HearingNote {
  readonly code: HearingCode;
  readonly machine: string;
  /** `null`: it concerns the machine. */
  readonly signal: string | null;
  readonly message: { readonly zh: string; readonly en: string };
}

interface Heard {
  readonly machine: string;
  readonly signal: string;
  readonly value: SignalValue;
}

const COUNTERS: readonly string[] = ['count', 'reject'];
const MOST_WORDS = 12;

/** What analysis will make of observations that ingest takes, in the order in which they are first met, each told once. */
export function hearingNotes(plant: Plant, observations: readonly Heard[]): readonly HearingNote[] {
  const notes = new Map<string, HearingNote>();
  const tell = (note: HearingNote): void => {
    const key = `${note.code}\n${note.machine}\n${note.message.en}`;
    notes.set(key, note);
  };
  const machines = new Map<string, Machine>();
  const unaccounted = new Map<string, Set<string>>();
  for (const heard of observations) {
    const { machine: path, signal } = heard;
    const machine = machines.getOrInsertComputed(path, () => machineAt(plant, path));
    if (!machine.declared) tell(undeclared(path));
    if (signal === machine.stateSignal)
      tell(machine.derive ? derivedNote(machine, machine.derive) : stateNote(machine, heard));
    else if (signal === DEATH_SIGNAL) tell(deathNote(machine, heard));
    else if (COUNTERS.includes(signal) && !hasCycle(machine)) tell(noCycle(path));
    tellOfValue(machine, heard, tell);
    if (!signalsOf(machine).includes(signal) && !PLANNED.includes(signal)) {
      unaccounted.set(path, (unaccounted.get(path) ?? new Set()).add(signal));
    }
  }
  for (const [path, signals] of unaccounted) tell(notAccounted(path, [...signals]));
  return [...notes.values()];
}

const PLANNED: readonly string[] = ORDER_SIGNALS;
const VALUE_CODES: Partial<Record<StoredKind, HearingCode>> = {
  unusable: 'value-unusable',
  'read-as': 'value-read-as',
};

/** What figures make of a counter's value, or of a plan, otherwise than it says; states have a note of their own. */
function tellOfValue(machine: Machine, { signal, value }: Heard, tell: (note: HearingNote) => void): void {
  const read = readsOf(machine).get(signal);
  if (!read || read.as === 'state') return;
  for (const { kind, words } of storedNotes(read, undefined, 0, value)) {
    const code = VALUE_CODES[kind];
    if (!code) continue;
    const shown = typeof value === 'string' ? JSON.stringify(value.slice(0, 60)) : String(value);
    const message = {
      zh: `${signal} 的值 ${shown} 会照原样入库；${words.zh}。`,
      en: `${signal} is ${shown}: it is stored as it is; ${words.en}.`,
    };
    tell({ code, machine: machine.path, signal, message });
  }
}

const hasCycle = (machine: Machine): boolean => hasCyclesFrom(cyclesOf(machine)) < Number.POSITIVE_INFINITY;

function stateNote(machine: Machine, { signal, value }: Heard): HearingNote {
  const word = String(value);
  const vocabulary = wordsOf(machine);
  const { state, unmapped } = meaningOf(vocabulary, word, []);
  const shown = JSON.stringify(word.slice(0, 60));
  const about = { machine: machine.path, signal };
  if (!unmapped) {
    return {
      ...about,
      code: 'state-understood',
      message: {
        zh: `状态词 ${shown} 按词表 ${vocabulary.id} 读作 ${state}。`,
        en: `The state word ${shown} is read as ${state}, by the vocabulary ${vocabulary.id}.`,
      },
    };
  }
  const words = [
    ...Object.keys(vocabulary.states),
    ...(vocabulary.ranges ?? []).map(({ from, to }) => `${from}..${to}`),
  ];
  const known = `${words.slice(0, MOST_WORDS).join(', ')}${words.length > MOST_WORDS ? ' …' : ''}`;
  return {
    ...about,
    code: 'state-unmapped',
    message: {
      zh: `词表 ${vocabulary.id} 没有状态词 ${shown}：会入库，但从该时刻起按未知计（unmapped）。请改发词表中的词（${known}），或为该设备声明另一个词表（machines[].state.vocabulary）。`,
      en: `The vocabulary ${vocabulary.id} has no state word ${shown}: it is stored, but counts as unknown (unmapped) from then on. Send a word of the vocabulary (${known}), or declare another vocabulary for the machine (machines[].state.vocabulary).`,
    },
  };
}

function derivedNote({ path, stateSignal }: Machine, derive: DerivedRule): HearingNote {
  const told =
    derive.from === 'level'
      ? {
          zh: `高于 ${derive.runningAbove} 读作 running，低于 ${derive.idleBelow} 读作 idle${derive.offBelow === undefined ? '' : `，低于 ${derive.offBelow} 读作 off`}，持续满 ${derive.holdMs} ms 才算`,
          en: `above ${derive.runningAbove} is running, below ${derive.idleBelow} is idle${derive.offBelow === undefined ? '' : `, below ${derive.offBelow} is off`}, where it lasts for ${derive.holdMs} ms`,
        }
      : {
          zh: `计件间隔不超过 ${derive.withinMs} ms 读作 running，更久则自最后一件起读作 idle`,
          en: `running while pieces come within ${derive.withinMs} ms of each other, idle from the last piece on where none does`,
        };
  return {
    code: 'state-derived',
    machine: path,
    signal: stateSignal,
    message: {
      zh: `该设备不上报状态，由信号 ${stateSignal} 推断：${told.zh}。`,
      en: `The machine reports no state; it is derived from the signal ${stateSignal}: ${told.en}.`,
    },
  };
}

/** On a machine whose state comes by another signal, `state` tells a death and nothing else. */
const deathNote = (machine: Machine, { signal }: Heard): HearingNote => ({
  code: 'state-elsewhere',
  machine: machine.path,
  signal,
  message: {
    zh: `该设备的状态取自信号 ${machine.stateSignal}；信号 state 只在值为 unknown 时起作用（离线遗嘱）。`,
    en: `The machine's state comes by the signal ${machine.stateSignal}; of the signal state only the word unknown counts (a last will).`,
  },
});

const undeclared = (machine: string): HearingNote => ({
  code: 'machine-undeclared',
  machine,
  signal: null,
  message: {
    zh: '配置中没有声明该设备：照常入库，按默认设置计算（全天排产，没有理想节拍）。',
    en: 'The configuration does not declare this machine: it is stored, and accounted with defaults (always scheduled, no ideal cycle).',
  },
});

const noCycle = (machine: string): HearingNote => ({
  code: 'no-ideal-cycle',
  machine,
  signal: null,
  message: {
    zh: '没有声明理想节拍：产量会计数，但没有性能开动率和 OEE（machines[].idealCycleMs）。',
    en: 'No ideal cycle is declared: pieces are counted, but there is no effectiveness and no OEE (machines[].idealCycleMs).',
  },
});

const notAccounted = (machine: string, signals: readonly string[]): HearingNote => ({
  code: 'not-accounted',
  machine,
  signal: signals.length === 1 ? (signals[0] as string) : null,
  message: {
    zh: `只入库和显示，不参与时间账：${signals.join('、')}。`,
    en: `Stored and shown, without a part in the time ledger: ${signals.join(', ')}.`,
  },
});
