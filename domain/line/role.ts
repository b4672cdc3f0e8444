import type { TimeClass } from '../ledger-row.ts';
import type { State } from '../state.ts';
import type { EpochMs, Span } from '../time.ts';
import { OUTSIDE_PBT } from '../time-classes.ts';

/** A stretch in which a machine's class, state and reason stay as they are. */
export interface LinePiece extends Span {
  readonly class: TimeClass;
  readonly state: State;
  readonly reason: string | null;
}

/** Contiguous pieces of one machine; of every machine of a line they cover the same span. */
export interface LineTrack {
  readonly machine: string;
  readonly pieces: readonly LinePiece[];
}

/** How a machine stands for its line; `outside`: outside planned busy time, whatever it does. */
export const STANDINGS = ['running', 'stopped', 'unknown', 'outside'] as const;
export type Standing = (typeof STANDINGS)[number];

export function standingOf(name: TimeClass): Standing {
  if (name === 'running' || name === 'unknown') return name;
  return OUTSIDE_PBT.has(name) ? 'outside' : 'stopped';
}

/** What a machine is to its neighbours. `idle` is what a rule of waiting may see as waiting; else it is `own`. */
export type Role = 'running' | 'own' | 'idle' | 'starved' | 'blocked' | 'unknown';

export function roleOf({ class: name, state }: Pick<LinePiece, 'class' | 'state'>): Role {
  if (state === 'unknown' || name === 'unknown') return 'unknown';
  if (name === 'running' || (name === 'extra' && state === 'running')) return 'running';
  if (state === 'starved' || state === 'blocked' || state === 'idle') return state;
  return 'own';
}

/** The place of the piece that holds an instant within the track. */
export function placeAt(pieces: readonly LinePiece[], at: EpochMs): number {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((pieces[middle] as LinePiece).to <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
