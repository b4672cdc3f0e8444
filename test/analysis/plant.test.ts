import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StateInterval } from '../../analysis/answers.ts';
import { createMembers } from '../../analysis/members.ts';
import { createPicture, type Picture } from '../../analysis/now/picture.ts';
import { NO_HORIZONS } from '../../analysis/raw-horizon.ts';
import { timelineOf } from '../../analysis/timeline.ts';
import type { Reading, SignalValue } from '../../domain/observation.ts';
import { openMemoryStore } from '../../store/memory/open.ts';
import { createHandClock } from './hand-clock.ts';
import { DAY, HOUR, IMM_1, IMM_2, LATHE, MINUTE, MONDAY_8, machineOf, plantOfTwo } from './plants.ts';

const UNDECLARED = 'acme/zhoushan/moulding/line9/new-01';

function createPlant({ fed = true, plant = plantOfTwo } = {}) {
  const store = openMemoryStore();
  const clock = createHandClock(MONDAY_8);
  const members = createMembers({ store, plant });
  const picture: Picture = createPicture({
    store,
    members,
    now: clock.now,
    fed,
    sourceOf: (path) => `source of ${path}`,
  });
  const report = async (machine: string, ts: number, signals: Record<string, SignalValue>) => {
    const reading: Reading = {
      machine,
      ts,
      signals: Object.keys(signals),
      values: Object.values(signals),
    };
    await store.write([reading]);
    if (fed) picture.apply([reading]);
  };
  const at = async (path: string) => (await picture.read()).machines.find((machine) => machine.path === path);
  const whole = async (path: string) =>
    timelineOf({
      ...{ store, horizons: NO_HORIZONS },
      member: members.at(path),
      window: { from: 0, to: clock.now() },
      asOf: clock.now(),
    });
  return { store, clock, picture, report, at, whole };
}

/** The state that holds at the end of a timeline since ever, and since when. */
function standingOf(intervals: readonly StateInterval[]) {
  const last = intervals.at(-1) as StateInterval;
  const other = intervals.findLastIndex(
    ({ state, reason }) => state !== last.state || reason !== last.reason,
  );
  const first = intervals[other + 1] as StateInterval;
  return { state: last.state, reason: last.reason, since: first.source === 'never' ? null : first.from };
}

describe('how machines stand now', () => {
  it('lists every declared or stored machine, in path order', async () => {
    const { picture, report } = createPlant();
    await report(UNDECLARED, MONDAY_8 - MINUTE, { state: 'running' });
    const { asOf, machines } = await picture.read();
    expect(asOf).toBe(MONDAY_8);
    expect(machines.map(({ path, declared }) => [path, declared])).toEqual([
      ...[...plantOfTwo.machines.map(({ path }) => [path, true]), [UNDECLARED, false]].sort(),
    ]);
    expect(machines.find(({ path }) => path === IMM_1)).toEqual({
      path: IMM_1,
      declared: true,
      state: 'unknown',
      reason: null,
      since: null,
      lastHeard: null,
      stale: false,
      source: `source of ${IMM_1}`,
    });
  });

  it('finds out when a state began, however long ago', async () => {
    const { report, at, clock } = createPlant();
    await report(IMM_2, MONDAY_8 - 40 * DAY, { state: 'down', reason: 'mould' });
    await report(IMM_2, MONDAY_8 - 2 * DAY, { state: 'down' });
    await report(IMM_2, MONDAY_8 - MINUTE, { temperature: 20 });
    expect(await at(IMM_2)).toMatchObject({
      state: 'down',
      reason: 'mould',
      since: MONDAY_8 - 40 * DAY,
      lastHeard: MONDAY_8 - MINUTE,
      stale: false,
    });
    await clock.advance(HOUR);
    await report(IMM_2, MONDAY_8 + 30 * MINUTE, { state: 'running' });
    expect(await at(IMM_2)).toMatchObject({
      state: 'running',
      reason: null,
      since: MONDAY_8 + 30 * MINUTE,
    });
  });

  it('calls a silent machine unknown and stale as soon as maxSilence has passed', async () => {
    const { report, at, clock } = createPlant();
    await report(LATHE, MONDAY_8 - 1, { state: 'running' });
    expect(await at(LATHE)).toMatchObject({ state: 'running', stale: false });
    await clock.advance(10 * MINUTE - 1);
    expect(await at(LATHE)).toMatchObject({ state: 'running', stale: false });
    await clock.advance(1);
    expect(await at(LATHE)).toMatchObject({
      state: 'unknown',
      since: MONDAY_8 - 1 + 10 * MINUTE,
      stale: true,
    });
  });

  it('shows a state ahead of the clock when its time has come', async () => {
    const { report, at, clock } = createPlant();
    await report(LATHE, MONDAY_8 - MINUTE, { state: 'idle' });
    await report(LATHE, MONDAY_8 + MINUTE, { state: 'running' });
    expect(await at(LATHE)).toMatchObject({ state: 'idle' });
    await clock.advance(2 * MINUTE);
    expect(await at(LATHE)).toMatchObject({ state: 'running', since: MONDAY_8 + MINUTE });
  });

  it('reads the store again after more than anyone looked at', async () => {
    const { report, at, clock, whole } = createPlant();
    await report(LATHE, MONDAY_8, { state: 'idle' });
    await clock.advance(MINUTE);
    expect(await at(LATHE)).toMatchObject({ state: 'idle' });
    for (let reading = 0; reading < 5_000; reading++) {
      await clock.advance(10);
      await report(LATHE, clock.now() - 1, { state: reading < 4_000 ? 'running' : 'down' });
    }
    await clock.advance(MINUTE);
    const { state, since } = standingOf((await whole(LATHE)).intervals);
    expect(state).toBe('down');
    expect(await at(LATHE)).toMatchObject({ state, since });
  });

  it.each([
    { fed: true, why: 'fed by what ingest applied, also out of order' },
    { fed: false, why: 'reading the store' },
  ])('equals the timeline since ever ($why)', async ({ fed }) => {
    const operation = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({
          kind: fc.constant('report' as const),
          machine: fc.constantFrom(IMM_1, IMM_2, LATHE, UNDECLARED),
          agoMs: fc.oneof(
            fc.integer({ min: -2 * MINUTE, max: 5 * MINUTE }),
            fc.constantFrom(20, 90, 300, 3000).map((minutes) => minutes * MINUTE),
          ),
          signals: fc.oneof(
            fc.record({ state: fc.constantFrom('running', 'down', 'odd word') }),
            fc.record({ state: fc.constant('down'), reason: fc.constantFrom('mould', 'power') }),
            fc.record({ reason: fc.constantFrom('mould', '') }),
            fc.record({ temperature: fc.constant(20) }),
            fc.record({ execution: fc.constantFrom('ACTIVE', 'STOPPED') }),
            fc.record({ estop: fc.constantFrom('TRIGGERED', 'ARMED') }),
            fc.record({ state: fc.constant('unknown'), reason: fc.constant('offline') }),
          ),
        }),
      },
      {
        weight: 2,
        arbitrary: fc.record({
          kind: fc.constant('wait' as const),
          ms: fc.oneof(fc.integer({ min: 1, max: 2 * MINUTE }), fc.constantFrom(12 * MINUTE, 3 * HOUR)),
        }),
      },
      {
        weight: 2,
        arbitrary: fc.record({ kind: fc.constant('look' as const), atChanges: fc.boolean() }),
      },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { maxLength: 40 }), async (operations) => {
        const plant = {
          ...plantOfTwo,
          machines: [
            machineOf(IMM_1, { maxSilenceMs: 5 * MINUTE }),
            machineOf(IMM_2, { maxSilenceMs: null }),
          ],
        };
        const { picture, report, clock, whole } = createPlant({ fed, plant });
        const told = new Map<string, object>();
        for (const operation of [...operations, { kind: 'look' as const, atChanges: true }]) {
          if (operation.kind === 'wait') await clock.advance(operation.ms);
          else if (operation.kind === 'report') {
            await report(operation.machine, clock.now() - operation.agoMs, operation.signals);
          } else {
            // Without the stream, late data may be seen some seconds later.
            if (!fed) await clock.advance(15_000);
            const { machines } = await picture.read();
            for (const { path, state, reason, since } of machines) {
              const { intervals } = await whole(path);
              expect({ path, state, reason, since }).toEqual({ path, ...standingOf(intervals) });
            }
            if (!operation.atChanges) continue;
            // Whoever is told of changes alone knows as much, though others looked before.
            for (const machine of (await picture.readChanged()).machines) told.set(machine.path, machine);
            expect(told).toEqual(new Map(machines.map((machine) => [machine.path, machine])));
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
