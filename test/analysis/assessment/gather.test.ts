import { describe, expect, test } from 'vitest';
import type { KpisAnswer } from '../../../analysis/answers.ts';
import type { GatherRequest } from '../../../analysis/assessment/gather.ts';
import { ASSESSMENT_SETTINGS, type Evidence } from '../../../domain/assess/evidence.ts';
import { PINNED_KPIS } from '../../../domain/assess/pinned-kpis.ts';
import type { Equipment } from '../../../domain/assess/register.ts';
import type { Group } from '../../../domain/assess/rubric.ts';
import { pilot } from '../../domain/assess/pilot.ts';
import { openForTest } from '../../registry/open.ts';
import {
  DAY,
  HOUR,
  IMM_1,
  IMM_2,
  LATHE,
  MINUTE,
  MONDAY_8,
  machineOf,
  plantOfTwo,
  URUMQI_1,
} from '../plants.ts';
import { createTown, type Town } from './town.ts';

const WEEK = { from: MONDAY_8, to: MONDAY_8 + 7 * DAY };
const equipment = (id: string, machine: string | null, flags: Partial<Equipment> = {}): Equipment => ({
  ...{ id, name: id, machine, process: null, numericallyControlled: false, digital: false },
  ...{ key: false, shouldBeNetworked: true, ...flags },
});
const HAIDA = pilot({
  sites: ['acme/zhoushan'],
  equipment: [
    equipment('E1', IMM_1, { key: true }),
    equipment('E2', IMM_2),
    equipment('E3', null),
    equipment('E4', LATHE, { shouldBeNetworked: false }),
  ],
});
const asked = (over: Partial<GatherRequest> = {}): GatherRequest => ({
  pilot: HAIDA,
  windows: ['period'],
  settings: ASSESSMENT_SETTINGS,
  ...WEEK,
  ...over,
});

/** A week: one machine works every day, one on three days, the lathe is silent. Then Urumqi, on weekdays. */
async function busyTown(): Promise<Town> {
  const town = createTown();
  await town.works(IMM_1, [0, 1, 2, 3, 4, 5, 6]);
  await town.works(IMM_2, [0, 1, 2], 4);
  await town.works(URUMQI_1, [0, 1, 2, 3, 4, 5], 5);
  await town.clock.advance(7 * DAY + HOUR);
  return town;
}

const machineIn = ({ windows: [period] }: Evidence, path: string) => {
  const found = period?.machines.find((machine) => machine.path === path);
  if (!found) throw new Error(`no evidence of ${path}`);
  return found;
};
const groupIn = ({ windows: [period] }: Evidence, group: Group) =>
  period?.groups.find((one) => one.group === group);

/** Whether a figure may still change isn't pinned: it is that of the moment. */
const pinned = (figures: KpisAnswer['rows'][number]['figures'] = []) =>
  figures.map(({ finality: _, ...figure }) => figure);

describe('figures', () => {
  test('of all machines, and of each, are those of /kpis to the last digit, digest and revision', async () => {
    const { analysis } = await busyTown();
    await analysis.record();
    const evidence = await analysis.evidence.gather(asked());
    const question = {
      scope: 'acme/zhoushan',
      ...WEEK,
      asOf: evidence.asOf,
      kpis: PINNED_KPIS.map(({ id }) => id),
    };
    const whole = await analysis.kpis({ ...question, by: [] });
    expect(groupIn(evidence, 'registered')?.figures).toEqual(pinned(whole.rows[0]?.figures));
    const each = await analysis.kpis({ ...question, by: ['machine'] });
    expect(each.rows.map(({ key, figures }) => [key.machine, pinned(figures)])).toEqual(
      evidence.windows[0]?.machines.map(({ path, figures }) => [path, figures]),
    );
  });

  test('of a group of machines are those of the machines together', async () => {
    const { analysis } = await busyTown();
    const evidence = await analysis.evidence.gather(asked());
    expect(groupIn(evidence, 'key')).toMatchObject({
      machines: [IMM_1],
      figures: machineIn(evidence, IMM_1).figures.map(({ kpi, value }) => ({ kpi, value })),
    });
    expect(groupIn(evidence, 'should-be-networked')?.machines).toEqual([IMM_1, IMM_2]);
    expect(groupIn(evidence, 'heard')?.machines).toEqual([IMM_1, IMM_2]);
    expect(groupIn(evidence, 'registered')?.machines).toEqual([IMM_1, IMM_2, LATHE]);
    const [utilisation] = groupIn(evidence, 'heard')?.figures ?? [];
    const sum = (path: string) => machineIn(evidence, path).ms.running;
    expect(utilisation?.numerator).toBe(BigInt(sum(IMM_1) + sum(IMM_2)));
  });

  test('a group without machines has none', async () => {
    const { analysis } = await busyTown();
    const bare = { ...HAIDA, equipment: [] };
    const evidence = await analysis.evidence.gather(asked({ pilot: bare }));
    expect(groupIn(evidence, 'key')).toEqual({ group: 'key', machines: [], figures: [] });
  });

  test('from the recorded ledger and from facts they are the same, to the byte', async () => {
    const town = await busyTown();
    const fromFacts = await town.analysis.evidence.gather(asked({ windows: ['period', { lastDays: 3 }] }));
    await town.analysis.record();
    const request = asked({ windows: ['period', { lastDays: 3 }] });
    expect(await town.analysis.evidence.gather(request)).toEqual(fromFacts);
    expect(await town.unrecorded().evidence.gather(request)).toEqual(fromFacts);
    expect(await town.analysis.evidence.regather(again(fromFacts))).toEqual(fromFacts);
  });
});

/** The same machines of the same pilot once more. */
const again = (evidence: Evidence) => ({
  ...{ evidence, pilot: evidence.pilot },
  declared: (evidence.windows[0]?.machines ?? []).flatMap(({ path, declared }) => (declared ? [path] : [])),
});

describe('days', () => {
  test('are those with planned time, by the calendar of each site, and those heard', async () => {
    const { analysis } = await busyTown();
    const both = { ...HAIDA, sites: ['acme/zhoushan', 'acme/urumqi'] };
    const evidence = await analysis.evidence.gather(asked({ pilot: both }));
    const days = (path: string) => {
      const { scheduledDays, heardDays } = machineIn(evidence, path);
      return [scheduledDays, heardDays];
    };
    expect(days(IMM_1)).toEqual([7, 7]);
    expect(days(IMM_2)).toEqual([7, 3]);
    expect(days(LATHE)).toEqual([7, 0]);
    // Urumqi works Monday to Friday; that it was heard on Saturday too makes no sixth day.
    expect(days(URUMQI_1)).toEqual([5, 5]);
  });

  test('are production days, also those of 23 hours', async () => {
    const berlin = { path: 'acme/berlin', zone: 'Europe/Berlin', dayStart: 6 * 60 };
    const shift = { id: 'day', start: 360, end: 840, days: [1, 2, 3, 4, 5, 6, 7], breaks: [] };
    const path = 'acme/berlin/a/l/m';
    const plant = { sites: [{ ...berlin, shifts: [shift] }], machines: [machineOf(path)] };
    const from = Date.parse('2026-03-27T06:00:00+01:00');
    const town = createTown({ plant, start: from });
    // Saturday's day ends on Sunday at 06:00 of the new time, an hour early: the report lies just before it.
    await town.report(path, Date.parse('2026-03-29T05:59:59+02:00'), { state: 'off' });
    await town.report(path, Date.parse('2026-03-30T06:00:00+02:00'), { state: 'off' });
    await town.clock.advance(5 * DAY);
    const period = { from, to: Date.parse('2026-03-31T06:00:00+02:00') };
    const evidence = await town.analysis.evidence.gather(
      asked({ pilot: { ...HAIDA, sites: ['acme/berlin'], equipment: [] }, ...period }),
    );
    expect(machineIn(evidence, path)).toMatchObject({ scheduledDays: 4, heardDays: 2 });
    expect(evidence.zone).toBe('Europe/Berlin');
  });

  test('a window is the last days of the period', async () => {
    const { analysis } = await busyTown();
    const evidence = await analysis.evidence.gather(asked({ windows: ['period', { lastDays: 5 }] }));
    expect(evidence.windows[1]).toMatchObject({
      from: WEEK.to - 5 * DAY,
      to: WEEK.to,
      window: { lastDays: 5 },
    });
    const [, second] = evidence.windows[1]?.machines ?? [];
    expect(second).toMatchObject({ path: IMM_2, scheduledDays: 5, heardDays: 1 });
    const longer = await analysis.evidence.gather(asked({ windows: ['period', { lastDays: 90 }] }));
    expect(longer.windows[1]?.from).toBe(WEEK.from);
  });
});

describe('recorded days', () => {
  const states = (day: number): readonly [number, Record<string, string>][] => [
    [day * DAY + HOUR, { state: 'running' }],
    [day * DAY + 2 * HOUR, { state: 'down', reason: day % 2 === 0 ? '换模' : '' }],
    [day * DAY + 3 * HOUR, { state: 'running' }],
  ];
  const recordedTown = async () => {
    const machines = plantOfTwo.machines.filter(({ path }) => path === IMM_1 || path === IMM_2);
    const plant = { ...plantOfTwo, machines };
    const town = createTown({ plant, dayTallies: openForTest().dayTallies });
    for (const day of [0, 1, 2, 3, 4]) {
      for (const [at, signals] of states(day)) await town.report(IMM_2, MONDAY_8 + at, signals);
    }
    await town.works(IMM_1, [0, 2, 5]);
    await town.clock.advance(7 * DAY + HOUR);
    await town.analysis.record();
    return town;
  };
  const windows = ['period', { lastDays: 3 }] as const;

  test('give what the facts give, whole and cut', async () => {
    const town = await recordedTown();
    for (const span of [WEEK, { from: WEEK.from + 5 * HOUR, to: WEEK.to - 11 * HOUR }]) {
      const request = asked({ ...span, windows });
      const evidence = await town.analysis.evidence.gather(request);
      expect(evidence).toEqual(await town.unrecorded().evidence.gather(request));
      expect(evidence).toEqual(await town.analysis.evidence.regather(again(evidence)));
    }
  });

  test('are enough: no fact is read for whole days', async () => {
    const town = await recordedTown();
    const { facts, heardIn } = town.store;
    const forbidden = () => {
      throw new Error('facts were read');
    };
    Object.assign(town.store, { facts: forbidden, heardIn: forbidden });
    const pilot = { ...HAIDA, equipment: [] };
    const evidence = await town.analysis.evidence.gather(asked({ pilot, windows }));
    expect(machineIn(evidence, IMM_2).heardDays).toBe(5);
    expect(machineIn(evidence, IMM_2).stops).toEqual({ ms: 5 * HOUR, withReasonMs: 3 * HOUR });
    Object.assign(town.store, { facts, heardIn });
  });

  test('follow data that comes late, before and after the recorder has seen it', async () => {
    const town = await recordedTown();
    await town.report(IMM_2, MONDAY_8 + DAY + 2 * HOUR + 30 * MINUTE, { reason: '缺料' });
    await town.report(IMM_2, MONDAY_8 + 6 * DAY, { temperature: 3 });
    const expected = { heardDays: 6, stops: { ms: 5 * HOUR, withReasonMs: 3.5 * HOUR } };
    expect(machineIn(await town.analysis.evidence.gather(asked()), IMM_2)).toMatchObject(expected);
    await town.analysis.record();
    expect(machineIn(await town.analysis.evidence.gather(asked()), IMM_2)).toMatchObject(expected);
  });
});

describe('machines', () => {
  test('that equipment names are there although nobody ever heard of them, and in no figure of the plant', async () => {
    const { analysis } = await busyTown();
    const ghost = 'acme/zhoushan/moulding/line1/ghost';
    const named = { ...HAIDA, equipment: [...HAIDA.equipment, equipment('E9', ghost, { key: true })] };
    const evidence = await analysis.evidence.gather(asked({ pilot: named }));
    expect(machineIn(evidence, ghost)).toMatchObject({
      declared: false,
      lastHeard: null,
      heardDays: 0,
      signals: [],
    });
    expect(groupIn(evidence, 'registered')?.machines).not.toContain(ghost);
    expect(groupIn(evidence, 'key')?.machines).toEqual([ghost, IMM_1]);
  });

  test('tell when they were heard last, and every signal that they ever sent', async () => {
    const town = await busyTown();
    await town.report(IMM_1, MONDAY_8 - 90 * DAY, { power: 3.5 });
    const evidence = await town.analysis.evidence.gather(asked());
    expect(machineIn(evidence, IMM_1)).toMatchObject({
      lastHeard: MONDAY_8 + 6 * DAY + 8 * HOUR,
      signals: ['count', 'power', 'state'],
    });
    expect(machineIn(evidence, LATHE).lastHeard).toBeNull();
  });
});

describe('stop time', () => {
  const reports: readonly [minute: number, signals: Record<string, string>][] = [
    [0, { state: 'running' }],
    [60, { state: 'down' }],
    [70, { reason: '换模' }],
    [90, { state: 'running' }],
    [91, { state: 'blocked', reason: '缺料' }],
    [92, { state: 'running' }],
    [100, { state: 'starved' }],
    [110, { state: 'idle', reason: '等待' }],
    [130, { state: 'running' }],
  ];

  test('has a reason from when it is given; idle time is no stop', async () => {
    const town = createTown();
    for (const [minute, signals] of reports) await town.report(IMM_2, MONDAY_8 + minute * MINUTE, signals);
    await town.clock.advance(DAY);
    const period = { from: MONDAY_8, to: MONDAY_8 + 3 * HOUR };
    const evidence = await town.analysis.evidence.gather(asked(period));
    // Down 30, blocked 1 (a minor stop), starved 10; with a reason 20 and 1.
    expect(machineIn(evidence, IMM_2).stops).toEqual({ ms: 41 * MINUTE, withReasonMs: 21 * MINUTE });
  });

  test('keeps a reason that was given long before, however often the state is repeated', async () => {
    const town = createTown();
    await town.report(IMM_2, MONDAY_8, { state: 'down', reason: '大修' });
    for (let hour = 1; hour < 40 * 24; hour++) {
      await town.report(IMM_2, MONDAY_8 + hour * HOUR, { state: 'down' });
    }
    await town.clock.advance(41 * DAY);
    const period = { from: MONDAY_8 + HOUR, to: MONDAY_8 + 40 * DAY };
    const evidence = await town.analysis.evidence.gather(asked(period));
    const { ms, withReasonMs } = machineIn(evidence, IMM_2).stops;
    expect(ms).toBeGreaterThan(30 * DAY);
    expect(withReasonMs).toBe(ms);
  });

  test('of a machine that never gave a reason has none', async () => {
    const town = createTown();
    await town.report(IMM_2, MONDAY_8, { state: 'down' });
    await town.clock.advance(DAY);
    const evidence = await town.analysis.evidence.gather(asked({ to: MONDAY_8 + HOUR }));
    expect(machineIn(evidence, IMM_2).stops).toEqual({ ms: HOUR, withReasonMs: 0 });
  });
});

describe('is refused', () => {
  const refusals: readonly {
    readonly why: string;
    readonly over: Partial<GatherRequest>;
    readonly code: string;
    readonly message: RegExp;
  }[] = [
    {
      why: 'a period that goes on',
      over: { to: MONDAY_8 + 30 * DAY },
      code: 'period-invalid',
      message: /ends in the future \(2026-02-04/,
    },
    {
      why: 'a period that ends before it begins',
      over: { from: WEEK.to, to: WEEK.from },
      code: 'period-invalid',
      message: /not after its beginning/,
    },
    {
      why: 'an empty period',
      over: { to: WEEK.from },
      code: 'period-invalid',
      message: /not after its beginning/,
    },
    {
      why: 'a period of more than 400 days',
      over: { from: WEEK.to - 401 * DAY },
      code: 'period-invalid',
      message: /longer than 400 days/,
    },
    {
      why: 'a period whose observations are removed',
      over: { from: WEEK.from - 60 * DAY },
      code: 'period-invalid',
      // Retention ends within a day, and the site's next one begins at 08:00.
      message: /no longer kept .*; begin at \S+T00:00:00\.000Z \(\d{4}-\d\d-\d\d\) or later$/,
    },
    {
      why: 'a period of which all observations are removed',
      over: { from: WEEK.from - 60 * DAY, to: WEEK.from - 59 * DAY },
      code: 'period-invalid',
      message: /no longer kept .*; of this period no whole day is left$/,
    },
    {
      why: 'a period before anything was heard',
      over: { from: WEEK.from - 9 * DAY, to: WEEK.from - 2 * DAY },
      code: 'period-without-data',
      message: /no machine of pilot "haida" was heard from 2025-12-27/,
    },
    {
      why: 'sites without machines',
      over: { pilot: { ...HAIDA, sites: ['acme/nowhere'] } },
      code: 'scope-without-machines',
      message: /sites are acme\/nowhere/,
    },
  ];
  test.each(refusals)('$why', async ({ over, code, message }) => {
    const town = createTown({ keptSince: () => MONDAY_8 - 30 * DAY });
    await town.works(IMM_1, [0, 1]);
    await town.clock.advance(8 * DAY);
    await expect(town.analysis.evidence.gather(asked(over))).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });

  test('what was called off', async () => {
    const { analysis } = await busyTown();
    const reason = new Error('enough');
    await expect(analysis.evidence.gather(asked({ signal: AbortSignal.abort(reason) }))).rejects.toBe(reason);
  });
});
