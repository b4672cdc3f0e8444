import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDedupMemory } from '../../ingest/dedup/memory.ts';
import { addMachine, addSignal, type MachineEntry, shapeOf } from '../../ingest/guard/machines.ts';
import { NOW } from './harness.ts';

const SIGNALS = ['a', 'b', 'c', 'd', 'e'];

interface Heard {
  readonly second: number;
  readonly signals: readonly string[];
  readonly value: number;
}

const heard: fc.Arbitrary<Heard> = fc.record({
  second: fc.integer({ min: 0, max: 700 }),
  signals: fc.subarray(SIGNALS, { minLength: 1 }),
  value: fc.integer({ min: 0, max: 3 }),
});

const atOf = ({ second }: Heard): number => NOW + second * 1000;

/** A machine that has the signals that were heard of it, in the order in which they were. */
function shapeIn(machine: MachineEntry, signals: readonly string[]) {
  for (const name of signals) addSignal(machine, name, 'double');
  return shapeOf(machine, signals);
}

test('in whatever order times and signals come, a value is the same, another or news as the last ten minutes say', () => {
  fc.assert(
    fc.property(fc.array(heard, { maxLength: 120 }), (all) => {
      const dedup = createDedupMemory({ maxBytes: 1024 * 1024 });
      const machine = addMachine(new Map(), 'e/s/a/l/m');
      const model = new Map<string, number>();
      let newest = Number.NEGATIVE_INFINITY;
      for (const one of all) {
        const ts = atOf(one);
        const shape = shapeIn(machine, one.signals);
        const values = one.signals.map(() => one.value);
        // What is older than ten minutes of all is let go.
        for (const key of model.keys()) if (Number(key.split(' ')[1]) <= newest - 600_000) model.delete(key);
        const before = one.signals.map((signal) => model.get(`${signal} ${ts}`));
        expect(dedup.isNews(machine, ts)).toBe(ts > newest);
        expect(dedup.judge(shape, ts, values, 'unknown')).toEqual({
          kept: before.flatMap((value, index) => (value === one.value ? [] : [index])),
          replaced: before.flatMap((value, index) =>
            value === undefined || value === one.value ? [] : [index],
          ),
          before: before.filter((value) => value !== undefined && value !== one.value),
          duplicates: before.filter((value) => value === one.value).length,
        });
        dedup.remember(shape, ts, values, 1);
        newest = Math.max(newest, ts);
        for (const signal of one.signals) model.set(`${signal} ${ts}`, one.value);
      }
    }),
  );
});

test('what is let go for want of memory is asked from the store, once it has all of it', () => {
  const dedup = createDedupMemory({ maxBytes: 24 * 16 });
  const machine = addMachine(new Map(), 'e/s/a/l/m');
  const shape = shapeIn(machine, ['a']);
  for (let second = 0; second < 100; second++) dedup.remember(shape, NOW + second * 1000, [second], second);
  expect(dedup.usedBytes()).toBeLessThanOrEqual(24 * 16);
  const first = { machine: machine.path, ts: NOW, signals: ['a'], values: [0] };
  const last = { ...first, ts: NOW + 99_000 };
  expect([dedup.mustAskStore(machine, first, 99), dedup.mustAskStore(machine, last, 99)]).toEqual([
    true,
    false,
  ]);
  expect(dedup.mustAskStore(machine, first, 0)).toBe(false);
});

test('what the store refused may come again; a signal of which nothing was taken changes nothing of that', () => {
  const dedup = createDedupMemory({ maxBytes: 1024 * 1024 });
  const machine = addMachine(new Map(), 'e/s/a/l/m');
  const shape = shapeIn(machine, ['a']);
  for (const second of [0, 1]) dedup.remember(shape, NOW + second, [7], 1);
  addSignal(machine, 'met only', 'double');
  dedup.forget(machine, NOW, null);
  expect(dedup.judge(shape, NOW, [7], 'unknown').kept).toEqual([0]);
  expect(dedup.judge(shape, NOW + 1, [7], 'unknown').duplicates).toBe(1);
});
