import type { Annotated } from './annotations/stretches.ts';
import { classCursor } from './class-cursor.ts';
import { classFactsOf, type JudgedFacts, walkClasses } from './class-facts.ts';
import { TIME_CLASSES, type TimeClass } from './ledger-row.ts';
import type { Meaning } from './meaning.ts';
import type { Span } from './time.ts';

/** What people said of a piece of time. */
export type Said = Pick<Annotated, 'reason' | 'class' | 'edits'>;

/** A stretch of a machine's time in which nothing changes: its class, what the machine said, and what people said of it. */
export interface ClassPiece extends Span {
  readonly class: TimeClass;
  readonly meaning: Meaning;
  /** `null`: nothing was entered that counts there. */
  readonly said: Said | null;
}

/** The reason that shows: one that was entered, else the machine's own. */
export const reasonShown = ({ meaning, said }: ClassPiece): string | null => said?.reason ?? meaning.reason;

/** A span of a machine's time as its ledger classifies it: contiguous pieces, neighbours differing. */
export function classPiecesOf(judged: JudgedFacts, span: Span): readonly ClassPiece[] {
  const classes = classCursor(classFactsOf(judged, { reasons: true }));
  const pieces: ClassPiece[] = [];
  walkClasses(classes, span, (from, to) => {
    const { code, meaning, annotation } = classes;
    const said = annotation && saidIn(annotation);
    addPiece(pieces, { from, to, class: TIME_CLASSES[code] as TimeClass, meaning, said });
  });
  return pieces;
}

const saidIn = ({ reason, class: given, edits }: Annotated): Said => ({ reason, class: given, edits });

/** Adds what follows; what goes on unchanged makes the last piece longer. */
export function addPiece(pieces: ClassPiece[], piece: ClassPiece): void {
  const last = pieces.at(-1);
  if (last && last.to === piece.from && isAlike(last, piece)) {
    pieces[pieces.length - 1] = { ...last, to: piece.to };
  } else pieces.push(piece);
}

const isAlike = (a: ClassPiece, b: ClassPiece): boolean =>
  a.class === b.class && isSameMeaning(a.meaning, b.meaning) && isSameSaid(a.said, b.said);

const isSameMeaning = (a: Meaning, b: Meaning): boolean =>
  a === b || (a.state === b.state && a.raw === b.raw && a.reason === b.reason && a.source === b.source);

/** What is said follows from the edits, in their order. */
export const isSameSaid = (a: Said | null, b: Said | null): boolean =>
  a === b || (a !== null && b !== null && a.edits.join('\n') === b.edits.join('\n'));
