import { type ListedStop, listedStops } from '../../domain/annotations/stop-list.ts';
import { type ClassPiece, reasonShown } from '../../domain/class-pieces.ts';
import type { TimeClass } from '../../domain/ledger-row.ts';
import type { State } from '../../domain/state.ts';
import { type DurationMs, type EpochMs, intersect, type Span } from '../../domain/time.ts';
import type { Retained } from '../answers.ts';
import { LONGEST_MS } from '../class-facts.ts';
import { classPieces, type PiecesSource } from '../class-pieces.ts';
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

export interface StopsAnswer extends Span, Retained {
  readonly machine: string;
  readonly asOf: EpochMs;
  /** Of time before it nothing can be said any more, since its figures can't be made anew; `null`: of all. */
  readonly editableSince: EpochMs | null;
  readonly stops: readonly StopEntry[];
}

/** Time of these classes wants a reason. */
const REASONED: ReadonlySet<TimeClass> = new Set(['breakdown', 'delay', 'minorStop', 'idle']);

/** The stops of one machine that touch a window, with what they are made of. Refused `span-too-large`. */
export async function stopsOf({
  member,
  window,
  asOf,
  ...source
}: PiecesSource & {
  readonly member: Member;
  readonly window: Span;
  readonly asOf: EpochMs;
}): Promise<readonly StopEntry[]> {
  const span = { from: window.from, to: Math.min(window.to, asOf) };
  if (span.to <= span.from) return [];
  if (span.to - span.from > LONGEST_MS) {
    throw new QuestionRefused(
      'span-too-large',
      'to',
      'stops of more than 31 days are asked for; ask for fewer',
    );
  }
  // The instant before tells whether the first stop began there.
  const run = { from: span.from - 1, to: span.to };
  const edits = member.entered?.(run).edits ?? [];
  for await (const [, pieces] of classPieces({ ...source, members: [member], run, asOf })) {
    const tape = { at: pieces.map(({ from }) => from), meanings: pieces.map(({ meaning }) => meaning) };
    return listedStops({ edits, tape, span, asOf }).map((stop) => entryOf(stop, pieces));
  }
  return [];
}

function entryOf(stop: ListedStop, pieces: readonly ClassPiece[]): StopEntry {
  const parts: StopPart[] = [];
  for (const piece of pieces) {
    const inside = intersect(piece, stop);
    if (!inside) continue;
    const { meaning, said, class: name } = piece;
    const { state, reason: heard } = meaning;
    const shown = { reason: reasonShown(piece), edits: said?.edits ?? [] };
    const part = { ...inside, state, heard, class: name, ...shown };
    const last = parts.at(-1);
    if (last && isAlike(last, part)) parts[parts.length - 1] = { ...last, to: part.to };
    else parts.push(part);
  }
  const unreasonedMs = parts
    .filter((part) => part.reason === null && REASONED.has(part.class))
    .reduce((sum, { from, to }) => sum + to - from, 0);
  return { ...stop, parts, unreasonedMs };
}

const isAlike = (a: StopPart, b: StopPart): boolean =>
  a.state === b.state &&
  a.heard === b.heard &&
  a.reason === b.reason &&
  a.class === b.class &&
  a.edits.join() === b.edits.join();
