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
  /** Whose they are. */
  readonly machine: number;
  readonly newest: NewestStretches;
  /** Those that can still grow, but for the newest. */
  open: Stretch[];
  closed: Stretch[];
}

/**
 * The newest stretch of every machine by its id: first, last and gap, which nearly every reading changes. Of ten thousand machines
 * no object is in a cache of the processor, and each time in one would be an object of its own.
 */
export interface NewestStretches {
  numbers: Float64Array;
}

/** Numbers of a machine, of which one is spare: so none of them lies in two lines of the cache. */
const WIDTH = 4;
const LAST = 1;
const GAP = 2;
const FIRST_ROOM = 64;

export const noStretches = (): NewestStretches => ({
  numbers: new Float64Array(FIRST_ROOM).fill(Number.NaN),
});

/** Those of a machine of which nothing was heard; machines come in the order of their ids, or nearly. */
export function nothingHeard(newest: NewestStretches, machine: number): Heard {
  const { numbers } = newest;
  const end = (machine + 1) * WIDTH;
  if (end > numbers.length) {
    newest.numbers = new Float64Array(Math.max(end, 2 * numbers.length)).fill(Number.NaN, numbers.length);
    newest.numbers.set(numbers);
  }
  return { machine, newest, open: [], closed: [] };
}

/**
 * Takes an instant into account. A machine that reports every second or every few minutes makes one row an hour in the
 * table `heard`, one that reports rarely a row a report: silences are read from these and not from the observations.
 */
export function hear(heard: Heard, ts: EpochMs): void {
  if (hearNext(heard.newest, heard.machine, ts)) return;
  heard.open.push(...newestOf(heard));
  hearOther(heard, ts);
  setNewest(heard, heard.open.pop());
}

/** Takes what follows the newest stretch of a machine into account, as nearly every reading does; `false`: it doesn't follow it. */
export function hearNext({ numbers }: NewestStretches, machine: number, ts: EpochMs): boolean {
  const at = machine * WIDTH;
  const last = numbers[at + LAST] as number;
  // None of this is so where there is no stretch.
  if (!(ts >= last && ts <= last + CHAIN_MS && ts - (numbers[at] as number) <= LONGEST_MS)) return false;
  if (ts - last > (numbers[at + GAP] as number)) numbers[at + GAP] = ts - last;
  numbers[at + LAST] = ts;
  return true;
}

function newestOf({ newest: { numbers }, machine }: Heard): Stretch[] {
  const [first, last, gap] = numbers.subarray(machine * WIDTH) as unknown as [number, number, number];
  return Number.isNaN(first) ? [] : [{ first, last, gap }];
}

function setNewest({ newest: { numbers }, machine }: Heard, stretch: Stretch | undefined): void {
  numbers.set(
    stretch ? [stretch.first, stretch.last, stretch.gap] : [Number.NaN, Number.NaN, Number.NaN],
    machine * WIDTH,
  );
}

function hearOther(heard: Heard, ts: EpochMs): void {
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
export const unsaved = (heard: Heard): readonly Stretch[] => [
  ...heard.closed,
  ...heard.open,
  ...newestOf(heard),
];

/** Forgets what was saved; later instants begin new stretches. */
export function saved(heard: Heard): void {
  heard.open = [];
  heard.closed = [];
  setNewest(heard, undefined);
}
