import type { Meaning } from './meaning.ts';
import { STATES } from './state.ts';
import type { StateTape } from './state-tape.ts';
import type { DurationMs, EpochMs, Span } from './time.ts';
import { STOP_STATES } from './time-classes.ts';

/** A minor stop in its whole length; one still open at `asOf` has no end yet. */
export interface MinorStop extends Span {
  readonly open: boolean;
}

const RUNNING = STATES.indexOf('running');
/** By a state's place in {@link STATES}. */
const IS_STOP = STATES.map((state) => STOP_STATES.includes(state));
const isStop = ({ code }: Meaning): boolean => IS_STOP[code] as boolean;

/**
 * The unbroken stretches of stop states between two running stretches that are shorter than `minorStopMs`, ascending.
 * The calendar has no part in it: a shift border or a break doesn't cut a stop. One still open at `asOf` is judged on its
 * length so far.
 */
export function minorStops(
  { at, meanings }: StateTape,
  { minorStopMs, asOf }: { readonly minorStopMs: DurationMs; readonly asOf: EpochMs },
): MinorStop[] {
  const stops: MinorStop[] = [];
  for (let index = 1; index < at.length; index++) {
    if ((meanings[index - 1] as Meaning).code !== RUNNING || !isStop(meanings[index] as Meaning)) continue;
    const from = at[index] as EpochMs;
    while (index < at.length && isStop(meanings[index] as Meaning)) index++;
    const open = index === at.length;
    const to = open ? asOf : (at[index] as EpochMs);
    if (to - from < minorStopMs && (open || meanings[index]?.code === RUNNING)) {
      stops.push({ from, to, open });
    }
  }
  return stops;
}
