import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAnalysis } from '../../analysis/create-analysis.ts';
import type { DerivedRule } from '../../domain/derived/rule.ts';
import type { Reading } from '../../domain/observation.ts';
import { openInfluxdb1Store } from '../../store/influxdb1/open.ts';
import { openMemoryStore } from '../../store/memory/open.ts';
import type { Store } from '../../store/port.ts';
import { createMemoryMarks } from '../analysis/memory-marks.ts';
import { DAY, HOUR, IMM_1, IMM_2, MONDAY_8, machineOf, shanghai } from '../analysis/plants.ts';
import { type Influxd, skipWithoutInfluxd, startInfluxd } from './influxd.ts';

const level: DerivedRule = { from: 'level', runningAbove: 12, idleBelow: 8, holdMs: 30_000 };
const pulses: DerivedRule = { from: 'pulses', withinMs: 120_000, cycleUs: 60_000_000 };
const plant = {
  sites: [shanghai],
  machines: [
    machineOf(IMM_1, { stateSignal: 'current', derive: level }),
    machineOf(IMM_2, { stateSignal: 'count', derive: pulses, idealCycleUs: 60_000_000 }),
  ],
};
const now = (): number => MONDAY_8 + 2 * DAY;

/** Two days of a saw's current every ten seconds, and of a press that makes a piece a minute and pauses. */
function* readings(): Generator<Reading> {
  let count = 0;
  for (let second = 0; second < (2 * DAY) / 1000; second += 10) {
    const ts = MONDAY_8 + second * 1000;
    const load = Math.floor(second / 1700) % 3;
    const current = [4, 15, 10][load] as number;
    yield { machine: IMM_1, ts, signals: ['current'], values: [current + (second % 170 === 0 ? 9 : 0)] };
    if (second % 60 === 0 && Math.floor(second / 3000) % 4 !== 0) count++;
    yield { machine: IMM_2, ts, signals: ['count'], values: [count] };
  }
}

async function answers(store: Store) {
  await using analysis = createAnalysis({ store, plant, now, ledgerMarks: createMemoryMarks() });
  const span = { from: MONDAY_8 + HOUR, to: MONDAY_8 + 30 * HOUR };
  return {
    ledger: await analysis.ledger({ ...span, scope: '', by: ['machine', 'hour'] }),
    saw: await analysis.timeline({ machine: IMM_1, ...span }),
    press: await analysis.timeline({ machine: IMM_2, ...span }),
    now: (await analysis.plant()).machines,
  };
}

describe.skipIf(skipWithoutInfluxd())('derived states', () => {
  let influxd: Influxd;
  beforeAll(async () => {
    influxd = await startInfluxd();
  });
  afterAll(async () => {
    await influxd?.[Symbol.asyncDispose]();
  });

  test('are the same from InfluxDB as from memory, digests included', async () => {
    const all = [...readings()];
    const memory = openMemoryStore();
    await using influx = await openInfluxdb1Store({ url: influxd.url, database: 'derived' });
    for (let at = 0; at < all.length; at += 10_000) {
      const batch = all.slice(at, at + 10_000);
      await memory.write(batch);
      await influx.write(batch);
    }
    const expected = await answers(memory);
    expect(expected.saw.intervals.length).toBeGreaterThan(10);
    expect(expected.press.intervals.length).toBeGreaterThan(10);
    expect(await answers(influx)).toEqual(expected);
  });
});
