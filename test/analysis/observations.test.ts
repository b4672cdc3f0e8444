import { describe, expect, it } from 'vitest';
import type { ObservationPlace } from '../../analysis/answers.ts';
import { QuestionRefused } from '../../analysis/port.ts';
import { HOUR, IMM_1, IMM_2, MONDAY_8 } from './plants.ts';
import { createWorld } from './world.ts';

const span = { machine: IMM_1, from: MONDAY_8, to: MONDAY_8 + HOUR };

async function heard() {
  const world = createWorld();
  for (let second = -2; second < 40; second++) {
    await world.report(IMM_1, MONDAY_8 + second * 1000, { count: second + 2, temperature: second / 2 });
    if (second % 7 === 0) await world.report(IMM_1, MONDAY_8 + second * 1000, { state: 'running' });
  }
  await world.report(IMM_2, MONDAY_8, { count: 99 });
  return world;
}

describe('raw observations', () => {
  it.each([1, 2, 5, 1000])('are each on one page of %d, in the order of time and signal', async (limit) => {
    const { analysis } = await heard();
    const all: string[] = [];
    let after: ObservationPlace | null = null;
    do {
      const page = await analysis.observations({ ...span, signal: null, limit, after });
      expect(page.observations.length).toBeLessThanOrEqual(limit);
      if (page.next) expect(page.observations).toHaveLength(limit);
      all.push(
        ...page.observations.map(({ ts, signal, value }) => `${(ts - MONDAY_8) / 1000} ${signal} ${value}`),
      );
      after = page.next;
    } while (after);
    const wanted = Array.from({ length: 40 }, (_, second) => [
      `${second} count ${second + 2}`,
      ...(second % 7 === 0 ? [`${second} state running`] : []),
      `${second} temperature ${second / 2}`,
    ]);
    expect(all).toEqual(wanted.flat());
  });

  it('of one signal, and only in the half-open span', async () => {
    const { analysis } = await heard();
    const question = { ...span, to: MONDAY_8 + 2000, signal: 'count', limit: 10, after: null };
    const { observations, next } = await analysis.observations(question);
    expect(observations.map(({ value }) => value)).toEqual([2, 3]);
    expect(next).toBeNull();
  });

  it('of a machine or signal that nobody heard of are refused; of a machine never heard there are none', async () => {
    const { analysis } = await heard();
    const question = { ...span, signal: null, limit: 10, after: null };
    await expect(analysis.observations({ ...question, machine: 'a/b/c/d/e' })).rejects.toThrow(
      QuestionRefused,
    );
    await expect(analysis.observations({ ...question, signal: 'luck' })).rejects.toThrow(
      'has no signal "luck"; it reports count, state, temperature',
    );
    const never = { ...question, machine: 'acme/zhoushan/turning/line1/lathe-01' };
    expect(await analysis.observations(never)).toEqual({ observations: [], keptSince: null, next: null });
  });
});
