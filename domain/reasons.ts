import { type ClassPiece, reasonShown } from './class-pieces.ts';
import { TIME_CLASSES, type TimeClass } from './ledger-row.ts';
import type { State } from './state.ts';
import type { DurationMs, EpochMs, Span } from './time.ts';

/** A part of a time class: how long the machine was in one state for one reason. */
export interface ReasonPart {
  readonly class: TimeClass;
  readonly state: State;
  /** `null`: none was given. */
  readonly reason: string | null;
  readonly ms: DurationMs;
  /**
   * In how many unbroken stretches of this state and reason that time lies. A border of the row, a shift or a break
   * doesn't break a stretch; silence and another reason do. One that several rows share counts in each of them.
   */
  readonly stops: number;
  /** The most that one of these stretches has of that time. */
  readonly longestMs: DurationMs;
}

type Draft = { -readonly [K in keyof ReasonPart]: ReasonPart[K] };

/** What a row's time goes to; collects for any number of machines. */
export interface ReasonSums {
  part(name: TimeClass, of: { readonly state: State; readonly reason: string | null }): Draft;
  /** By class as the ledger lists them, the longest time first. */
  end(): readonly ReasonPart[];
}

/** `added` is told of every new combination, so that a caller can bound them. */
export function reasonSums(added?: () => void): ReasonSums {
  const drafts = new Map<string, Draft>();
  return {
    part(name, { state, reason }) {
      const key = `${name}/${state}/${reason === null ? '' : `=${reason}`}`;
      const known = drafts.get(key);
      if (known) return known;
      const draft = { class: name, state, reason, ms: 0, stops: 0, longestMs: 0 };
      drafts.set(key, draft);
      added?.();
      return draft;
    },
    end: () => [...drafts.values()].sort(compareParts),
  };
}

const compareParts = (a: ReasonPart, b: ReasonPart): number =>
  TIME_CLASSES.indexOf(a.class) - TIME_CLASSES.indexOf(b.class) ||
  b.ms - a.ms ||
  compareTexts(a.state, b.state) ||
  compareTexts(a.reason ?? '', b.reason ?? '');

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Walks through one machine's time from piece to piece, so that the parts of a class sum to what its ledger has of it.
 * Called with ascending stretches of the machine's time and contiguous pieces that cover them; a stretch that goes on from
 * the call before is counted once.
 */
export function reasonWalk(): (
  pieces: readonly ClassPiece[],
  spans: readonly { readonly span: Span; readonly sums: ReasonSums }[],
) => void {
  let until: EpochMs = Number.NaN;
  let state: State | undefined;
  let reason: string | null = null;
  /** What the present stretch gave to each part so far. */
  const given = new Map<Draft, DurationMs>();
  return (pieces, spans) => {
    let place = 0;
    for (const { span, sums } of spans) {
      while (place < pieces.length && (pieces[place] as ClassPiece).to <= span.from) place++;
      for (; place < pieces.length; place++) {
        const piece = pieces[place] as ClassPiece;
        const [from, to] = [Math.max(piece.from, span.from), Math.min(piece.to, span.to)];
        if (from >= to) break;
        const shown = reasonShown(piece);
        if (from !== until || piece.meaning.state !== state || shown !== reason) given.clear();
        ({ state } = piece.meaning);
        reason = shown;
        until = to;
        const part = sums.part(piece.class, { state, reason });
        const before = given.get(part);
        const ofStretch = (before ?? 0) + to - from;
        given.set(part, ofStretch);
        if (before === undefined) part.stops++;
        part.ms += to - from;
        part.longestMs = Math.max(part.longestMs, ofStretch);
        // The next stretch may begin within it.
        if (piece.to > span.to) break;
      }
    }
  };
}
