import { describe, expect, it } from 'vitest';
import type { LedgerRow } from '../../analysis/answers.ts';
import { createAnalysis } from '../../analysis/create-analysis.ts';
import { openMemoryStore } from '../../store/memory/open.ts';
import type { FactsQuery } from '../../store/port.ts';
import { openForTest } from '../registry/open.ts';
import { DAY, HOUR, IMM_1, IMM_2, LATHE, MONDAY_8, machineOf, shanghai } from './plants.ts';
import { createWorld } from './world.ts';

const plant = {
  sites: [{ ...shanghai, shifts: [] }],
  machines: [IMM_1, IMM_2, LATHE].map((path) =>
    machineOf(path, { maxSilenceMs: null, idealCycleUs: 60_000_000 }),
  ),
};
const at = (hours: number): number => MONDAY_8 + hours * HOUR;

/** Two days in which each machine makes a piece a minute: an order of P1 and one of P2, six hours each, then nothing. */
async function twoDays() {
  const world = createWorld({ plant, start: MONDAY_8 + 2 * DAY });
  for (const machine of [IMM_1, IMM_2]) {
    await world.report(machine, at(0), { state: 'running', count: 0, order: 'WO-1', product: 'P1' });
    await world.report(machine, at(6), { count: 360, order: 'WO-2', product: 'P2' });
    await world.report(machine, at(12), { count: 720, order: '', product: '', state: 'idle' });
  }
  return world;
}
const said = { scope: '', by: '王工', note: null } as const;
const hours = async ({ analysis }: Pick<Awaited<ReturnType<typeof twoDays>>, 'analysis'>, scope: string) =>
  (await analysis.ledger({ scope, from: at(0), to: at(24), by: ['hour'] })).rows;
const changedIn = (before: readonly LedgerRow[], after: readonly LedgerRow[]): number[] =>
  after.flatMap((row, hour) => (row.digest === before[hour]?.digest ? [] : [hour]));

describe('an ideal cycle that is entered', () => {
  it('makes new revisions of exactly the cells that it touches, at once and recorded', async () => {
    const world = await twoDays();
    await world.analysis.record();
    const before = await hours(world, IMM_1);
    await world.analysis.work.enterProduct({
      ...{ ...said, scope: 'acme/zhoushan/moulding/line1/imm-01', product: 'P2' },
      ...{ from: at(9), cycleUs: 30_000_000 },
    });
    const after = await hours(world, IMM_1);
    expect(changedIn(before, after)).toEqual([9, 10, 11]);
    expect(await hours(world, IMM_2)).toEqual(await hours({ analysis: world.fresh() }, IMM_2));
    const written = await world.analysis.record();
    // Three hours and the day; the day is not split further as this site has no shifts.
    expect(written).toBe(4);
    const recorded = await hours(world, IMM_1);
    expect(recorded.map(({ digest }) => digest)).toEqual(after.map(({ digest }) => digest));
    expect(recorded.flatMap(({ revision }, hour) => (revision === 1 ? [] : [hour]))).toEqual([9, 10, 11]);
  });

  it('of all the past costs no more than the machine’s own past, and is listed with who said so', async () => {
    const world = await twoDays();
    await world.analysis.record();
    const before = await hours(world, IMM_2);
    const entry = await world.analysis.work.enterProduct({
      ...{ ...said, note: '标准工时', product: 'P1', from: Date.UTC(2000, 0), cycleUs: 45_000_000 },
    });
    expect(entry).toMatchObject({ id: 1, by: '王工', enteredAt: MONDAY_8 + 2 * DAY });
    expect(changedIn(before, await hours(world, IMM_2))).toEqual([0, 1, 2, 3, 4, 5]);
    expect(await world.analysis.record()).toBe(2 * 7);
    expect(world.analysis.work.products({ scope: IMM_1 })).toEqual([entry]);
    expect((await world.analysis.machine(IMM_1)).config.cycles).toEqual([
      { product: 'P1', from: Date.UTC(2000, 0), cycleUs: 45_000_000, levels: 0 },
    ]);
  });

  it('is known to another process at once, and marks what that one recorded', async () => {
    const { store, clock, report } = await twoDays();
    await report(IMM_1, at(13), { state: 'running' });
    const registry = openForTest();
    const start = () =>
      createAnalysis({
        ...{ store, plant, now: clock.now, schedule: clock.schedule, ledgerMarks: registry.ledgerMarks },
        ...{ served: registry.servedCells, workShelf: registry.work },
      });
    const [one, other] = [start(), start()];
    await one.record();
    const before = await hours({ analysis: one }, IMM_1);
    await other.work.enterProduct({ ...said, product: 'P1', from: at(3), cycleUs: 1_000_000 });
    const after = await hours({ analysis: one }, IMM_1);
    expect(changedIn(before, after)).toEqual([3, 4, 5]);
    expect(after.map(({ revision }) => revision).slice(2, 7)).toEqual([1, 2, 2, 2, 1]);
    await one.record();
    expect(await hours({ analysis: other }, IMM_1)).toEqual(after);
  });
});

describe('an order that is entered', () => {
  it('gives machines that name no product theirs, from an instant on, and its ideal cycle', async () => {
    const world = createWorld({ plant, start: MONDAY_8 + 2 * DAY });
    await world.report(IMM_1, at(0), { state: 'running', count: 0, order: 'WO-1' });
    await world.report(IMM_1, at(10), { count: 600 });
    await world.analysis.record();
    const enter = (more: object) =>
      world.analysis.work.enterOrder({
        ...{ ...said, order: 'WO-1', product: 'P1', plannedQuantity: 600, plannedScrap: null },
        ...{ plannedStart: null, plannedEnd: null, countedAt: null, ...more },
      });
    await world.analysis.work.enterProduct({ ...said, product: 'P1', from: at(0), cycleUs: 20_000_000 });
    const before = await hours(world, IMM_1);
    await enter({ from: at(4) });
    expect(changedIn(before, await hours(world, IMM_1))).toEqual([...Array(24).keys()].slice(4));
    const products = async () =>
      (await world.analysis.ledger({ scope: IMM_1, from: at(0), to: at(12), by: ['product'] })).rows.map(
        ({ key, from, to }) => [key.product, from, to],
      );
    expect(await products()).toEqual([
      ['P1', at(4), at(12)],
      [null, at(0), at(4)],
    ]);
    // Said to be another line's order: it names nothing here any more.
    await enter({ from: at(8), scope: 'acme/zhoushan/turning' });
    expect(await products()).toEqual([
      ['P1', at(4), at(8)],
      [null, at(0), at(12)],
    ]);
    await world.analysis.record();
    const fresh = await hours(world, IMM_1);
    expect(fresh.map(({ ms }) => ms)).toEqual((await hours(world, IMM_1)).map(({ ms }) => ms));
    expect(world.analysis.work.orderEntries('WO-1').map(({ from }) => from)).toEqual([at(4), at(8)]);
  });
});

describe('orders', () => {
  const ask = async (
    { analysis }: Pick<Awaited<ReturnType<typeof twoDays>>, 'analysis'>,
    from: number,
    to: number,
  ) => (await analysis.work.orders({ scope: 'acme/zhoushan', from, to })).orders;

  it('are listed whole, from their begin, with what each machine made', async () => {
    const world = await twoDays();
    const [one, ...rest] = await ask(world, at(5), at(6));
    expect(rest).toEqual([]);
    expect(one).toMatchObject({
      ...{ order: 'WO-1', entry: null, plannedQuantity: null, start: at(0), end: null },
      ...{ startedBefore: false, counts: { produced: 0 } },
    });
    const two = await ask(world, at(6), at(20));
    expect(two.map(({ order, start, end }) => [order, start, end])).toEqual([['WO-2', at(6), at(12)]]);
    // The piece that is counted as the order changes is the next one's; so are those counted at its very end nobody's.
    expect(
      two[0]?.machines.map(({ machine, counts, runningMs }) => [machine, counts.produced, runningMs]),
    ).toEqual([
      [IMM_1, 360, 6 * HOUR],
      [IMM_2, 360, 6 * HOUR],
    ]);
    expect(two[0]?.machines[0]?.products).toEqual(['P2']);
  });

  it('have what was planned from whoever entered it, else from the machine itself', async () => {
    const world = await twoDays();
    await world.report(IMM_1, at(1), { orderQuantity: 400, orderScrap: 5 });
    await world.report(IMM_1, at(2), { orderQuantity: 380.5 });
    await world.report(IMM_2, at(5), { orderQuantity: 390 });
    const [told] = await ask(world, at(0), at(6));
    expect([told?.plannedQuantity, told?.plannedScrap]).toEqual([390, 5]);
    await world.analysis.work.enterOrder({
      ...{ ...said, order: 'WO-1', product: 'P1', plannedQuantity: 1000, plannedScrap: null },
      ...{ plannedStart: at(0), plannedEnd: at(6), countedAt: IMM_2 },
    });
    await world.analysis.work.enterOrder({
      ...{ ...said, order: 'WO-9', product: 'P1', plannedQuantity: 7, plannedScrap: null },
      ...{ plannedStart: at(30), plannedEnd: null, countedAt: null },
    });
    const [entered] = await ask(world, at(0), at(6));
    expect(entered).toMatchObject({ plannedQuantity: 1000, plannedScrap: 5, entry: { id: 1 } });
    expect(entered?.machines.map(({ machine, counted }) => [machine, counted])).toEqual([
      [IMM_1, false],
      [IMM_2, true],
    ]);
    const [planned, ...more] = await ask(world, at(29), at(31));
    expect(more).toEqual([]);
    expect(planned).toMatchObject({
      order: 'WO-9',
      start: null,
      end: null,
      machines: [],
      plannedQuantity: 7,
    });
  });

  it('are given page by page, worked on and planned ones by name, each once and as in one list', async () => {
    const world = await twoDays();
    const names = ['WO-0', 'WO-1a', '工单', 'ＷＯ', '😀'];
    for (const order of names) {
      await world.analysis.work.enterOrder({
        ...{ ...said, order, product: null, plannedQuantity: 1, plannedScrap: null, countedAt: null },
        ...{ plannedStart: at(3), plannedEnd: null },
      });
    }
    // Of another place; it takes no room on a page.
    await world.analysis.work.enterOrder({
      ...{ ...said, order: 'WO-01', scope: 'acme/elsewhere', product: null, plannedQuantity: 1 },
      ...{ plannedScrap: null, countedAt: null, plannedStart: at(3), plannedEnd: null },
    });
    const question = { scope: 'acme/zhoushan', from: at(0), to: at(20) };
    const whole = await world.analysis.work.orders(question);
    expect(whole.more).toBe(false);
    expect(whole.orders.map(({ order }) => order)).toEqual([
      ...['WO-0', 'WO-1', 'WO-1a', 'WO-2', '工单', 'ＷＯ', '😀'],
    ]);
    const pages = [];
    for (let after = ''; ; ) {
      const page = await world.analysis.work.orders({ ...question, after, limit: 2 });
      pages.push(page);
      if (!page.more) break;
      after = page.orders.at(-1)?.order as string;
    }
    expect(pages.map(({ orders }) => orders.length)).toEqual([2, 2, 2, 1]);
    expect(pages.flatMap(({ orders }) => orders)).toEqual(whole.orders);
  });

  it('stand as the ledger has them, revision and digest, whatever was made before', async () => {
    const world = await twoDays();
    await world.analysis.record();
    const orders = await ask(world, at(7), at(24));
    const { rows } = await world.analysis.ledger({
      ...{ scope: 'acme/zhoushan', from: at(7) - 31 * DAY, to: at(24), by: ['machine', 'order'] },
    });
    expect(orders.map(({ order }) => order)).toEqual(['WO-2']);
    expect(orders[0]?.machines.map(({ machine, digest, revision }) => [machine, digest, revision])).toEqual(
      rows
        .filter(({ key }) => key.order === 'WO-2')
        .map(({ key, digest, revision }) => [key.machine, digest, revision]),
    );
  });

  it('of machines that change them at different times are read together, not machine by machine', async () => {
    const memory = openMemoryStore();
    const asked: number[] = [];
    const store = {
      ...memory,
      facts(query: FactsQuery) {
        asked.push(query.machines.length);
        return memory.facts(query);
      },
    };
    const world = createWorld({ plant, start: MONDAY_8 + 2 * DAY, store });
    for (const [place, machine] of [IMM_1, IMM_2, LATHE].entries()) {
      await world.report(machine, at(1.1 + place * 1.3), {
        state: 'running',
        count: 0,
        order: `WO-${place}`,
      });
      await world.report(machine, at(15), { count: 9 });
      await world.report(machine, at(20.2 - place * 1.7), { order: '' });
    }
    await world.analysis.record();
    asked.length = 0;
    const orders = await ask(world, at(0), at(40));
    expect(orders.map(({ counts }) => counts.produced)).toEqual([9, 9, 9]);
    expect(new Set(asked)).toEqual(new Set([3]));
  });

  it('that began longer ago than is looked say so', async () => {
    const world = createWorld({ plant, start: MONDAY_8 + 60 * DAY });
    await world.report(LATHE, MONDAY_8, { state: 'running', order: 'WO-1', count: 0 });
    await world.report(LATHE, MONDAY_8 + 50 * DAY, { count: 900 });
    const [one] = await ask(world, MONDAY_8 + 45 * DAY, MONDAY_8 + 55 * DAY);
    expect(one).toMatchObject({ startedBefore: true, end: null, counts: { produced: 900 } });
    const [alone] = (
      await world.analysis.work.orders({
        scope: '',
        from: MONDAY_8 - DAY,
        to: MONDAY_8 + 55 * DAY,
        order: 'WO-1',
      })
    ).orders;
    expect(alone).toMatchObject({ startedBefore: false, start: MONDAY_8 });
  });
});
