import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alikeStretches } from '../../domain/plausibility/alike.ts';
import type { Said } from '../../domain/plausibility/check.ts';
import { joinedRuns, periodicRuns } from '../../domain/plausibility/periodic-runs.ts';
import { repeatsIn } from '../../domain/plausibility/repeats.ts';
import { printOf, WINDOWS_OF_PRINT, WINDOWS_OF_RHYTHM } from '../../domain/plausibility/stream-print.ts';
import { stepsOf, windowsOf } from '../../domain/plausibility/windows.ts';

const DAY = 86_400_000;
const T0 = Date.UTC(2026, 2, 2);

/** What a machine says by chance: states, and counts of one to three pieces. */
function stream(seed: number, length: number, begin = T0): Said[] {
  let state = seed * 2 + 1;
  let ts = begin;
  return Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647;
    ts += 1000 + (state % 90_000);
    const kind = state % 7;
    return { ts, what: kind < 2 ? (['running', 'idle'] as const)[kind] : `+${1 + (kind % 3)}` } as Said;
  });
}
const moved = (said: readonly Said[], by: number) => said.map(({ ts, what }) => ({ ts: ts + by, what }));
const sharedOf = (one: readonly Said[], other: readonly Said[]) => {
  const theirs = new Set(printOf({ said: one, pieces: [] }).windows);
  return printOf({ said: other, pieces: [] }).windows.filter((window) => theirs.has(window)).length;
};
const seeds = fc.integer({ min: 1, max: 1e6 });

describe('a print', () => {
  test('of nothing is nothing', () => {
    expect(printOf({ said: [], pieces: [] })).toEqual({ windows: [], rhythm: [], periodic: [] });
    expect(printOf({ said: stream(1, 30), pieces: [] }).windows).toEqual([]);
    expect(printOf({ said: stream(1, 31), pieces: [] }).windows).toHaveLength(1);
  });

  test('is the same whenever it is said, and no larger however much is said', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 0, max: 3000 }), fc.nat(400 * DAY), (seed, length, by) => {
        const said = stream(seed, length);
        const print = printOf({ said, pieces: [] });
        expect(printOf({ said: moved(said, by), pieces: [] })).toEqual(print);
        expect(print.windows.length).toBeLessThanOrEqual(2 * WINDOWS_OF_PRINT);
        expect([...print.windows].sort((a, b) => a - b)).toEqual(print.windows);
      }),
    );
  });

  test('of different streams shares nothing', () => {
    fc.assert(
      fc.property(seeds, seeds, (one, other) => {
        fc.pre(one !== other);
        expect(sharedOf(stream(one, 2000), stream(other, 2000))).toBe(0);
      }),
      { numRuns: 30 },
    );
  });

  test('is shared where a part of one is said in another, also a short one of a day with few steps', () => {
    fc.assert(
      fc.property(seeds, fc.nat(60), fc.integer({ min: 0, max: 80 }), (seed, at, before) => {
        const one = stream(seed, 150);
        const part = one.slice(at, at + 50);
        const begin = stream(seed + 1, before, T0 + DAY);
        const rest = stream(seed + 2, 20, T0 + 3 * DAY);
        expect(sharedOf(one, [...begin, ...moved(part, 2 * DAY), ...rest])).toBeGreaterThan(0);
      }),
    );
  });

  test('of a dense day is shared where four hours of it are sent again', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const one = stream(seed, 6000);
      const other = [...stream(seed + 100, 4000, T0 + DAY), ...moved(one.slice(2000, 3200), 3 * DAY)];
      expect(sharedOf(one, other)).toBeGreaterThan(0);
    }
  });

  test('of a rhythm is shared where it is said again with other counts, one step in a hundred being another', () => {
    fc.assert(
      fc.property(seeds, fc.nat(99), (seed, at) => {
        const one = stream(seed, 1200);
        const other = moved(one, DAY).flatMap((said, index) => {
          if (index % 100 === at) return [];
          return said.what.startsWith('+') ? [{ ...said, what: `+${7 + (index % 5)}` }] : [said];
        });
        expect(sharedOf(one, other)).toBe(0);
        const [theirs, own] = [one, other].map((said) => printOf({ said, pieces: [] }).rhythm);
        expect(own?.filter((window) => theirs?.includes(window)).length).toBeGreaterThan(0);
        expect(own?.length).toBeLessThanOrEqual(4 * WINDOWS_OF_RHYTHM);
      }),
      { numRuns: 40 },
    );
  });

  test('of a rhythm is one of states alone as well, whatever was counted between them', () => {
    const states = stream(3, 400).filter(({ what }) => !what.startsWith('+'));
    const counts = (seed: number) => stream(seed, 300).filter(({ what }) => what.startsWith('+'));
    const said = (seed: number) => [...states, ...counts(seed)].sort((a, b) => a.ts - b.ts);
    const [one, other] = [4, 5].map((seed) => printOf({ said: said(seed), pieces: [] }).rhythm);
    expect(one?.filter((window) => other?.includes(window))).toHaveLength(WINDOWS_OF_RHYTHM);
  });

  test('has no window that only ticks', () => {
    const ticking = Array.from({ length: 500 }, (_, index) => ({
      ts: T0 + index * 60_000,
      what: `+${5 + (index % 2)}`,
    }));
    expect(printOf({ said: ticking, pieces: [] })).toMatchObject({ windows: [], rhythm: [] });
  });

  test('names a window twice that is said twice', () => {
    const once = stream(5, 40);
    const again = moved(once, DAY / 2);
    const { windows } = printOf({ said: [...once, ...again], pieces: [] });
    expect(windows.length - new Set(windows).size).toBe(10);
  });

  test('has the long runs of periodic counts, and of very many the longest', () => {
    const run = (begin: number, length: number) =>
      Array.from({ length }, (_, index) => ({ ts: begin + index * 1000, count: 1 }));
    const pieces = [...run(T0, 49), ...run(T0 + 123_456, 50), ...run(T0 + 987_654, 80)];
    expect(printOf({ said: [], pieces }).periodic).toMatchObject([{ increments: 50 }, { increments: 80 }]);
    const many = Array.from({ length: 30 }, (_, index) => run(T0 + index * 1_234_567, 50 + index)).flat();
    const kept = printOf({ said: [], pieces: many }).periodic;
    expect(kept.map(({ increments }) => increments)).toEqual(Array.from({ length: 24 }, (_, at) => 56 + at));
  });
});

test('windows are equal where their steps are', () => {
  fc.assert(
    fc.property(seeds, fc.nat(200), fc.nat(9), (seed, at, by) => {
      const said = stream(seed, 300);
      const windows = windowsOf(stepsOf(said));
      const part = windowsOf(stepsOf(moved(said.slice(at, at + 40), by * DAY)));
      expect([...part]).toEqual([...windows.slice(at, at + 10)]);
      expect(new Set(windows).size).toBe(windows.length);
    }),
  );
});

describe('stretches that are alike', () => {
  test('are found as far as they go, with what they are made of and how they are moved', () => {
    fc.assert(
      fc.property(
        ...[seeds, fc.nat(100), fc.integer({ min: 31, max: 90 }), fc.integer({ min: -DAY, max: DAY })],
        (seed, at, length, by) => {
          const other = stream(seed, 200);
          const part = other.slice(at, at + length);
          const begin = stream(seed + 1, 40, T0 - 30 * DAY);
          const end = stream(seed + 2, 40, T0 + 30 * DAY);
          const said = [...begin, ...moved(part, by), ...end];
          const gaps = part.slice(1).map(({ ts }, index) => ts - (part[index] as Said).ts);
          expect(alikeStretches(other, said)).toEqual([
            {
              ...{ from: (part[0] as Said).ts + by, to: (part.at(-1) as Said).ts + by, shiftMs: by },
              ...{ events: length - 1, differentGaps: new Set(gaps).size },
              counts: part.slice(1).filter(({ what }) => what.startsWith('+')).length,
            },
          ]);
        },
      ),
    );
  });

  test('begin where they begin, though that only ticks', () => {
    const ticks = Array.from({ length: 60 }, (_, index) => ({ ts: T0 + index * 60_000, what: '+5' }));
    const other = [...ticks, ...stream(3, 40, T0 + DAY / 2)];
    const said = [...stream(9, 50, T0 + DAY), ...moved(other, 2 * DAY)];
    expect(alikeStretches(other, said)).toMatchObject([{ from: T0 + 2 * DAY, events: 99 }]);
  });

  test('are told one by one', () => {
    const other = stream(4, 200);
    const parts = [other.slice(120, 160), other.slice(20, 70)] as const;
    const said = [...moved(parts[0], DAY), ...moved(parts[1], 9 * DAY)];
    expect(alikeStretches(other, said)).toMatchObject([
      { events: 39, shiftMs: DAY },
      { events: 49, shiftMs: 9 * DAY },
    ]);
  });

  test('are none between streams that have nothing to do with each other, nor where only counts are alike', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const one = stream(seed, 500);
        expect(alikeStretches(one, stream(seed + 1, 500))).toEqual([]);
        // Coupled: the same counts at the same instants, and states of its own between them.
        const own = stream(seed + 7, 60).map(({ ts }, index) => ({ ts: ts * 3 - 2 * T0, what: `s${index}` }));
        const coupled = [...one.filter(({ what }) => what.startsWith('+')), ...own].sort(
          (a, b) => a.ts - b.ts,
        );
        for (const { events } of alikeStretches(one, coupled)) expect(events).toBeLessThan(40);
      }),
      { numRuns: 30 },
    );
  });
});

test('a stream that is said again is a repeat, and of two days one after the other the second', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const first = stream(seed, 60);
      const again = moved(first, 2 * DAY);
      expect(repeatsIn([...first, ...stream(seed + 1, 30, T0 + DAY), ...again])).toMatchObject([
        { from: (again[0] as Said).ts, events: 59, shiftMs: 2 * DAY },
      ]);
      expect(repeatsIn(first)).toEqual([]);
    }),
  );
});

test('windows that other steps have the same hash as are told from them by their steps', () => {
  // Found by going through 49 million endings of two gaps: these share all 48 bits.
  const gaps = Array.from({ length: 28 }, (_, index) => 1000 * (1 + (index % 5)));
  const [one, other] = [
    [...gaps, 301, 1308],
    [...gaps, 4297, 3533],
  ] as const;
  const said = (all: readonly number[]): Said[] => {
    let ts = T0;
    return [0, ...all].map((gap) => {
      ts += gap;
      return { ts, what: '+1' };
    });
  };
  const windows = [one, other].map((all) => [...windowsOf(stepsOf(said(all)))]);
  expect(windows[0]).toEqual(windows[1]);
  expect(alikeStretches(said(one), said(other))).toEqual([]);
  expect(repeatsIn(said([...one, 60_000, ...other]))).toEqual([]);
  expect(repeatsIn(said([...one, 60_000, ...one]))).toMatchObject([{ events: 30 }]);
});

test('periodic counts that are cut anywhere are joined again', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 4, max: 400 }),
      fc.nat(),
      fc.integer({ min: 1, max: 9 }),
      (length, at, count) => {
        const pieces = Array.from({ length }, (_, index) => ({ ts: T0 + index * 7000, count }));
        const cut = 2 + (at % (length - 3));
        const parts = [pieces.slice(0, cut), pieces.slice(cut)];
        expect(joinedRuns(parts.flatMap(periodicRuns))).toEqual(periodicRuns(pieces));
      },
    ),
  );
});

test('runs that go on otherwise, or later, stay apart', () => {
  const run = { from: T0, to: T0 + 10_000, increments: 11, pieces: 1 };
  const next = { from: T0 + 11_000, to: T0 + 21_000, increments: 11, pieces: 1 };
  expect(joinedRuns([run, next])).toEqual([{ from: T0, to: T0 + 21_000, increments: 22, pieces: 1 }]);
  expect(joinedRuns([run, { ...next, pieces: 2 }])).toHaveLength(2);
  expect(joinedRuns([run, { ...next, increments: 6 }])).toHaveLength(2);
  expect(joinedRuns([run, { ...next, from: T0 + 12_000, to: T0 + 22_000 }])).toHaveLength(2);
});
