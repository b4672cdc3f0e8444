import { type ListedStop, listedStops } from '../../domain/annotations/stop-list.ts';
import { classCursor } from '../../domain/class-cursor.ts';
import { classFactsOf, type JudgedFacts, walkClasses } from '../../domain/class-facts.ts';
import { TIME_CLASSES, type TimeClass } from '../../domain/ledger-row.ts';
import type { State } from '../../domain/state.ts';
import type { DurationMs, EpochMs, Span } from '../../domain/time.ts';
import type { Store } from '../../store/port.ts';
import { classFacts, LONGEST_MS } from '../class-facts.ts';
import type { Member } from '../members.ts';
import { QuestionRefused } from '../port.ts';

/** A stretch of a stop in which nothing changes. */
export interface StopPart extends Span {
  readonly state: State;
  /** The machine's own reason. */
  readonly heard: string | null;
  /** What shows: a reason that was entered, else the machine's own. */
  readonly reason: string | null;
  readonly class: TimeClass;
  /** The edits that it follows from; empty: nothing was entered. */
  readonly edits: readonly string[];
}

export interface StopEntry extends ListedStop {
  readonly parts: readonly StopPart[];
  /** Time that is lost, or idle, and has no reason. */
  readonly unreasonedMs: DurationMs;
}

export interface StopsAnswer extends Span {
  readonly machine: string;
  readonly asOf: EpochMs;
  readonly stops: readonly StopEntry[];
}

/** Time of these classes wants a reason. */
const REASONED: ReadonlySet<TimeClass> = new Set(['breakdown', 'delay', 'minorStop', 'idle']);

/** The stops of one machine that touch a window, with what they are made of. Refused `span-too-large`. */
export async function stopsOf({
  store,
  member,
  window,
  asOf,
}: {
  readonly store: Pick<Store, 'facts'>;
  readonly member: Member;
  readonly window: Span;
  readonly asOf: EpochMs;
}): Promise<readonly StopEntry[]> {
  const run = { from: window.from, to: Math.min(window.to, asOf) };
  if (run.to <= run.from) return [];
  if (run.to - run.from > LONGEST_MS) {
    throw new QuestionRefused(
      'span-too-large',
      'to',
      'stops of more than 31 days are asked for; ask for fewer',
    );
  }
  for await (const [, judged] of classFacts({ store, members: [member], run, asOf })) {
    return entriesOf(judged, run, asOf);
  }
  return [];
}

function entriesOf(judged: JudgedFacts, span: Span, asOf: EpochMs): readonly StopEntry[] {
  const facts = classFactsOf(judged, { reasons: true });
  const classes = classCursor(facts);
  const stops = listedStops({ edits: judged.entered?.edits ?? [], tape: facts.tape, span, asOf });
  return stops.map((stop) => {
    const parts: StopPart[] = [];
    walkClasses(classes, stop, (from, to) => {
      const { meaning, reason, annotation, code } = classes;
      const { state, reason: heard } = meaning;
      const name = TIME_CLASSES[code] as TimeClass;
      const part = { from, to, state, heard, reason, class: name, edits: annotation?.edits ?? [] };
      const last = parts.at(-1);
      if (last && isAlike(last, part)) parts[parts.length - 1] = { ...last, to };
      else parts.push(part);
    });
    const unreasonedMs = parts
      .filter((part) => part.reason === null && REASONED.has(part.class))
      .reduce((sum, { from, to }) => sum + to - from, 0);
    return { ...stop, parts, unreasonedMs };
  });
}

const isAlike = (a: StopPart, b: StopPart): boolean =>
  a.state === b.state &&
  a.heard === b.heard &&
  a.reason === b.reason &&
  a.class === b.class &&
  a.edits.join() === b.edits.join();
