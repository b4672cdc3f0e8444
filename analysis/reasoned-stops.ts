import { classCursor } from '../domain/class-cursor.ts';
import { classFactsOf, type JudgedFacts, walkClasses } from '../domain/class-facts.ts';
import { TIME_CLASSES, type TimeClass } from '../domain/ledger-row.ts';
import type { Vocabulary } from '../domain/meaning.ts';
import type { MachinePath } from '../domain/path.ts';
import type { DurationMs, EpochMs, Span } from '../domain/time.ts';
import { wordsOf } from '../domain/vocabulary/index.ts';
import type { Store } from '../store/port.ts';
import { classFacts, LONGEST_MS } from './class-facts.ts';
import type { Member } from './members.ts';

/** The classes that a stop's time can have: what an operator is asked the reason for. */
export const STOP_CLASSES: readonly TimeClass[] = ['breakdown', 'delay', 'minorStop'];
const STOP_CODES = new Set(STOP_CLASSES.map((name) => TIME_CLASSES.indexOf(name)));

const DAY_MS: DurationMs = 86_400_000;

/** Whether a machine that sent these signals can ever have given a reason; of the others no facts need be read. */
export const givesReasons = ({ machine }: Member, signals: readonly string[]): boolean =>
  signals.includes('reason') || wordsGiveReasons(wordsOf(machine), machine.stateSignal, signals);

const wordsGiveReasons = (
  { states, ranges = [], overrides }: Vocabulary,
  stateSignal: string,
  signals: readonly string[],
): boolean =>
  overrides.some(({ signal, reason }) => reason !== null && signals.includes(signal)) ||
  (signals.includes(stateSignal) &&
    [...Object.values(states), ...ranges.map(({ means }) => means)].some(
      (means) => typeof means === 'object',
    ));

/**
 * How much stop time of each span has a reason, by machine. The spans are ascending and disjoint; neighbouring ones are
 * read together.
 */
export async function reasonedStops({
  spans,
  ...asked
}: Asked & { readonly spans: readonly Span[] }): Promise<ReadonlyMap<MachinePath, readonly DurationMs[]>> {
  const sums = new Map(asked.members.map(({ machine }) => [machine.path, spans.map(() => 0)]));
  if (asked.members.length === 0) return sums;
  for (const run of runsOf(spans)) await addRun({ ...asked, run, sums });
  return sums;
}

interface Asked {
  readonly store: Pick<Store, 'facts'>;
  readonly members: readonly Member[];
  readonly asOf: EpochMs;
  readonly signal?: AbortSignal | undefined;
}

/** Spans that are read together, and the place of the first. */
export interface Run extends Span {
  readonly first: number;
  readonly spans: readonly Span[];
}

/** Gaps of a day or more, and the longest run, part them; a span that is longer yet is cut. */
export function runsOf(spans: readonly Span[], longestMs: DurationMs = LONGEST_MS): readonly Run[] {
  const runs: Run[] = [];
  for (const [place, span] of spans.entries()) {
    for (let from = span.from; from < span.to; from += longestMs) {
      const piece = { from, to: Math.min(from + longestMs, span.to) };
      const last = runs.at(-1);
      if (last && piece.from - last.to < DAY_MS && piece.to - last.from <= longestMs) {
        runs[runs.length - 1] = { ...last, to: piece.to, spans: [...last.spans, piece] };
      } else runs.push({ ...piece, first: place, spans: [piece] });
    }
  }
  return runs;
}

async function addRun({
  run,
  sums,
  ...asked
}: Asked & { readonly run: Run; readonly sums: ReadonlyMap<MachinePath, DurationMs[]> }): Promise<void> {
  for await (const [{ machine }, facts] of classFacts({ ...asked, run })) {
    addReasoned(sums.get(machine.path) as DurationMs[], facts, run);
  }
}

/** Adds what the facts of one machine hold. */
function addReasoned(sums: DurationMs[], facts: JudgedFacts, { spans, first }: Run): void {
  const classes = classCursor(classFactsOf(facts, { reasons: true }));
  for (const [place, span] of spans.entries()) {
    let sum = 0;
    walkClasses(classes, span, (from, to) => {
      if (STOP_CODES.has(classes.code) && classes.reason !== null) sum += to - from;
    });
    sums[first + place] = (sums[first + place] as DurationMs) + sum;
  }
}
