import { describe, expect, it } from 'vitest';
import { SHIFT_KPIS } from '../../analysis/shift-report.ts';
import { DAY, HOUR, IMM_1, IMM_2, MINUTE, MONDAY_8 } from './plants.ts';
import { createWorld } from './world.ts';

const LINE = 'acme/zhoushan/moulding/line1';
const MONDAY = { line: LINE, day: '2026-01-05', shift: 'day' };

/** Two days of a line: the first machine breaks down each hour, the second waits for it; the second day it has an order. */
async function twoDays() {
  const world = createWorld({ start: MONDAY_8 + 2 * DAY });
  for (let minute = -60; minute < 48 * 60; minute += 5) {
    const ts = MONDAY_8 + minute * MINUTE;
    const down = minute % 60 >= 40 && minute % 60 < 50;
    const state = down ? 'down' : 'running';
    await world.report(IMM_1, ts, { state, count: minute + 100, reason: down ? 'tool' : '' });
    await world.report(IMM_2, ts, { state: down ? 'starved' : 'running' });
    if (minute === 24 * 60) await world.report(IMM_1, ts, { order: 'WO-1', product: 'P1' });
  }
  return world;
}

describe('the shift report', () => {
  it('has the figures, the ledger and the stops that the other questions give of the same span', async () => {
    const { analysis } = await twoDays();
    const report = await analysis.shiftReport({ ...MONDAY, day: '2026-01-06' });
    const span = { from: MONDAY_8 + DAY, to: MONDAY_8 + DAY + 12 * HOUR };
    expect(report.place).toEqual({ ...MONDAY, day: '2026-01-06', zone: 'Asia/Shanghai', ...span });
    const asked = { scope: LINE, ...span, by: [] };
    expect(report.whole.row).toEqual((await analysis.ledger(asked)).rows[0]);
    const kpis = await analysis.kpis({ ...asked, kpis: SHIFT_KPIS });
    expect(kpis.rows[0]?.figures).toMatchObject(report.whole.figures);
    const byMachine = await analysis.ledger({ ...asked, by: ['machine'] });
    expect(report.machines.map(({ row }) => row)).toEqual(byMachine.rows);
    const { ms, stops, byMachine: causes } = await analysis.lineStops({ line: LINE, ...span });
    expect(report.lineStops).toEqual({ ms, stops, byMachine: causes });
    expect(causes).toMatchObject([{ machine: IMM_1, kind: 'own' }]);
    expect(report.stops[0]).toMatchObject({ class: 'breakdown', machine: IMM_1, reason: 'tool' });
    const lost = report.stops.reduce((sum, one) => sum + one.ms, 0);
    const { breakdown, delay, minorStop, idle, changeover, unknown } = report.whole.row.ms;
    expect(lost).toBe(breakdown + delay + minorStop + idle + changeover + unknown);
    expect(report.work.map(({ row }) => row.key)).toEqual([{ product: 'P1', order: 'WO-1' }]);
  });

  it('has a strip of each machine that covers the shift', async () => {
    const { analysis } = await twoDays();
    const { machines, place } = await analysis.shiftReport(MONDAY);
    expect(machines.map(({ machine }) => machine)).toEqual([IMM_1, IMM_2]);
    for (const { strip, row } of machines) {
      expect([strip[0]?.from, strip.at(-1)?.to]).toEqual([place.from, place.to]);
      const running = strip.filter((piece) => piece.class === 'running');
      expect(running.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(row.ms.running);
      for (const [index, piece] of strip.entries()) {
        if (index > 0) expect(piece.class).not.toBe(strip[index - 1]?.class);
      }
    }
  });

  it('compares with the last run of the same shift, where something was heard then', async () => {
    const { analysis } = await twoDays();
    const tuesday = await analysis.shiftReport({ ...MONDAY, day: '2026-01-06' });
    expect(tuesday.before?.place).toMatchObject({ day: '2026-01-05', shift: 'day', from: MONDAY_8 });
    expect(tuesday.before?.row.ms.running).toBeGreaterThan(0);
    expect((await analysis.shiftReport(MONDAY)).before).toBeNull();
  });

  it('runs, then is provisional, and final after the horizon', async () => {
    const world = await twoDays();
    const at = async (ms: number) =>
      (await world.analysis.shiftReport({ ...MONDAY, asOf: MONDAY_8 + ms })).status;
    expect(await at(HOUR)).toBe('running');
    expect(await at(13 * HOUR)).toBe('provisional');
    expect(await at(8 * DAY)).toBe('final');
  });

  it('of a shift that has not begun has an empty row and strips', async () => {
    const { analysis } = await twoDays();
    const report = await analysis.shiftReport({ ...MONDAY, day: '2026-01-09' });
    expect([report.status, report.lineStops.stops, report.stops]).toEqual(['running', [], []]);
    expect(report.machines.map(({ strip }) => strip)).toEqual([[], []]);
    expect(report.whole.row.ms.running).toBe(0);
  });

  it('of the whole production day is asked for without a shift', async () => {
    const { analysis } = await twoDays();
    const { place } = await analysis.shiftReport({ ...MONDAY, shift: null });
    expect(place).toMatchObject({ shift: null, from: MONDAY_8, to: MONDAY_8 + DAY });
    expect(await analysis.shift({ ...MONDAY, shift: null })).toEqual(place);
  });

  it('tells what of the data a reader must know', async () => {
    const { analysis } = await twoDays();
    const { remarks } = await analysis.shiftReport(MONDAY);
    expect(remarks.map(({ code, machine }) => [code, machine])).toEqual(
      expect.arrayContaining([
        ['line-order', null],
        ['no-count', IMM_2],
      ]),
    );
  });

  it('of a shift that there is not is refused with those that there are', async () => {
    const { analysis } = await twoDays();
    const late = { ...MONDAY, shift: 'late' };
    await expect(analysis.shiftReport(late)).rejects.toThrow(
      /no shift "late" on 2026-01-05; there are: day, night/,
    );
    await expect(analysis.shift({ ...MONDAY, day: '2026-01-11', shift: 'night' })).rejects.toMatchObject({
      ...{ code: 'shift-not-found', parameter: 'shift' },
      message: expect.stringContaining('there are: day'),
    });
  });
});
