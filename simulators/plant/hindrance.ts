import { hour, minute, second } from '../duration.ts';
import type { Range, Stop } from './kind.ts';

/** Something that stops several machines at once, again and again. */
export interface Hindrance {
  /** Fixes when it comes, with `where`. */
  readonly name: string;
  /** Path of the line or site whose machines it stops. */
  readonly where: string;
  readonly meanGapMs: number;
  readonly durationMs: Range;
  /** One of these each time; the shares sum to 1. */
  readonly causes: readonly (Stop & { readonly share: number })[];
}

/** What a line shares: material that runs short, and an outfeed that is full. */
export const SUPPLY: Omit<Hindrance, 'where'> = {
  name: 'supply',
  meanGapMs: 7 * hour,
  durationMs: [40 * second, 16 * minute],
  causes: [
    { share: 0.6, state: 'starved', reason: 'material-short' },
    { share: 0.4, state: 'blocked', reason: 'outfeed-full' },
  ],
};
