/** A window that two days share. */
export interface SharedDays {
  /** Numbers that the days were added with; the same one twice: the day repeats itself. */
  readonly one: number;
  readonly other: number;
  /** Windows that both have. */
  shared: number;
}

const EMPTY = -1;
/** Pairs that are kept; who shares more than these with others has been found often enough. */
const MOST_PAIRS = 200_000;
const DAYS = 2 ** 26;

/**
 * Finds days that share windows in memory that is bounded however many are added: when it is full, only windows of which a
 * further bit is nought are kept, of all days alike, so that only short stretches are missed. Each day is paired with the
 * first that had the window.
 */
export function createPrintTable({ most = 2 ** 22 } = {}) {
  let size = 2 ** 12;
  let keys = new Float64Array(size).fill(EMPTY);
  let days = new Uint32Array(size);
  let held = 0;
  let every = 1;
  const pairs = new Map<number, SharedDays>();

  const placeOf = (window: number): number => {
    let place = (window ^ (window / 2 ** 16)) & (size - 1);
    while (keys[place] !== EMPTY && keys[place] !== window) place = (place + 1) & (size - 1);
    return place;
  };
  /** The same with as many places as asked, of what is still sampled. */
  const moveTo = (places: number): void => {
    const [oldKeys, oldDays] = [keys, days];
    size = places;
    keys = new Float64Array(size).fill(EMPTY);
    days = new Uint32Array(size);
    held = 0;
    for (const [at, window] of oldKeys.entries()) {
      if (window === EMPTY || window % every !== 0) continue;
      const place = placeOf(window);
      keys[place] = window;
      days[place] = oldDays[at] as number;
      held++;
    }
  };
  const makeRoom = (): void => {
    if (held < size / 2) return;
    if (size < most) moveTo(size * 2);
    while (held >= size / 2) {
      every *= 2;
      moveTo(size);
    }
  };
  const pair = (one: number, other: number): void => {
    const name = one * DAYS + other;
    const known = pairs.get(name);
    if (known) known.shared++;
    else if (pairs.size < MOST_PAIRS) pairs.set(name, { one, other, shared: 1 });
  };

  return {
    /** Adds a day's windows; days are numbered from 0 on, each added once. */
    add(day: number, windows: readonly number[]): void {
      for (const window of windows) {
        if (window % every !== 0) continue;
        const place = placeOf(window);
        if (keys[place] === window) {
          pair(days[place] as number, day);
          continue;
        }
        keys[place] = window;
        days[place] = day;
        held++;
        makeRoom();
      }
    },
    /** One in so many windows is looked at. */
    every: (): number => every,
    pairs: (): readonly SharedDays[] => [...pairs.values()],
  };
}
