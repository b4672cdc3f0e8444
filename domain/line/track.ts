import type { ClassPiece } from '../class-pieces.ts';
import type { LinePiece, LineTrack } from './role.ts';

/** One machine's time as its ledger classifies it, with the machine's own states and reasons; neighbours differ. */
export function trackOf(machine: string, found: readonly ClassPiece[]): LineTrack {
  const pieces: LinePiece[] = [];
  for (const { from, to, class: name, meaning } of found) {
    const { state, reason } = meaning;
    const last = pieces.at(-1);
    if (last?.class === name && last.state === state && last.reason === reason) {
      pieces[pieces.length - 1] = { ...last, to };
    } else pieces.push({ from, to, class: name, state, reason });
  }
  return { machine, pieces };
}
