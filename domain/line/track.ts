import { classCursor } from '../class-cursor.ts';
import { classFactsOf, type JudgedFacts, walkClasses } from '../class-facts.ts';
import { TIME_CLASSES } from '../ledger-row.ts';
import type { Span } from '../time.ts';
import type { LinePiece, LineTrack } from './role.ts';

/** One machine's time in a span as its ledger classifies it, with the states and reasons behind; neighbours differ. */
export function trackOf(facts: JudgedFacts, span: Span): LineTrack {
  const classes = classCursor(classFactsOf(facts, { reasons: true }));
  const pieces: LinePiece[] = [];
  walkClasses(classes, span, (from, to) => {
    const { code, meaning } = classes;
    const name = TIME_CLASSES[code] as LinePiece['class'];
    const { state, reason } = meaning;
    const last = pieces.at(-1);
    if (last?.class === name && last.state === state && last.reason === reason) {
      pieces[pieces.length - 1] = { ...last, to };
    } else pieces.push({ from, to, class: name, state, reason });
  });
  return { machine: facts.machine.path, pieces };
}
