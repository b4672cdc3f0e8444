import { describe, expect, it } from 'vitest';
import { HOUR, IMM_1, IMM_2, LATHE, MINUTE, MONDAY_8, URUMQI_1 } from './plants.ts';
import { createWorld } from './world.ts';

const STRANGER = 'acme/zhoushan/moulding/line9/new-01';

describe('which machines are there', () => {
  it('says who was never heard, who is silent and since when, who is undeclared, and when they were heard first', async () => {
    const world = createWorld();
    const { analysis, clock } = world;
    await world.report(IMM_1, MONDAY_8 - HOUR, { state: 'running' });
    await world.report(IMM_1, MONDAY_8 - 30 * MINUTE, { temperature: 1 });
    await world.report(IMM_2, MONDAY_8 - 9 * HOUR, { state: 'running' });
    await world.report(STRANGER, MONDAY_8 - 2 * HOUR, { state: 'running' });
    await world.report(STRANGER, MONDAY_8 - MINUTE, { temperature: 2 });
    const all = await analysis.presence({ scope: '', filters: [] });
    expect(all.asOf).toBe(clock.now());
    expect(all.counts).toEqual({ declared: 4, undeclared: 1, silent: 1, neverHeard: 2 });
    expect(all.machines).toEqual([
      {
        ...{ path: URUMQI_1, declared: true, presence: 'never-heard', source: `source of ${URUMQI_1}` },
        ...{ firstHeard: null, lastHeard: null, silentSince: null },
      },
      {
        ...{ path: IMM_1, declared: true, presence: 'silent', source: `source of ${IMM_1}` },
        ...{ firstHeard: MONDAY_8 - HOUR, lastHeard: MONDAY_8 - 30 * MINUTE },
        silentSince: MONDAY_8 - 20 * MINUTE,
      },
      {
        // Its silence never becomes unknown.
        ...{ path: IMM_2, declared: true, presence: 'heard', source: `source of ${IMM_2}` },
        ...{ firstHeard: MONDAY_8 - 9 * HOUR, lastHeard: MONDAY_8 - 9 * HOUR, silentSince: null },
      },
      {
        ...{ path: STRANGER, declared: false, presence: 'heard', source: `source of ${STRANGER}` },
        ...{ firstHeard: MONDAY_8 - 2 * HOUR, lastHeard: MONDAY_8 - MINUTE, silentSince: null },
      },
      {
        ...{ path: LATHE, declared: true, presence: 'never-heard', source: `source of ${LATHE}` },
        ...{ firstHeard: null, lastHeard: null, silentSince: null },
      },
    ]);
  });

  it('gives those of any of the kinds that are asked for, and counts the scope', async () => {
    const world = createWorld();
    await world.report(IMM_1, MONDAY_8 - HOUR, { state: 'running' });
    await world.report(STRANGER, MONDAY_8 - MINUTE, { state: 'running' });
    const paths = async (scope: string, ...filters: ('undeclared' | 'silent' | 'never-heard')[]) =>
      (await world.analysis.presence({ scope, filters })).machines.map(({ path }) => path);
    expect(await paths('', 'undeclared')).toEqual([STRANGER]);
    expect(await paths('acme/zhoushan', 'silent', 'undeclared')).toEqual([IMM_1, STRANGER]);
    expect(await paths('acme/zhoushan/turning', 'never-heard')).toEqual([LATHE]);
    expect(await paths('acme/urumqi', 'silent')).toEqual([]);
    const { counts } = await world.analysis.presence({ scope: 'acme/zhoushan', filters: ['silent'] });
    expect(counts).toEqual({ declared: 3, undeclared: 1, silent: 1, neverHeard: 2 });
    await expect(paths('acme/nowhere')).rejects.toThrow('no machine lies in "acme/nowhere"');
  });
});
