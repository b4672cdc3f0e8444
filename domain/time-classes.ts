import type { Planned } from './calendar.ts';
import { TIME_CLASSES, type TimeClass } from './ledger-row.ts';
import { STATES, type State } from './state.ts';

/** One line of the table: an instant that fits all that is said has the class. */
export interface TimeClassRule {
  readonly class: TimeClass;
  readonly states?: readonly State[];
  readonly planned?: readonly Planned[];
  /** The instant lies in a minor stop, judged on its whole length. */
  readonly minorStop?: true;
  /** An order is active. */
  readonly order?: true;
}

/** The states that a minor stop can be made of. */
export const STOP_STATES: readonly State[] = ['down', 'held', 'blocked', 'starved', 'idle'];

/** The table of semantics "The time ledger"; the first rule that fits holds. ISO 22400 elements beside. */
export const TIME_CLASS_RULES: readonly TimeClassRule[] = [
  { class: 'extra', states: ['running', 'setup'], planned: ['not-scheduled', 'break'] },
  { class: 'notScheduled', planned: ['not-scheduled'] }, // outside POT
  { class: 'plannedStop', planned: ['break'] }, // POT − PBT
  { class: 'plannedStop', states: ['planned-stop'] },
  { class: 'unknown', states: ['unknown'] },
  { class: 'running', states: ['running'] }, // APT
  { class: 'changeover', states: ['setup'] }, // AUST
  { class: 'minorStop', minorStop: true }, // ADET
  { class: 'breakdown', states: ['down'] }, // ADET
  { class: 'delay', states: ['blocked', 'starved', 'held'] }, // ADET
  { class: 'delay', states: ['idle'], order: true }, // ADET: an order is being processed
  { class: 'idle', states: ['idle', 'off'] }, // ADOT
];

/** The classes outside planned busy time; pieces of theirs enter no ratio. */
export const OUTSIDE_PBT: ReadonlySet<TimeClass> = new Set(['notScheduled', 'extra', 'plannedStop']);

const PLANNED: readonly Planned[] = ['scheduled', 'break', 'not-scheduled'];
export const plannedCode = (planned: Planned): number => PLANNED.indexOf(planned);

/** Where an instant's class stands in a compiled table. */
export const classIndex = (planned: number, state: number, minorStop: number, order: number): number =>
  ((planned * STATES.length + state) * 2 + minorStop) * 2 + order;

/**
 * The table as places in {@link TIME_CLASSES} by {@link classIndex}. Throws a RangeError where an instant would have no
 * class, since the classes must sum to the window.
 */
export function compileClasses(rules: readonly TimeClassRule[]): Uint8Array {
  const table = new Uint8Array(PLANNED.length * STATES.length * 4);
  for (const [planned, word] of PLANNED.entries()) {
    for (const [code, state] of STATES.entries()) {
      for (const minorStop of [0, 1]) {
        for (const order of [0, 1]) {
          const fits = rules.find(
            (rule) =>
              (rule.states?.includes(state) ?? true) &&
              (rule.planned?.includes(word) ?? true) &&
              (!rule.minorStop || minorStop === 1) &&
              (!rule.order || order === 1),
          );
          if (!fits) throw new RangeError(`no rule gives ${state} in ${word} time a class`);
          table[classIndex(planned, code, minorStop, order)] = TIME_CLASSES.indexOf(fits.class);
        }
      }
    }
  }
  return table;
}

export const CLASS_TABLE = compileClasses(TIME_CLASS_RULES);
