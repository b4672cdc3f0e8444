import { expect, it } from 'vitest';
import { createAnalysis } from '../../analysis/create-analysis.ts';
import type { Machine, Plant } from '../../domain/plant.ts';
import { openMemoryStore } from '../../store/memory/open.ts';
import { openForTest } from '../registry/open.ts';
import { createHandClock } from './hand-clock.ts';
import { DAY, HOUR, IMM_1, MINUTE, MONDAY_8, machineOf, shanghai } from './plants.ts';

const LEVEL: Partial<Machine> = {
  stateSignal: 'power',
  derive: { from: 'level', runningAbove: 5, idleBelow: 3, holdMs: 10_000 },
};

/** A machine's four days, looked at now and then; raw data is removed after a day where that is asked for. */
async function fourDays(settings: Partial<Machine>, { removes }: { readonly removes: boolean }) {
  const store = openMemoryStore();
  const registry = openForTest();
  const clock = createHandClock(MONDAY_8);
  const plant: Plant = { sites: [shanghai], machines: [machineOf(IMM_1, settings)] };
  const { ledgerMarks, rawHorizons } = registry;
  const analysis = createAnalysis({ store, plant, now: clock.now, ledgerMarks, rawHorizons });
  const gone: number[] = [];
  for (let day = 0; day < 4; day++) {
    const from = MONDAY_8 + day * DAY;
    for (let minute = 0; minute < 24 * 60; minute += 5) {
      const runs = minute % 50 > 10;
      const values = [runs ? 'running' : 'idle', runs ? 7 : 1];
      await store.write([
        { machine: IMM_1, ts: from + minute * MINUTE, signals: ['state', 'power'], values },
      ]);
    }
    // Just after the day ended, before it counts as closed; then hours later.
    for (const at of [from + DAY + MINUTE, from + DAY + 5 * HOUR]) {
      await clock.advance(at - clock.now());
      await analysis.record();
      const removal = removes ? await analysis.removeRaw(clock.now() - DAY) : null;
      if (removal?.outcome === 'removed' && removal.machines > 0) gone.push(removal.before);
    }
  }
  const span = { from: MONDAY_8, to: MONDAY_8 + 4 * DAY, scope: '' };
  const days = await store.recordedLedger({ ...span, grain: 'day' });
  const shifts = await store.recordedLedger({ ...span, grain: 'shift' });
  return { cells: [...days, ...shifts], days, gone };
}

it.each([
  ['that it says', {}, 2],
  ['derived from a signal', LEVEL, 1],
])(
  'where raw data is kept for a day, each day of a machine is recorded before it goes, with states %s',
  async (_, settings, lastGone) => {
    const kept = await fourDays(settings, { removes: false });
    const cut = await fourDays(settings, { removes: true });
    expect(kept.days).toHaveLength(4);
    expect(cut.cells).toEqual(kept.cells);
    expect(cut.days.every(({ ms }) => ms.running > 10 * HOUR)).toBe(true);
    // And it does go.
    expect(cut.gone.at(-1)).toBe(MONDAY_8 + (lastGone + 1) * DAY);
  },
);
