import { bisect } from './bisect.ts';
import { type ClassFacts, classCursor } from './class-cursor.ts';
import { TIME_CLASSES } from './ledger-row.ts';
import type { Meaning } from './meaning.ts';
import { STATES } from './state.ts';
import type { EpochMs, Span } from './time.ts';
import { classIndex, PLANNED } from './time-classes.ts';

/** A failure: `from` is the first breakdown time of an unbroken stretch of one state, `to` the stretch's end. */
export type Failure = Span;

const BREAKDOWN = TIME_CLASSES.indexOf('breakdown');

/** Whether a table of classes can make breakdown of a state in time that is planned so; both by their places in the lists. */
export const breakdownPossible = (table: Uint8Array, planned: number, state: number): boolean =>
  [0, 1].some((order) =>
    [0, 1].some(
      (changeover) => table[classIndex(planned, state, { minorStop: 0, order, changeover })] === BREAKDOWN,
    ),
  );

/**
 * The failures of a machine, ascending. A break, a shift border or another reason doesn't part a stretch; silence and
 * another state do, and so does working time that people say was no breakdown. Only what the calendar pieces cover is looked at; a stretch that begins before them has failed when
 * they begin with its breakdown time.
 */
export function failuresOf(facts: ClassFacts): Failure[] {
  const { tape, pieces, table } = facts;
  const [first, last] = [pieces[0], pieces.at(-1)];
  if (!first || !last) return [];
  const covered = { from: first.from, to: last.to };
  const broken = STATES.map((_, state) =>
    PLANNED.some((_, planned) => breakdownPossible(table, planned, state)),
  );
  const classes = classCursor(facts);
  const failures: Failure[] = [];
  const { at, meanings } = tape;
  for (let index = 0; index < at.length; ) {
    const { code } = meanings[index] as Meaning;
    const from = at[index] as EpochMs;
    while (index < at.length && (meanings[index] as Meaning).code === code) index++;
    const to = at[index] ?? Number.POSITIVE_INFINITY;
    if (!broken[code] && facts.annotated.length === 0) continue;
    const end = Math.min(to, covered.to);
    let failure: Failure | undefined;
    for (let instant = Math.max(from, covered.from); instant < end; instant = classes.until) {
      classes.seek(instant);
      if (classes.code === BREAKDOWN) {
        if (!failure) failures.push({ from: instant, to });
        failure = failures.at(-1);
      } else if (failure && classes.scheduled && (classes.moved || !broken[code])) {
        failures[failures.length - 1] = { ...failure, to: instant };
        failure = undefined;
      }
    }
  }
  return failures;
}

/** Counts the failures that begin in a cell, and tells those that reach into it; cells are ascending. */
export function failureCounter(failures: readonly Failure[]) {
  /** How many begin before an instant. */
  const before = (instant: EpochMs): number =>
    bisect(failures.length, (index) => (failures[index] as Failure).from < instant);
  return {
    countIn: ({ from, to }: Span): number => before(Math.max(from, to)) - before(from),
    failedBefore(instant: EpochMs): boolean {
      const last = failures[before(instant) - 1];
      return last !== undefined && last.to > instant;
    },
  };
}
