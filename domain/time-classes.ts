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
  /** Between the last running of one order and the first of the next, where changeovers are found from orders. */
  readonly changeover?: true;
}

/** The states that a minor stop can be made of. */
export const STOP_STATES: readonly State[] = ['down', 'held', 'blocked', 'starved', 'idle'];

/** The states that are a changeover where one is found from orders; a fault stays one, and unknown time unknown. */
export const CHANGEOVER_STATES: readonly State[] = ['idle', 'held', 'blocked', 'starved'];

/** The table of semantics "The time ledger"; the first rule that fits holds. ISO 22400 elements beside. */
export const TIME_CLASS_RULES: readonly TimeClassRule[] = [
  { class: 'extra', states: ['running', 'setup'], planned: ['not-scheduled', 'break', 'maintenance'] },
  { class: 'notScheduled', planned: ['not-scheduled'] }, // outside POT
  { class: 'plannedStop', planned: ['break', 'maintenance'] }, // POT − PBT
  { class: 'plannedStop', states: ['planned-stop'] },
  { class: 'unknown', states: ['unknown'] },
  { class: 'running', states: ['running'] }, // APT
  { class: 'changeover', states: ['setup'] }, // AUST
  { class: 'changeover', states: CHANGEOVER_STATES, changeover: true }, // AUST, found from orders
  { class: 'minorStop', minorStop: true }, // ADET
  { class: 'breakdown', states: ['down'] }, // ADET
  { class: 'delay', states: ['blocked', 'starved', 'held'] }, // ADET
  { class: 'delay', states: ['idle'], order: true }, // ADET: an order is being processed
  { class: 'idle', states: ['idle', 'off'] }, // ADOT
];

/** The classes outside planned busy time; pieces of theirs enter no ratio. */
export const OUTSIDE_PBT: ReadonlySet<TimeClass> = new Set(['notScheduled', 'extra', 'plannedStop']);

/** Actual unit busy time (AUBT): an order is worked at, or could be but for a stop. */
export const BUSY: ReadonlySet<TimeClass> = new Set([
  'running',
  'changeover',
  'breakdown',
  'delay',
  'minorStop',
]);

/** What a calendar can say of an instant. */
export const PLANNED: readonly Planned[] = ['scheduled', 'break', 'maintenance', 'not-scheduled'];
export const plannedCode = (planned: Planned): number => PLANNED.indexOf(planned);

/** All that the class of an instant follows from. */
interface InstantKind {
  readonly planned: Planned;
  readonly state: State;
  readonly minorStop: boolean;
  readonly order: boolean;
  readonly changeover: boolean;
}

/** Where an instant's class stands in a compiled table. */
export const classIndex = (
  planned: number,
  state: number,
  { minorStop, order, changeover }: Record<'minorStop' | 'order' | 'changeover', number>,
): number => (((planned * STATES.length + state) * 2 + minorStop) * 2 + order) * 2 + changeover;

/** Every kind of instant, in the order of {@link classIndex}. */
const KINDS: readonly InstantKind[] = PLANNED.flatMap((planned) =>
  STATES.flatMap((state) =>
    [false, true].flatMap((minorStop) =>
      [false, true].flatMap((order) =>
        [false, true].map((changeover) => ({ planned, state, minorStop, order, changeover })),
      ),
    ),
  ),
);

const fits = (rule: TimeClassRule, kind: InstantKind): boolean =>
  (rule.states?.includes(kind.state) ?? true) &&
  (rule.planned?.includes(kind.planned) ?? true) &&
  (!rule.minorStop || kind.minorStop) &&
  (!rule.order || kind.order) &&
  (!rule.changeover || kind.changeover);

/**
 * The table as places in {@link TIME_CLASSES} by {@link classIndex}. Throws a RangeError where an instant would have no
 * class, since the classes must sum to the window.
 */
export function compileClasses(rules: readonly TimeClassRule[]): Uint8Array {
  return Uint8Array.from(KINDS, (kind) => {
    const first = rules.find((rule) => fits(rule, kind));
    if (!first) throw new RangeError(`no rule gives ${kind.state} in ${kind.planned} time a class`);
    return TIME_CLASSES.indexOf(first.class);
  });
}

const COMMON_TABLE = compileClasses(TIME_CLASS_RULES);

/** The table of a site: its own rules come first, the common ones take the rest. */
export const classTable = (own: readonly TimeClassRule[] = []): Uint8Array =>
  own.length === 0 ? COMMON_TABLE : compileClasses([...own, ...TIME_CLASS_RULES]);

/**
 * What is wrong with a site's own rules, by their place. A class can be moved, but silence stays unknown and nothing else
 * becomes it: the bounds of every figure rest on that.
 */
export function classProblems(
  own: readonly TimeClassRule[],
): { readonly index: number; readonly message: string }[] {
  const holds = own.map((_, index) =>
    KINDS.filter((kind) => own.findIndex((rule) => fits(rule, kind)) === index && isPossible(kind)),
  );
  return own.flatMap((rule, index) => {
    const kinds = holds[index] as readonly InstantKind[];
    if (kinds.length === 0) {
      return { index, message: 'no instant is left to this rule; remove it, or move it before wider ones' };
    }
    if (rule.class === 'unknown' && kinds.some(({ state }) => state !== 'unknown')) {
      return { index, message: 'only the state unknown can have the class unknown; choose another class' };
    }
    const outside = OUTSIDE_PBT.has(rule.class);
    const unknown = kinds.filter(({ state }) => state === 'unknown');
    if (rule.class !== 'unknown' && unknown.some(({ planned }) => planned === 'scheduled' || !outside)) {
      const message = `the rule makes unknown time ${rule.class}; name its states, without unknown`;
      return { index, message };
    }
    return [];
  });
}

const isPossible = ({ minorStop, changeover, state }: InstantKind): boolean =>
  (!minorStop || STOP_STATES.includes(state)) && (!changeover || state !== 'running');
