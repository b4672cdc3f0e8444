import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAnalysis } from '../../analysis/create-analysis.ts';
import { plantOf as configuredPlant } from '../../config/plant.ts';
import { configSchema } from '../../config/schema.ts';
import type { Reading, SignalValue } from '../../domain/observation.ts';
import { plantEvents } from '../../simulators/plant/generate.ts';
import { plantOf } from '../../simulators/plant/growing.ts';
import { openMemoryStore } from '../../store/memory/open.ts';
import type { Store } from '../../store/port.ts';
import { createMemoryMarks } from '../analysis/memory-marks.ts';

const DAY = 86_400_000;
/** A Monday, 08:00 in the plant. */
const MONDAY = Date.parse('2026-03-02T08:00:00+08:00');

/** What a plant says in two days, with a change of each reading; stored as it is. */
async function plantOfTwoDays(seed: string, change: (reading: Reading) => readonly Reading[]) {
  const plant = plantOf(4, 'two-shift');
  const store = openMemoryStore();
  const readings: Reading[] = [];
  for (const event of plantEvents(plant, { seed, start: MONDAY, overtime: 0 })) {
    if (event.ts >= MONDAY + 2 * DAY) break;
    const { machine, ts, state, count, reject, product, gauges } = event;
    const values: Record<string, SignalValue> = { state, ...Object.fromEntries(gauges ?? []) };
    if (count !== null) values.count = count;
    if (reject !== null) values.reject = reject;
    if (product !== null) values.product = product;
    readings.push(...change({ machine, ts, signals: Object.keys(values), values: Object.values(values) }));
  }
  await store.write(readings);
  return lookedOver(store, configuredPlant(configSchema.parse(plant.config)).plant);
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
