import { describe, expect, it } from 'vitest';
import { QuestionRefused } from '../../analysis/port.ts';
import { HOUR, IMM_1, IMM_2, LATHE, MINUTE, MONDAY_8 } from './plants.ts';
import { createWorld } from './world.ts';

const refusal = async (answer: Promise<unknown>) => {
  const error = await answer.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(QuestionRefused);
  const { code, parameter } = error as QuestionRefused;
  return { code, parameter };
};

describe('one machine', () => {
  it('is shown with its signals and its settings', async () => {
    const { analysis, report } = createWorld();
    await report(IMM_1, MONDAY_8 - MINUTE, { state: 'running', count: 7n, order: 'A1', pressure: 1.5 });
    const detail = await analysis.machine(IMM_1);
    expect(detail).toMatchObject({ path: IMM_1, state: 'running', since: MONDAY_8 - MINUTE });
    expect(detail.config.idealCycleUs).toBe(12_500_000);
    const ts = MONDAY_8 - MINUTE;
    expect(detail.signals).toEqual([
      { name: 'count', unit: null, kind: 'counter', value: 7n, ts },
      { name: 'order', unit: null, kind: 'text', value: 'A1', ts },
      { name: 'pressure', unit: null, kind: 'gauge', value: 1.5, ts },
      { name: 'state', unit: null, kind: 'state', value: 'running', ts },
    ]);
  });

  it('is refused where nobody declared or heard it', async () => {
    const { analysis } = createWorld();
    const refused = { code: 'machine-not-found', parameter: 'machine' };
    const question = { from: MONDAY_8, to: MONDAY_8 + HOUR, machine: 'a/b/c/d/e' };
    expect(await refusal(analysis.machine('a/b/c/d/e'))).toEqual(refused);
    expect(await refusal(analysis.timeline(question))).toEqual(refused);
    expect(await refusal(analysis.signals({ ...question, signal: 'x', everyMs: null }))).toEqual(refused);
  });
});

describe('a timeline', () => {
  it('is contiguous, carries the last state in, and ends at asOf', async () => {
    const { analysis, report } = createWorld({ start: MONDAY_8 + HOUR });
    await report(IMM_2, MONDAY_8 - 3 * HOUR, { state: 'down', reason: 'mould' });
    await report(IMM_2, MONDAY_8 - HOUR, { state: 'down' });
    await report(IMM_2, MONDAY_8 + 20 * MINUTE, { state: 'running' });
    const answer = await analysis.timeline({ machine: IMM_2, from: MONDAY_8, to: MONDAY_8 + 3 * HOUR });
    expect(answer).toMatchObject({ from: MONDAY_8, to: MONDAY_8 + 3 * HOUR, asOf: MONDAY_8 + HOUR });
    expect(answer.intervals).toEqual([
      {
        from: MONDAY_8,
        to: MONDAY_8 + 20 * MINUTE,
        state: 'down',
        raw: 'down',
        reason: 'mould',
        source: 'observed',
      },
      {
        from: MONDAY_8 + 20 * MINUTE,
        to: MONDAY_8 + HOUR,
        state: 'running',
        raw: 'running',
        reason: null,
        source: 'observed',
      },
    ]);
  });

  it('is empty where the window lies in the future', async () => {
    const { analysis } = createWorld();
    const window = { from: MONDAY_8 + HOUR, to: MONDAY_8 + 2 * HOUR };
    expect((await analysis.timeline({ machine: IMM_1, ...window })).intervals).toEqual([]);
  });
});

describe('signals', () => {
  const window = { from: MONDAY_8, to: MONDAY_8 + HOUR };

  it('are given as observed, or in buckets', async () => {
    const { analysis, report } = createWorld();
    await report(LATHE, MONDAY_8, { load: 1 });
    await report(LATHE, MONDAY_8 + 1, { load: 3 });
    const question = { machine: LATHE, signal: 'load', ...window };
    expect((await analysis.signals({ ...question, everyMs: null })).points).toEqual([
      [MONDAY_8, 1],
      [MONDAY_8 + 1, 3],
    ]);
    expect((await analysis.signals({ ...question, everyMs: HOUR })).points).toEqual([[MONDAY_8, 1, 2, 3, 3]]);
  });

  it('are none in a window without data, and refused where the machine has no such signal', async () => {
    const { analysis, report } = createWorld();
    await report(LATHE, MONDAY_8 - 1, { load: 1 });
    const question = { machine: LATHE, ...window, everyMs: null };
    expect((await analysis.signals({ ...question, signal: 'load' })).points).toEqual([]);
    expect(await refusal(analysis.signals({ ...question, signal: 'torque' }))).toEqual({
      code: 'signal-not-found',
      parameter: 'signal',
    });
  });
});
