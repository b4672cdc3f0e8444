import { describe, expect, it } from 'vitest';
import type { LiveEvent } from '../../analysis/answers.ts';
import { HOUR, IMM_1, IMM_2, LATHE, MINUTE, MONDAY_8 } from './plants.ts';
import { createWorld } from './world.ts';

const SECOND = 1_000;

/** Everything sent so far, and then taken away. */
function listen(world: ReturnType<typeof createWorld>) {
  let events: LiveEvent[] = [];
  const stop = world.analysis.live((event) => events.push(event));
  const take = (kind: LiveEvent['event']) => {
    const taken = events.filter(({ event }) => event === kind).map(({ data }) => data);
    events = events.filter(({ event }) => event !== kind);
    return taken;
  };
  return { take, stop };
}

describe.each([{ fed: true }, { fed: false }])('live events (fed: $fed)', ({ fed }) => {
  it('sends a state when it changes, and nothing when it goes on', async () => {
    const world = createWorld({ fed, start: MONDAY_8 + HOUR });
    await world.report(IMM_1, MONDAY_8, { state: 'idle' });
    const { take } = listen(world);
    await world.clock.advance(2 * SECOND);
    expect(take('state')).toEqual([]);
    await world.report(IMM_1, MONDAY_8 + HOUR, { state: 'down', reason: 'mould' });
    await world.clock.advance(2 * SECOND);
    expect(take('state')).toEqual([
      { machine: IMM_1, state: 'down', reason: 'mould', since: MONDAY_8 + HOUR },
    ]);
    await world.report(IMM_1, MONDAY_8 + HOUR + SECOND, { state: 'down' });
    await world.clock.advance(20 * SECOND);
    expect(take('state')).toEqual([]);
  });

  it('sends the silence that nobody reports, when it is due', async () => {
    const world = createWorld({ fed });
    await world.report(LATHE, MONDAY_8 - 1, { state: 'running' });
    const { take } = listen(world);
    await world.clock.advance(10 * MINUTE - 2);
    expect(take('state')).toEqual([]);
    await world.clock.advance(2 * SECOND);
    expect(take('state')).toEqual([
      { machine: LATHE, state: 'unknown', reason: null, since: MONDAY_8 - 1 + 10 * MINUTE },
    ]);
  });

  it('sends nothing for late data that leaves the present as it is', async () => {
    const world = createWorld({ fed, start: MONDAY_8 + HOUR });
    await world.report(IMM_2, MONDAY_8 + HOUR - MINUTE, { state: 'running' });
    const { take } = listen(world);
    await world.clock.advance(2 * SECOND);
    await world.report(IMM_2, MONDAY_8 + 10 * MINUTE, { state: 'down' });
    await world.clock.advance(30 * SECOND);
    expect(take('state')).toEqual([]);
  });

  it('tells of a machine heard for the first time', async () => {
    const world = createWorld({ fed });
    const { take } = listen(world);
    await world.clock.advance(2 * SECOND);
    const path = 'acme/zhoushan/moulding/line9/new-01';
    await world.report(path, MONDAY_8 + SECOND, { state: 'running' });
    await world.clock.advance(2 * SECOND);
    expect(take('state')).toEqual([
      { machine: path, state: 'running', reason: null, since: MONDAY_8 + SECOND },
    ]);
  });

  it('sends the running shift’s figures as the ledger has them', async () => {
    const world = createWorld({ fed, start: MONDAY_8 + HOUR });
    for (let minute = 0; minute < 60; minute += 5) {
      await world.report(IMM_1, MONDAY_8 + minute * MINUTE, { state: 'running', count: minute });
    }
    const { take } = listen(world);
    await world.clock.advance(10 * SECOND);
    const figures = take('figure').filter((data) => 'key' in data && data.key.machine === IMM_1);
    const key = { machine: IMM_1, day: '2026-01-05', shift: 'day' };
    expect(figures).toEqual([
      { key, kpi: 'utilisation', value: 1, low: 1, high: 1, notAssessable: false, revision: 1 },
      {
        ...{ key, kpi: 'oee', value: expect.any(Number), low: expect.any(Number) },
        ...{ high: expect.any(Number), notAssessable: false, revision: 1 },
      },
    ]);
    // 55 pieces of 12.5 s each in the time since 08:00.
    const { value } = figures[1] as { value: number };
    expect(value).toBeCloseTo((55 * 12.5 * SECOND) / HOUR, 2);
    await world.clock.advance(30 * SECOND);
    expect(take('figure').filter((data) => 'key' in data && data.key.machine === IMM_1)).toEqual([]);
  });

  it('stops when nobody listens', async () => {
    const world = createWorld({ fed });
    const { take, stop } = listen(world);
    await world.clock.advance(2 * SECOND);
    stop();
    await world.report(IMM_1, MONDAY_8 + SECOND, { state: 'running' });
    await world.clock.advance(MINUTE);
    expect(take('state')).toEqual([]);
  });
});
