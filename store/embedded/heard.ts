import type { DurationMs, EpochMs } from '../../domain/time.ts';

/** Instants at most this far apart make one stretch: as far as a silence goes unnoticed by default. */
const CHAIN_MS: DurationMs = 600_000;
/** A stretch is cut when it gets longer, so that a span finds all that touch it by their beginnings. */
export const LONGEST_MS: DurationMs = 3_600_000;
/** Live and late data of one machine go on side by side. */
const OPEN_STRETCHES = 4;

/** From one instant at which a machine was heard to another, with no gap longer than `gap` between. True for ever: later data only shrinks gaps. */
export interface Stretch {
  first: EpochMs;
  last: EpochMs;
  gap: DurationMs;
}

/** The stretches of one machine that are not yet in the table `heard`. */
export interface Heard {
  /** Those that can still grow, the one that grew last at the end. */
  open: Stretch[];
  closed: Stretch[];
}

/**
 * Takes an instant into account. A machine that reports every second or every few minutes makes one row an hour in the
 * table `heard`, one that reports rarely a row a report: silences are read from these and not from the observations.
 */
export function hear(heard: Heard, ts: EpochMs): void {
  const { open } = heard;
  for (let index = open.length - 1; index >= 0; index--) {
    const stretch = open[index] as Stretch;
    if (ts < stretch.first - CHAIN_MS || ts > stretch.last + CHAIN_MS) continue;
    if (ts > stretch.last) {
      if (ts - stretch.first > LONGEST_MS) {
        open[index] = { first: stretch.last, last: ts, gap: ts - stretch.last };
        heard.closed.push(stretch);
      } else {
        stretch.gap = Math.max(stretch.gap, ts - stretch.last);
        stretch.last = ts;
      }
    } else if (ts < stretch.first) {
      if (stretch.last - ts > LONGEST_MS) continue;
      stretch.gap = Math.max(stretch.gap, stretch.first - ts);
      stretch.first = ts;
    }
    return;
  }
  open.push({ first: ts, last: ts, gap: 0 });
  if (open.length > OPEN_STRETCHES) heard.closed.push(open.shift() as Stretch);
}

/** What has to be saved; call {@link saved} once it is. */
export const unsaved = ({ open, closed }: Heard): readonly Stretch[] => [...closed, ...open];

/** Forgets what was saved; later instants begin new stretches. */
export function saved(heard: Heard): void {
  heard.open = [];
  heard.closed = [];
}
