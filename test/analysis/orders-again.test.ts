import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAnalysis } from '../../analysis/create-analysis.ts';
import type { SignalValue } from '../../domain/observation.ts';
import type { Plant } from '../../domain/plant.ts';
import { openMemoryStore } from '../../store/memory/open.ts';
import type { FactsQuery, Store } from '../../store/port.ts';
import { editOf } from '../domain/edits.ts';
import { openForTest } from '../registry/open.ts';
import { createMemoryMarks } from './memory-marks.ts';
import { DAY, HOUR, IMM_1, IMM_2, MINUTE, MONDAY_8, plantOfTwo } from './plants.ts';

/** Each hour begins at half past elsewhere: a part of an hour can lie on both sides of midnight in UTC. */
const plant: Plant = {
  ...plantOfTwo,
  sites: plantOfTwo.sites.map((site) => ({ ...site, zone: 'Asia/Kolkata' })),
  machines: plantOfTwo.machines.map((one) => (one.path === IMM_1 ? { ...one, maxSilenceMs: null } : one)),
};
const LINE = 'acme/zhoushan/moulding/line1';
const ENTRY = {
  ...{ scope: '', note: null, by: '计划科', plannedScrap: null, plannedStart: null, plannedEnd: null },
  countedAt: null,
};

function plantWithOrders(store: Store = openMemoryStore()) {
  const registry = openForTest();
  const { ledgerMarks: marks } = registry;
  let now = MONDAY_8 + 2 * DAY;
  const known = {
    ...{ store, plant, now: () => now },
    ...{ workShelf: registry.work, editLog: registry.annotations, rawHorizons: registry.rawHorizons },
  };
  /** As a service that was started anew. */
  const another = () => createAnalysis({ ...known, ledgerMarks: marks, served: registry.servedCells });
  const say = async (
    machine: string,
    ts: number,
    signals: Readonly<Record<string, SignalValue>>,
  ): Promise<void> => {
    await store.write([{ machine, ts, signals: Object.keys(signals), values: Object.values(signals) }]);
    const until = marks.recordedUntil(machine);
    if (until !== null && ts < until) marks.mark([{ machine, from: ts, to: ts }]);
  };
  return {
    ...{ registry, another, say, analysis: another() },
    /** Of facts alone. */
    unrecorded: () => createAnalysis({ ...known, ledgerMarks: createMemoryMarks() }),
    now: () => now,
    pass(ms: number) {
      now += ms;
    },
  };
}
type PlantWithOrders = ReturnType<typeof plantWithOrders>;
type Analysis = PlantWithOrders['analysis'];

const askedOf = (now: number) => [
  { scope: '', from: now - DAY, to: now + DAY },
  { scope: IMM_2, from: now - 3 * DAY, to: now + DAY },
  { scope: '', from: now - DAY, to: now - 7 * HOUR },
  { scope: '', from: now - 2 * DAY, to: now, asOf: now - 90 * MINUTE },
  { scope: '', from: MONDAY_8, to: now, order: 'WO-1' },
];
const answersOf = async (analysis: Analysis, now: number): Promise<unknown[]> => {
  const answers: unknown[] = [];
  for (const question of askedOf(now)) answers.push(await analysis.work.orders(question));
  return answers;
};
const withoutRevisions = (answers: unknown[]): unknown =>
  JSON.parse(JSON.stringify(answers, (key, value) => (key === 'revision' ? undefined : value)));

const minute = fc.integer({ min: 0, max: 3 * 24 * 60 });
const machine = fc.constantFrom(IMM_1, IMM_2);
const signals = fc.record(
  {
    state: fc.constantFrom('running', 'idle', 'down'),
    order: fc.constantFrom('WO-1', 'WO-2', '', 'WO-3'),
    product: fc.constantFrom('P1', ''),
    count: fc.nat(500),
    orderQuantity: fc.constantFrom<SignalValue>(100, 200, 'n/a', 300),
    orderScrap: fc.nat(5),
  },
  { requiredKeys: [] },
);
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ is: fc.constant('say' as const), machine, minute, signals }),
  },
  { weight: 3, arbitrary: fc.record({ is: fc.constant('ask' as const) }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constant('record' as const) }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constant('pass' as const), minutes: fc.nat(300) }) },
  {
    weight: 1,
    arbitrary: fc.record({ is: fc.constant('order' as const), minute, quantity: fc.nat(900) }),
  },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('cycle' as const), minute }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('edit' as const), machine, minute }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('remove' as const), minute }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Plays steps at one analysis, asking it and one that was just started. */
async function play(steps: readonly Step[]): Promise<void> {
  const world = plantWithOrders();
  const { analysis, registry, say } = world;
  let isRemoved = false;
  let edits = 0;
  for (const one of [...steps, { is: 'ask' } as const]) {
    const at = 'minute' in one ? MONDAY_8 + one.minute * MINUTE : 0;
    if (one.is === 'say') await say(one.machine, at, one.signals);
    else if (one.is === 'record') await analysis.record();
    else if (one.is === 'pass') world.pass(one.minutes * MINUTE);
    else if (one.is === 'order') {
      const entry = { ...ENTRY, order: 'WO-1', product: 'P2', plannedQuantity: one.quantity, from: at };
      await analysis.work.enterOrder(entry);
    } else if (one.is === 'cycle') {
      const entry = { scope: '', note: null, by: '王工', product: 'P1', from: at, cycleUs: 5_000_000 };
      await analysis.work.enterProduct(entry);
    } else if (one.is === 'edit') {
      const { seq: _, ...edit } = editOf({
        ...{ id: `e${edits++}`, seq: edits, machine: one.machine, from: at, to: at + HOUR },
        ...{ class: 'plannedStop', reason: 'tool' },
      });
      registry.annotations.add(edit);
    } else if (one.is === 'remove') {
      await analysis.record();
      await analysis.removeRaw(at);
      isRemoved = true;
    } else {
      const answers = await answersOf(analysis, world.now());
      expect(answers).toEqual(await answersOf(world.another(), world.now()));
      if (isRemoved) continue;
      const ofFacts = await answersOf(world.unrecorded(), world.now());
      expect(withoutRevisions(answers)).toEqual(withoutRevisions(ofFacts));
    }
  }
}

describe('orders that are asked for again', () => {
  it('are as an analysis says that was just started, after late data, edits and entries, and removal of raw data', async () => {
    const steps = fc.array(step, { minLength: 5, maxLength: 45 });
    await fc.assert(fc.asyncProperty(steps, play), { numRuns: 40 });
  }, 120_000);

  it('read only what came since', async () => {
    const memory = openMemoryStore();
    const queries: FactsQuery[] = [];
    const facts: Store['facts'] = (query) => {
      queries.push(query);
      return memory.facts(query);
    };
    const world = plantWithOrders({ ...memory, facts });
    for (let hour = 0; hour < 48; hour++) {
      const order = { order: `WO-${hour % 5}`, orderQuantity: 100 + hour };
      for (const machine of [IMM_1, IMM_2])
        await world.say(machine, MONDAY_8 + hour * HOUR + 20 * MINUTE, {
          state: 'running',
          count: hour,
          ...order,
        });
    }
    await world.analysis.record();
    await answersOf(world.analysis, world.now());
    queries.length = 0;
    world.pass(MINUTE);
    const question = { scope: LINE, from: world.now() - DAY, to: world.now() + DAY };
    const again = await world.analysis.work.orders(question);
    expect(again.orders.length).toBe(5);
    expect(queries.map(({ from }) => from >= world.now() - 4 * HOUR)).toEqual(queries.map(() => true));
    // What comes late is read again, from there on.
    await world.say(IMM_1, MONDAY_8 + 30 * HOUR + 40 * MINUTE, { order: 'WO-9' });
    const { orders } = await world.analysis.work.orders({ ...question, to: question.to + 1 });
    expect(orders.map(({ order }) => order)).toContain('WO-9');
    expect(orders).toEqual((await world.another().work.orders({ ...question, to: question.to + 1 })).orders);
  });

  it('have the pieces and the planned number that late data leaves them', async () => {
    const world = plantWithOrders();
    const said: readonly (readonly [number, Readonly<Record<string, SignalValue>>])[] = [
      [10.3, { state: 'running', count: 0, order: 'WO-A' }],
      [10.5, { orderQuantity: 500 }],
      [10.8, { count: 40 }],
      [13, { count: 90, orderQuantity: 700 }],
      [14.3, { count: 100, order: 'WO-C' }],
      [20, { count: 101, order: '' }],
    ];
    for (const [hour, signals] of said) await world.say(IMM_1, MONDAY_8 + hour * HOUR, signals);
    await world.analysis.record();
    const ask = async (analysis: Analysis) =>
      (await analysis.work.orders({ scope: LINE, from: MONDAY_8, to: world.now() })).orders;
    const [before] = await ask(world.analysis);
    expect([before?.order, before?.plannedQuantity, before?.counts.produced]).toEqual(['WO-A', 700, 90]);
    // The machine began at nought again within the first part of an hour.
    await world.say(IMM_1, MONDAY_8 + 10.4 * HOUR, { count: 8 });
    await world.say(IMM_1, MONDAY_8 + 10.45 * HOUR, { count: 0 });
    const [more] = await ask(world.analysis);
    expect([more?.plannedQuantity, more?.counts.produced]).toEqual([700, 98]);
    await world.say(IMM_1, MONDAY_8 + 12 * HOUR, { order: 'WO-B' });
    const after = await ask(world.analysis);
    expect(after.map((one) => [one.order, one.plannedQuantity, one.counts.produced])).toEqual([
      ['WO-A', 500, 48],
      ['WO-B', 700, 50],
      ['WO-C', null, 10],
    ]);
    expect(after).toEqual(await ask(world.another()));
  });
});

it('reads what machines worked on in a day, and the month before it, in one go: nothing before a second part is looked for', async () => {
  const store = openMemoryStore();
  const asked: FactsQuery[] = [];
  const spied: Store = {
    ...store,
    facts(query) {
      if (query.machines[0]?.signals.includes('orderQuantity')) asked.push(query);
      return store.facts(query);
    },
  };
  const { say, another, now } = plantWithOrders(spied);
  await say(IMM_1, MONDAY_8, { order: 'WO-1', state: 'running', count: 1 });
  const orders = (days: number) => another().work.orders({ scope: '', from: now() - days * DAY, to: now() });
  await orders(1);
  expect(asked.map(({ from, to }) => (to - from) / DAY)).toEqual([32]);
  asked.length = 0;
  await orders(20);
  expect(asked.map(({ from, to }) => (to - from) / DAY)).toEqual([31, 20]);
});
