import { expect, test } from 'vitest';
import { createAnalysis } from '../../analysis/create-analysis.ts';
import { openMemoryStore } from '../../store/memory/open.ts';
import { createMemoryMarks } from './memory-marks.ts';
import { DAY, MONDAY_8 } from './plants.ts';

/** Cells that are held at once by a recording, beside all else, and by a rebuild. */
const ROOM = 6_000;
const ROOM_OF_REBUILD = 20_000;

test('a month of a plant is recorded and rebuilt in parts that take little room, and what is done is told', async () => {
  const written: number[] = [];
  const told: { cells: number; ofCells: number }[] = [];
  const store = openMemoryStore();
  const machines = Array.from({ length: 29 }, (_, index) => `acme/zhoushan/hall/line1/m-${index}`);
  await store.write(
    machines.map((machine) => ({ machine, ts: MONDAY_8, signals: ['state'], values: ['running'] })),
  );
  const analysis = createAnalysis({
    ...{
      plant: { sites: [], machines: [] },
      now: () => MONDAY_8 + 31 * DAY,
      ledgerMarks: createMemoryMarks(),
    },
    recording: (done) => void told.push(done),
    store: {
      ...store,
      recordLedger(cells) {
        written.push(cells.length);
        return store.recordLedger(cells);
      },
    },
  });
  const recorded = await analysis.record();
  expect(recorded).toBeGreaterThan(ROOM_OF_REBUILD);
  expect(Math.max(...written)).toBeLessThanOrEqual(ROOM / 3);
  expect(told[0]).toEqual({ cells: 0, ofCells: recorded });
  expect(told.at(-1)).toEqual({ cells: recorded, ofCells: recorded });
  const parts = told.slice(1).map(({ cells }, index) => cells - told[index]!.cells);
  expect(Math.max(...parts)).toBeLessThanOrEqual(ROOM);
  const { slices } = await analysis.rebuilder.plan({ scope: '', from: null, to: null });
  expect(Math.max(...slices.map(({ cells }) => cells))).toBeLessThanOrEqual(ROOM_OF_REBUILD);
  expect(slices.length).toBe(2);
  expect(slices.reduce((sum, { cells }) => sum + cells, 0)).toBe(recorded);
});
