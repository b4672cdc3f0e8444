import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dimension, LedgerRow } from '../../analysis/answers.ts';
import { type ClassMs, type LedgerSums, zeroMs } from '../../domain/ledger-row.ts';
import { addSums } from '../../domain/sums.ts';
import { openEmbeddedStore } from '../../store/embedded/open.ts';
import type { Store } from '../../store/port.ts';
import { DAY, HOUR, IMM_1, IMM_2, LATHE, MINUTE, MONDAY_8, machineOf, shanghai } from './plants.ts';
import { createWorld } from './world.ts';

const plant = {
  sites: [shanghai],
  machines: [
    machineOf(IMM_1, { productCycleUs: { P1: 11_800_000 }, maxSilenceMs: null }),
    machineOf(IMM_2, {
      ...{ idealCycleUs: 10_000_000, maxSilenceMs: 2 * DAY },
      changeover: { change: 'order', longestMs: 2 * HOUR },
    }),
    machineOf(LATHE),
  ],
};
const WINDOW = { from: MONDAY_8 + 7 * MINUTE, to: MONDAY_8 + 2 * DAY + 11 * MINUTE };

const message = fc.record({
  machine: fc.constantFrom(IMM_1, IMM_2),
  minute: fc.integer({ min: -600, max: 3000 }),
  signals: fc.record(
    {
      state: fc.constantFrom('running', 'idle', 'held', 'down', 'setup'),
      order: fc.constantFrom('WO-1', 'WO-2', '', 'WO-3'),
      product: fc.constantFrom('P1', 'P2', ''),
      count: fc.nat(500),
      reject: fc.nat(9),
    },
    { requiredKeys: [] },
  ),
});
type Message = typeof message extends fc.Arbitrary<infer T> ? T : never;

const groupings: readonly (readonly Dimension[])[] = [
  ['product'],
  ['order'],
  ['product', 'order'],
  ['machine', 'order'],
  ['line', 'shift', 'product'],
  ['day', 'order'],
  ['hour', 'product'],
];

const withoutRevision = ({ revision: _, ...row }: LedgerRow) => row;
const content = ({ ms, runningUs, counts }: LedgerSums) => ({ ms, runningUs, counts });

async function worldOf(messages: readonly Message[], store?: Store) {
  const world = createWorld({ plant, start: MONDAY_8 + 3 * DAY, ...(store && { store }) });
  const tell = async (some: readonly Message[]) => {
    for (const { machine, minute, signals } of some) {
      if (Object.keys(signals).length > 0) await world.report(machine, MONDAY_8 + minute * MINUTE, signals);
    }
  };
  await tell(messages);
  return { ...world, tell };
}

async function addUp(messages: readonly Message[], store?: Store): Promise<void> {
  const late = Math.floor(messages.length / 2);
  const { analysis, fresh, tell } = await worldOf(messages.slice(late), store);
  await analysis.record();
  await tell(messages.slice(0, late));
  const whole = await analysis.ledger({ scope: '', ...WINDOW, by: [] });
  await analysis.record();
  for (const by of groupings) {
    const question = { scope: '', ...WINDOW, by };
    const recorded = await analysis.ledger(question);
    expect(content(addSums(recorded.rows))).toEqual(content(whole.rows[0] as LedgerRow));
    const anew = (await fresh().ledger(question)).rows;
    expect(recorded.rows.map(withoutRevision)).toEqual(anew.map(withoutRevision));
    const reasons = await analysis.reasons(question);
    const ofReasons = reasons.rows.map(({ key, reasons: parts }) => {
      const ms: ClassMs = zeroMs();
      for (const part of parts) ms[part.class] += part.ms;
      return { key, ms };
    });
    expect(ofReasons).toEqual(recorded.rows.map(({ key, ms }) => ({ key, ms })));
  }
}

describe('rows by product and by order', () => {
  it('add up to the whole, recorded or not, in time, pieces and reasons', () =>
    fc.assert(
      fc.asyncProperty(fc.array(message, { maxLength: 40 }), (messages) => addUp(messages)),
      { numRuns: 25 },
    ));

  it('add up to the whole in the embedded store too', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'kaidong-by-work-'));
    try {
      await using store = await openEmbeddedStore({ dir });
      await addUp(fc.sample(message, { numRuns: 120, seed: 7 }), store);
    } finally {
      await rm(dir, { recursive: true });
    }
  });

  it('give each order its own time and pieces, and none to nobody', async () => {
    const { analysis, report } = createWorld({ plant, start: MONDAY_8 + DAY });
    const at = (minute: number) => MONDAY_8 + minute * MINUTE;
    await report(IMM_1, at(0), { state: 'running', count: 0, order: 'WO-1', product: 'P1' });
    await report(IMM_1, at(30), { state: 'running', count: 150 });
    await report(IMM_1, at(31), { state: 'idle', order: '' });
    await report(IMM_1, at(33), { state: 'running', order: 'WO-2' });
    await report(IMM_1, at(40), { state: 'running', count: 190 });
    const { rows } = await analysis.ledger({
      scope: IMM_1,
      from: at(0),
      to: at(40) + 1,
      by: ['order', 'product'],
    });
    expect(rows.map(({ key, from, to, counts, ms }) => ({ key, from, to, counts, ms }))).toMatchObject([
      {
        key: { product: 'P1', order: 'WO-1' },
        ...{ from: at(0), to: at(31) },
        ...{ counts: { produced: 150 }, ms: { running: 31 * MINUTE, minorStop: 0 } },
      },
      {
        key: { product: 'P1', order: 'WO-2' },
        ...{ from: at(33), to: at(40) + 1 },
        ...{ counts: { produced: 40 }, ms: { running: 7 * MINUTE + 1 } },
      },
      {
        key: { product: 'P1', order: null },
        ...{ from: at(31), to: at(33) },
        ...{ counts: { produced: 0 }, ms: { running: 0, idle: 2 * MINUTE } },
      },
    ]);
    expect(Object.keys(rows[0]?.key ?? {})).toEqual(['product', 'order']);
  });

  it('know an order that began long before the window, however often it was said again', async () => {
    const { analysis, report } = createWorld({ plant, start: MONDAY_8 + 90 * DAY });
    await report(IMM_2, MONDAY_8, { state: 'running', order: 'WO-1' });
    for (let day = 1; day < 80; day++) await report(IMM_2, MONDAY_8 + day * DAY, { order: 'WO-1' });
    const from = MONDAY_8 + 5 * DAY;
    const { rows } = await analysis.ledger({ scope: IMM_2, from, to: from + 70 * DAY, by: ['order'] });
    expect(rows.map(({ key, ...row }) => [key, row.from, row.to])).toEqual([
      [{ order: 'WO-1' }, from, from + 70 * DAY],
    ]);
  });

  it('of a window that has not begun have the key of what went before', async () => {
    const { analysis, report } = createWorld({ plant, start: MONDAY_8 });
    await report(IMM_1, MONDAY_8 - HOUR, { state: 'running', order: 'WO-1' });
    const question = { scope: IMM_1, from: MONDAY_8 + DAY, to: MONDAY_8 + 2 * DAY, by: ['order'] as const };
    const { rows } = await analysis.ledger(question);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ from: question.from, to: question.from, counts: { produced: 0 } });
  });

  it('are refused where too many orders would have to be read, with what to do', async () => {
    const { analysis } = createWorld({ plant });
    const question = { scope: '', from: MONDAY_8 - 20_000 * DAY, to: MONDAY_8, by: ['order'] as const };
    await expect(analysis.ledger(question)).rejects.toThrow(
      'needs the orders of 60000 days of machines, more than 50000; ask for a shorter span, a narrower scope, or without by=product and by=order',
    );
  });
});
