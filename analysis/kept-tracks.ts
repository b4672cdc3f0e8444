import { addPiece, type ClassPiece, type Said } from '../domain/class-pieces.ts';
import type { TimeClass } from '../domain/ledger-row.ts';
import type { IntervalSource, Meaning } from '../domain/meaning.ts';
import type { MachinePath } from '../domain/path.ts';
import { STATES, type State } from '../domain/state.ts';
import { type EpochMs, intersect, type Span } from '../domain/time.ts';
import type { KeptDay } from './kept-shelf.ts';
import { standsUntil, utcDayOf } from './kept-work.ts';
import type { Member } from './members.ts';
import type { RawHorizon, RawHorizons } from './raw-horizon.ts';

const DAY_MS = 86_400_000;

/**
 * A UTC day, or what is kept of it: what there was, each once, and what followed what: `[place, length, place, length …]`
 * from `from` on.
 */
interface DayContent {
  readonly from: EpochMs;
  readonly kinds: readonly Kind[];
  readonly runs: readonly number[];
}
type Kind = readonly [
  name: TimeClass,
  state: State,
  source: IntervalSource,
  raw?: string | null,
  reason?: string | null,
  said?: readonly [Said['reason'], Said['class'], Said['edits']],
];

/** Up to where what is kept of a machine's classes and reasons goes before what its facts say; minus infinity: nothing is. */
export function tracksUntil(member: Member, horizon: RawHorizon | undefined): EpochMs {
  const until = horizon?.trackedUntil ?? null;
  return until === null ? Number.NEGATIVE_INFINITY : Math.min(until, standsUntil(member, horizon));
}

/** What is kept of a machine's time in a span: ascending, where nothing is missing contiguous; neighbours differ. */
export function keptPieces(
  { tracks }: Pick<RawHorizons, 'tracks'>,
  machine: MachinePath,
  span: Span,
): readonly ClassPiece[] {
  const pieces: ClassPiece[] = [];
  if (span.from >= span.to) return pieces;
  for (const { text } of tracks.days(machine, { from: utcDayOf(span.from), to: span.to })) {
    for (const piece of piecesIn(text)) {
      const inside = intersect(piece, span);
      if (inside) addPiece(pieces, { ...piece, ...inside });
    }
  }
  return pieces;
}

function* piecesIn(text: string): Generator<ClassPiece> {
  const { from: begin, kinds, runs } = JSON.parse(text) as DayContent;
  const known = kinds.map(([name, state, source, raw = null, reason = null, said]) => ({
    class: name,
    meaning: meaningOf({ state, source, raw, reason }),
    said: said ? { reason: said[0], class: said[1], edits: said[2] } : null,
  }));
  let from = begin;
  for (let place = 0; place < runs.length; place += 2) {
    const to = from + (runs[place + 1] as number);
    yield { from, to, ...(known[runs[place] as number] as (typeof known)[number]) };
    from = to;
  }
}

const meaningOf = (of: Pick<Meaning, 'state' | 'source' | 'raw' | 'reason'>): Meaning => ({
  ...of,
  code: STATES.indexOf(of.state),
  unmapped: of.state === 'unknown' && of.reason === 'unmapped',
});

/** Contiguous pieces as they are kept, day by day. */
export function trackDays(pieces: readonly ClassPiece[]): readonly KeptDay[] {
  const days = new Map<EpochMs, ClassPiece[]>();
  for (const piece of pieces) {
    for (let { from } = piece; from < piece.to; ) {
      const day = utcDayOf(from);
      const to = Math.min(piece.to, day + DAY_MS);
      days.getOrInsertComputed(day, () => []).push({ ...piece, from, to });
      from = to;
    }
  }
  return [...days].map(([day, own]) => ({ day, text: textOf(own) }));
}

function textOf(pieces: readonly ClassPiece[]): string {
  const places = new Map<string, number>();
  const runs = pieces.flatMap((piece) => {
    const kind = JSON.stringify(kindOf(piece));
    return [places.getOrInsertComputed(kind, () => places.size), piece.to - piece.from];
  });
  return `{"from":${pieces[0]?.from},"kinds":[${[...places.keys()].join()}],"runs":[${runs.join()}]}`;
}

/** What isn't there is left out at the end. */
function kindOf({ class: name, meaning: { state, source, raw, reason }, said }: ClassPiece): Kind {
  if (said) return [name, state, source, raw, reason, [said.reason, said.class, said.edits]];
  if (reason !== null) return [name, state, source, raw, reason];
  return raw === null ? [name, state, source] : [name, state, source, raw];
}
