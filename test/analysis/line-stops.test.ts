import { describe, expect, it } from 'vitest';
import { QuestionRefused } from '../../analysis/port.ts';
import { LINE_DEFAULTS, type Line } from '../../domain/line/line.ts';
import type { Plant } from '../../domain/plant.ts';
import { OUTSIDE_PBT } from '../../domain/time-classes.ts';
import { DAY, HOUR, IMM_1, IMM_2, MINUTE, MONDAY_8, machineOf, plantOfTwo, shanghai } from './plants.ts';
import { createWorld } from './world.ts';

const LINE = 'acme/zhoushan/moulding/line1';

/** A week in which the first machine breaks down each hour, and the second waits for it. */
async function aWeek(plant: Plant = plantOfTwo) {
  const world = createWorld({ plant, start: MONDAY_8 + 8 * DAY });
  for (let hour = 0; hour < 7 * 24; hour++) {
    const ts = MONDAY_8 + hour * HOUR;
    await world.report(IMM_1, ts, { state: 'running' });
    for (let minute = 5; minute < 20; minute += 5)
      await world.report(IMM_1, ts + minute * MINUTE, { count: 1 });
    await world.report(IMM_1, ts + 20 * MINUTE, { state: 'down', reason: hour % 2 ? 'tool' : 'jam' });
    for (let minute = 25; minute < 60; minute += 5)
      await world.report(IMM_1, ts + minute * MINUTE, { count: 1 });
    await world.report(IMM_1, ts + 30 * MINUTE, { state: 'running' });
    await world.report(IMM_2, ts, { state: 'running' });
    await world.report(IMM_2, ts + 22 * MINUTE, { state: 'starved' });
    await world.report(IMM_2, ts + 33 * MINUTE, { state: 'running' });
    if (hour % 6 === 0) await world.report(IMM_2, ts + 50 * MINUTE, { state: 'held', reason: 'quality' });
  }
  return world;
}

describe('line stops', () => {
  it('have the time of the watched machine’s ledger, and causes that sum to it', async () => {
    const { analysis } = await aWeek();
    for (const window of [
      { from: MONDAY_8, to: MONDAY_8 + 12 * HOUR },
      { from: MONDAY_8 + 7 * MINUTE, to: MONDAY_8 + 3 * DAY + 11 },
      { from: MONDAY_8 + 6 * DAY, to: MONDAY_8 + 12 * DAY },
    ]) {
      const { ms, byMachine } = await analysis.lineStops({ line: LINE, ...window });
      const [row] = (await analysis.ledger({ scope: IMM_2, ...window, by: [] })).rows;
      const outside = [...OUTSIDE_PBT].reduce((sum, name) => sum + (row?.ms[name] ?? 0), 0);
      expect(ms).toMatchObject({ running: row?.ms.running, unknown: row?.ms.unknown, outside });
      const whole = Object.values(row?.ms ?? {}).reduce((sum, part) => sum + part, 0);
      expect(Object.values(ms).reduce((sum, part) => sum + part, 0)).toBe(whole);
      expect(byMachine.reduce((sum, one) => sum + one.ms, 0)).toBe(ms.stopped);
    }
  });

  it('name the machine that did, its reason, and the rule', async () => {
    const { analysis } = await aWeek();
    const from = MONDAY_8 + HOUR;
    const { line, stops, byMachine } = await analysis.lineStops({ line: LINE, from, to: from + HOUR });
    expect(line).toMatchObject({ declared: false, rule: 'first-stop', machines: [IMM_1, IMM_2] });
    expect(stops).toMatchObject([
      {
        ...{ from: from + 22 * MINUTE, to: from + 33 * MINUTE, over: true, continued: false },
        cause: { machine: IMM_1, kind: 'own', state: 'down', reason: 'tool' },
      },
    ]);
    expect(byMachine).toEqual([
      { machine: IMM_1, kind: 'own', ms: 11 * MINUTE, stops: 1, longestMs: 11 * MINUTE },
    ]);
  });

  it('follow the order and the rule that the configuration declares', async () => {
    const line: Line = {
      ...{ path: LINE, declared: true, machines: [IMM_2, IMM_1], ...LINE_DEFAULTS },
      ...{ rule: 'bottleneck', bottleneck: IMM_2 },
    };
    const { analysis } = await aWeek({ ...plantOfTwo, lines: [line] });
    const from = MONDAY_8 + HOUR;
    const { stops } = await analysis.lineStops({ line: LINE, from, to: from + HOUR });
    expect(stops.map(({ cause }) => [cause.kind, cause.machine])).toEqual([['starved', IMM_2]]);
  });

  it('know what began before the window, and that the line stood', async () => {
    const { analysis } = await aWeek();
    const from = MONDAY_8 + HOUR + 31 * MINUTE;
    const { stops } = await analysis.lineStops({ line: LINE, from, to: from + HOUR / 2 });
    expect(stops).toMatchObject([
      { from, to: from + 2 * MINUTE, continued: true, over: true, cause: { machine: IMM_1, reason: 'tool' } },
    ]);
  });

  it('of a window that has not begun are none, in no time', async () => {
    const { analysis } = await aWeek();
    const from = MONDAY_8 + 20 * DAY;
    const { ms, stops } = await analysis.lineStops({ line: LINE, from, to: from + HOUR });
    expect([ms.running + ms.stopped + ms.unknown + ms.outside, stops]).toEqual([0, []]);
  });

  it('of a line with an undeclared machine put it behind those that are declared', async () => {
    const path = `${LINE}/aaa`;
    const world = await aWeek();
    await world.report(path, MONDAY_8, { state: 'running' });
    const { line } = await world.analysis.lineStops({ line: LINE, from: MONDAY_8, to: MONDAY_8 + HOUR });
    expect(line.machines).toEqual([IMM_1, IMM_2, path]);
  });

  it('of a month are told in one go, of more they are refused with what to do', async () => {
    const world = createWorld({
      plant: { sites: [{ ...shanghai, shifts: [] }], machines: [machineOf(IMM_1, { maxSilenceMs: null })] },
      start: MONDAY_8 + 90 * DAY,
    });
    await world.report(IMM_1, MONDAY_8, { state: 'down', reason: 'tool' });
    const ask = (days: number) =>
      world.analysis.lineStops({ line: LINE, from: MONDAY_8 + HOUR, to: MONDAY_8 + HOUR + days * DAY });
    expect((await ask(31)).byMachine).toMatchObject([{ machine: IMM_1, ms: 31 * DAY, stops: 1 }]);
    await expect(ask(32)).rejects.toThrow(/at most 31 days at once, not of 32; ask for a shorter span/);
    const stranger = world.analysis.lineStops({ line: 'acme/zhoushan/moulding/line', from: 0, to: 1 });
    await expect(stranger).rejects.toThrow(QuestionRefused);
    await expect(stranger).rejects.toMatchObject({ code: 'scope-not-found', parameter: 'line' });
  });
});
