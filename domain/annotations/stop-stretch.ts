import type { Meaning } from '../meaning.ts';
import { STATES } from '../state.ts';
import type { StateTape } from '../state-tape.ts';
import type { EpochMs, Span } from '../time.ts';

/** What a stretch of a machine's time is to an operator: it runs, is being set up, stands, or nobody knows. */
export type StretchKind = 'running' | 'setup' | 'stop' | 'unknown';

const KINDS: readonly StretchKind[] = STATES.map((state) =>
  state === 'running' || state === 'setup' || state === 'unknown' ? state : 'stop',
);
export const kindOf = ({ code }: Meaning): StretchKind => KINDS[code] as StretchKind;

/** A stop or a setup in one piece, whatever states and reasons it goes through. */
export interface StopStretch extends Span {
  readonly kind: 'stop' | 'setup';
  /** Still lasts at the end of what is known. */
  readonly open: boolean;
}

/** The stops and setups on a tape, ascending. What is known ends at `asOf`. */
export function stopStretches({ at, meanings }: StateTape, asOf: EpochMs): readonly StopStretch[] {
  const stretches: StopStretch[] = [];
  for (let index = 0; index < at.length; ) {
    const kind = kindOf(meanings[index] as Meaning);
    const first = index;
    while (index < at.length && kindOf(meanings[index] as Meaning) === kind) index++;
    const open = index === at.length;
    const from = at[first] as EpochMs;
    const to = open ? Math.max(from, asOf) : (at[index] as EpochMs);
    if (kind === 'stop' || kind === 'setup') stretches.push({ kind, from, to, open });
  }
  return stretches;
}

/** The one that holds at an instant. */
export function stretchAt(stretches: readonly StopStretch[], instant: EpochMs): StopStretch | undefined {
  let low = 0;
  let high = stretches.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((stretches[middle] as StopStretch).to <= instant) low = middle + 1;
    else high = middle;
  }
  const found = stretches[low];
  return found && found.from <= instant ? found : undefined;
}
