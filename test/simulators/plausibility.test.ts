import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { knownAgain } from '../../analysis/alike-streams.ts';
import { createAnalysis } from '../../analysis/create-analysis.ts';
import { createMembers } from '../../analysis/members.ts';
import { withoutRecords } from '../../analysis/proof.ts';
import { NO_PRINTS } from '../../analysis/stream-prints.ts';
import { plantOf as configuredPlant } from '../../config/plant.ts';
import { configSchema } from '../../config/schema.ts';
import type { Reading, SignalValue } from '../../domain/observation.ts';
import { plantEvents } from '../../simulators/plant/generate.ts';
import { plantOf } from '../../simulators/plant/growing.ts';
import { openMemoryStore } from '../../store/memory/open.ts';
import type { Store } from '../../store/port.ts';
import { createMemoryMarks } from '../analysis/memory-marks.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A Monday, 08:00 in the plant. */
const MONDAY = Date.parse('2026-03-02T08:00:00+08:00');

/** What a plant says in two days, with a change of each reading; stored as it is. */
async function plantOfTwoDays(seed: string, change: (reading: Reading) => readonly Reading[]) {
  const { store, plant } = await saidIn(seed, { days: 2, change });
  return lookedOver(store, plant);
}

async function saidIn(
  seed: string,
  { days, change }: { readonly days: number; readonly change: (reading: Reading) => readonly Reading[] },
) {
  const plant = plantOf(4, 'two-shift');
  const store = openMemoryStore();
  const readings: Reading[] = [];
  for (const event of plantEvents(plant, { seed, start: MONDAY, overtime: 0 })) {
    if (event.ts >= MONDAY + days * DAY) break;
    const { machine, ts, state, count, reject, product, gauges } = event;
    const values: Record<string, SignalValue> = { state, ...Object.fromEntries(gauges ?? []) };
    if (count !== null) values.count = count;
    if (reject !== null) values.reject = reject;
    if (product !== null) values.product = product;
    readings.push(...change({ machine, ts, signals: Object.keys(values), values: Object.values(values) }));
  }
  await store.write(readings);
  return { store, plant: configuredPlant(configSchema.parse(plant.config)).plant };
}

async function lookedOver(store: Store, plant: ReturnType<typeof configuredPlant>['plant']) {
  const now = () => MONDAY + 3 * DAY;
  await using analysis = createAnalysis({ store, plant, now, ledgerMarks: createMemoryMarks() });
  return analysis.plausibility({ scope: '', from: MONDAY, to: MONDAY + 2 * DAY });
}

const asItIs = (reading: Reading): readonly Reading[] => [reading];

test('honest plants give no finding', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 10_000 }), async (seed) => {
      const { machines } = await plantOfTwoDays(`${seed}`, asItIs);
      expect(machines).toHaveLength(4);
      expect(machines.filter(({ grade }) => grade !== 'A')).toEqual([]);
    }),
    { numRuns: 4 },
  );
});

test('days of honest plants have nothing in common, not even a rhythm', async () => {
  const { store, plant } = await saidIn('31', { days: 6, change: asItIs });
  const { at } = createMembers({ store, plant });
  const span = { from: MONDAY, to: MONDAY + 6 * DAY };
  const again = await knownAgain(
    { store, marks: withoutRecords(createMemoryMarks()), prints: NO_PRINTS },
    { members: plant.machines.map(({ path }) => at(path)), span, asOf: span.to, closeFrom: span.to },
  );
  for (const { path } of plant.machines) expect(again(path)).toMatchObject({ alike: [], rhythms: [] });
});

test('a plant whose first day is sent again as its second is found out, machine by machine', async () => {
  const { machines } = await plantOfTwoDays('7', (reading) => {
    if (reading.ts >= MONDAY + DAY) return [];
    return [reading, { ...reading, ts: reading.ts + DAY }];
  });
  for (const { grade, findings } of machines) {
    expect(grade).toBe('C');
    expect(findings).toContainEqual(
      expect.objectContaining({
        check: 'replayed-segment',
        evidence: expect.objectContaining({ shiftMs: DAY }),
      }),
    );
  }
});

/** Pseudo-random, the same each time. */
const randomOf = (seed: number) => () => {
  seed = (seed * 48_271) % 2_147_483_647;
  return seed / 2_147_483_647;
};
const withValue = (reading: Reading, signal: string, value: (before: number) => SignalValue): Reading => ({
  ...reading,
  values: reading.values.map((before, index) =>
    reading.signals[index] === signal ? value(before as number) : before,
  ),
});

describe('whoever makes a day of another one is found out, machine by machine', () => {
  /** Ten hours, and the same moved behind them. */
  const attacked = (seed: string, again: (reading: Reading) => Reading) =>
    plantOfTwoDays(seed, (reading) => (reading.ts < MONDAY + 10 * HOUR ? [reading, again(reading)] : []));
  const MOVED = 11 * HOUR + 137;
  const moved = (reading: Reading): Reading => ({ ...reading, ts: reading.ts + MOVED });

  test('moved by hours and some milliseconds', async () => {
    const { machines } = await attacked('21', moved);
    for (const { grade, findings } of machines) {
      expect(grade).toBe('C');
      expect(findings).toContainEqual(
        expect.objectContaining({ evidence: expect.objectContaining({ shiftMs: MOVED }) }),
      );
    }
  });

  test('with noise on the counts', async () => {
    const random = randomOf(5);
    const more = new Map<string, number>();
    const { machines } = await attacked('22', (reading) => {
      const own = (more.get(reading.machine) ?? 0) + Math.floor(3 * random());
      more.set(reading.machine, own);
      return withValue(moved(reading), 'count', (count) => count + own);
    });
    for (const { machine, grade, findings } of machines) {
      expect(grade, machine).toBe('C');
      expect(findings.map(({ check }) => check)).toContain('replayed-rhythm');
    }
  });

  test('six hours again and again', async () => {
    const { machines } = await plantOfTwoDays('23', (reading) =>
      reading.ts < MONDAY + 6 * HOUR
        ? [0, 1, 2, 3].map((turn) => ({ ...reading, ts: reading.ts + turn * 6 * HOUR }))
        : [],
    );
    for (const { findings } of machines) {
      const replays = findings.filter(({ check }) => check === 'replayed-segment');
      // Turns that follow on each other are told together.
      expect(replays.reduce((sum, { from, to }) => sum + to - from, 0)).toBeGreaterThan(15 * HOUR);
    }
  });

  test('with energy worked out from the count', async () => {
    const { machines } = await plantOfTwoDays('24', (reading) => {
      const place = reading.signals.indexOf('count');
      if (place < 0) return [reading];
      const energy = (reading.values[place] as number) * 0.05;
      const meter = reading.signals.indexOf('energy');
      if (meter >= 0) return [withValue(reading, 'energy', () => energy)];
      return [{ ...reading, signals: [...reading.signals, 'energy'], values: [...reading.values, energy] }];
    });
    for (const { machine, grade, findings } of machines) {
      expect(
        findings.map(({ check }) => check),
        machine,
      ).toContain('energy-follows-count');
      expect(grade).toBe('B');
    }
  });
});

test('a steady automated line at a fixed cycle is not accused, nor by its whole seconds', async () => {
  const random = randomOf(9);
  const [path] = PATHS;
  const line = async (stamp: (ts: number) => number) => {
    const store = openMemoryStore();
    let count = 0;
    const readings: Reading[] = [];
    const say = (ts: number, values: Record<string, SignalValue>) =>
      readings.push({
        machine: path as string,
        ts,
        signals: Object.keys(values),
        values: Object.values(values),
      });
    for (let cycle = 0; cycle < 14_000; cycle++) {
      const ts = MONDAY + cycle * 12_000;
      if (cycle % 2_400 === 0) say(ts, { state: 'idle' });
      if (cycle % 2_400 === 25) say(ts, { state: 'running' });
      if (cycle % 2_400 > 25)
        say(stamp(ts + 20 * random() - 10), { count: ++count, energy: (ts - MONDAY) / 1e6 + count / 400 });
    }
    await store.write(readings);
    const { plant } = configuredPlant(configSchema.parse(plantOf(4, 'two-shift').config));
    const { machines } = await lookedOver(store, plant);
    return machines.find(({ machine }) => machine === path);
  };
  const exact = await line(Math.round);
  expect(exact).toMatchObject({ grade: 'A', findings: [] });
  const rounded = await line((ts) => Math.round(ts / 1000) * 1000);
  expect(rounded?.grade).toBe('B');
  expect(new Set(rounded?.findings.map(({ check }) => check))).toEqual(new Set(['periodic-counts']));
});

const PATHS = plantOf(4, 'two-shift')
  .machines.map(({ path }) => path)
  .sort();

test('a machine that says what another one said the day before is found out, and which one that was', async () => {
  const { machines } = await plantOfTwoDays('11', (reading) => {
    const [one, other] = PATHS;
    if (reading.machine === other && reading.ts >= MONDAY + DAY) return [];
    if (reading.machine !== one || reading.ts >= MONDAY + DAY) return [reading];
    return [reading, { ...reading, machine: other as string, ts: reading.ts + DAY }];
  });
  const [one, other, ...rest] = machines;
  expect(one?.findings.map(({ check }) => check)).toEqual([]);
  expect(other?.findings).toContainEqual(
    expect.objectContaining({
      check: 'copied-stream',
      evidence: expect.objectContaining({ otherMachine: one?.machine, shiftMs: DAY }),
    }),
  );
  for (const { findings } of rest) expect(findings).toEqual([]);
});

test('two machines that say the same at the same time each name the other', async () => {
  const { machines } = await plantOfTwoDays('12', (reading) => {
    const [one, other] = PATHS;
    if (reading.machine === other) return [];
    return reading.machine === one ? [reading, { ...reading, machine: other as string }] : [reading];
  });
  const [one, other] = machines;
  for (const [own, its] of [
    [one, other],
    [other, one],
  ] as const) {
    expect(own?.grade).toBe('B');
    expect(own?.findings).toContainEqual(
      expect.objectContaining({
        check: 'same-stream',
        evidence: expect.objectContaining({ otherMachine: its?.machine, shiftMs: 0 }),
      }),
    );
  }
});
