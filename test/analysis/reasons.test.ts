import { describe, expect, it } from 'vitest';
import type { LedgerRow, ReasonRow } from '../../analysis/answers.ts';
import { QuestionRefused } from '../../analysis/port.ts';
import { zeroMs } from '../../domain/ledger-row.ts';
import { DAY, HOUR, IMM_1, IMM_2, MINUTE, MONDAY_8, machineOf, shanghai, URUMQI_1 } from './plants.ts';
import { createWorld } from './world.ts';

const WEEK = { from: MONDAY_8, to: MONDAY_8 + 3 * DAY };

/** Three days of three machines that stop for reasons, and repeat what they say. */
async function threeDays() {
  const world = createWorld({ start: MONDAY_8 + 4 * DAY });
  for (let hour = -1; hour < 80; hour++) {
    const ts = MONDAY_8 + hour * HOUR;
    await world.report(IMM_1, ts, { state: 'running', count: hour + 1 });
    await world.report(IMM_1, ts + 9 * MINUTE, { state: 'running' });
    await world.report(IMM_1, ts + 17 * MINUTE, { state: 'down', reason: hour % 2 === 0 ? '换模' : '缺料' });
    await world.report(IMM_1, ts + 26 * MINUTE, { state: 'down' });
    await world.report(IMM_1, ts + 35 * MINUTE, { state: 'running' });
    await world.report(IMM_1, ts + 44 * MINUTE, { state: 'blocked' });
    await world.report(IMM_1, ts + 45 * MINUTE, { state: 'running' });
    await world.report(IMM_1, ts + 53 * MINUTE, { temperature: 20 });
    await world.report(IMM_2, ts, { state: hour % 5 === 0 ? 'idle' : 'running' });
    await world.report(URUMQI_1, ts + 30 * MINUTE, { state: 'down', reason: '大修' });
  }
  return world;
}

const sumsOf = ({ reasons }: ReasonRow) => {
  const ms = zeroMs();
  for (const part of reasons) ms[part.class] += part.ms;
  return ms;
};
const bordersOf = ({ key, from, to }: LedgerRow | ReasonRow) => ({ key, from, to });

describe('reasons', () => {
  it.each([
    { by: [] as const },
    { by: ['machine'] as const },
    { by: ['line', 'shift'] as const },
    { by: ['machine', 'day'] as const, zone: 'Asia/Shanghai' },
    { by: ['site', 'hour'] as const, zone: 'Asia/Urumqi' },
  ])('by $by have the rows of the ledger and sum to it exactly', async ({ by, zone }) => {
    const { analysis } = await threeDays();
    await analysis.record();
    for (const window of [WEEK, { from: MONDAY_8 + 20 * MINUTE, to: MONDAY_8 + 5 * DAY + 1 }]) {
      const question = { scope: '', ...window, by, ...(zone && { zone }) };
      const [ledger, reasons] = [await analysis.ledger(question), await analysis.reasons(question)];
      expect(reasons.asOf).toBe(ledger.asOf);
      expect(reasons.rows.map(bordersOf)).toEqual(ledger.rows.map(bordersOf));
      expect(reasons.rows.map(sumsOf)).toEqual(ledger.rows.map(({ ms }) => ms));
    }
  });

  it('tell which machine lost most to what', async () => {
    const { analysis } = await threeDays();
    const { rows } = await analysis.reasons({ scope: IMM_1, ...WEEK, by: ['machine'] });
    const parts = rows[0]?.reasons.filter((part) => part.class === 'breakdown');
    // 72 h hold 36 even and 36 odd hours; a break of 45 min takes its part each day.
    expect(parts?.map(({ reason, stops, longestMs }) => [reason, stops, longestMs])).toEqual([
      ['缺料', 36, 18 * MINUTE],
      ['换模', 33, 18 * MINUTE],
    ]);
    expect(rows[0]?.reasons.find((part) => part.class === 'minorStop')).toMatchObject({
      state: 'blocked',
      stops: 69,
      longestMs: MINUTE,
    });
  });

  it('know a reason that was given long before, however often the state is repeated', async () => {
    const world = createWorld({ start: MONDAY_8 + 60 * DAY });
    await world.report(URUMQI_1, MONDAY_8, { state: 'down', reason: '大修' });
    for (let hour = 0; hour < 40 * 24; hour += 12) {
      await world.report(URUMQI_1, MONDAY_8 + hour * HOUR, { state: 'down' });
    }
    const from = MONDAY_8 + 3 * DAY;
    const { rows } = await world.analysis.reasons({
      scope: URUMQI_1,
      from,
      to: from + 10 * MINUTE,
      by: ['site'],
    });
    expect(rows[0]?.reasons).toEqual([
      {
        class: 'notScheduled',
        state: 'down',
        reason: '大修',
        ms: 10 * MINUTE,
        stops: 1,
        longestMs: 10 * MINUTE,
      },
    ]);
  });

  it('count a stop of two months once, though facts are read a month at a time', async () => {
    const path = 'acme/zhoushan/moulding/line1/press';
    const plant = {
      sites: [{ ...shanghai, shifts: [] }],
      machines: [machineOf(path, { maxSilenceMs: null })],
    };
    const world = createWorld({ plant, start: MONDAY_8 + 90 * DAY });
    await world.report(path, MONDAY_8 + DAY, { state: 'down', reason: '大修' });
    await world.report(path, MONDAY_8 + 71 * DAY, { state: 'running' });
    const { rows } = await world.analysis.reasons({
      scope: '',
      from: MONDAY_8,
      to: MONDAY_8 + 80 * DAY,
      by: [],
    });
    expect(rows[0]?.reasons.map(({ class: name, stops, longestMs }) => [name, stops, longestMs])).toEqual([
      ['running', 1, 9 * DAY],
      ['breakdown', 1, 70 * DAY],
      ['unknown', 1, DAY],
    ]);
  });

  it('of a window that has not begun have the ledger’s empty row', async () => {
    const { analysis } = await threeDays();
    const question = {
      scope: '',
      from: MONDAY_8 + 9 * DAY,
      to: MONDAY_8 + 10 * DAY,
      by: ['machine'] as const,
    };
    const [ledger, reasons] = [await analysis.ledger(question), await analysis.reasons(question)];
    expect(reasons.rows.map(bordersOf)).toEqual(ledger.rows.map(bordersOf));
    expect(reasons.rows.every((row) => row.reasons.length === 0)).toBe(true);
  });

  it('are refused where they would need too many facts, with what to do', async () => {
    const { analysis } = createWorld();
    const question = { scope: '', from: MONDAY_8 - 20_000 * DAY, to: MONDAY_8, by: ['machine'] as const };
    await expect(analysis.reasons(question)).rejects.toThrow(QuestionRefused);
    await expect(analysis.reasons(question)).rejects.toThrow(
      'needs the facts of 80000 days of machines, more than 20000; ask for a shorter span',
    );
    const hours = { scope: '', from: MONDAY_8 - 100 * DAY, to: MONDAY_8, by: ['hour'] as const };
    await expect(analysis.reasons(hours)).rejects.toThrow('lies in several zones');
  });
});
