import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Folder, type Json, newFolder, type Service, settled, startService } from './kaidong.ts';
import { connectPublisher } from './publisher.ts';

/*
 * A Monday of three machines, published over MQTT and worked out by hand from the semantics.
 *
 *   imm-01, day shift, minutes                 imm-01, night shift
 *   08:00 idle (carry-in of 07:30)     30      20:00 blocked, between running     1  minor stop
 *   08:30 setup                        30      20:01 running                    119
 *   09:00 running                      60      22:00 starved                     30  delay
 *   10:00 down, between running       1.5      22:30 running                     60
 *   10:01:30 running                 58.5      23:30 held                        15  delay
 *   11:00 down                         20      23:45 running                     45
 *   11:20 running                      40      00:30 off                        210  idle
 *   12:00 running in the break         10      04:00 planned-stop                60
 *   12:10 idle in the break            35      05:00 off                        180  idle
 *   12:45 idle                         15
 *   13:00 running                     180
 *   16:00 silent for 2 h since 14:00   60  unknown
 *   17:00 running                     180
 */
const CONFIG = `
sites:
  - path: acme/zhoushan
    zone: Asia/Shanghai
    dayStart: "08:00"
    shifts:
      - { id: day, start: "08:00", end: "20:00", days: [1, 2, 3, 4, 5, 6], breaks: [{ start: "12:00", end: "12:45" }] }
      - { id: night, start: "20:00", end: "08:00", days: [1, 2, 3, 4, 5, 6] }
machines:
  - { path: acme/zhoushan/moulding/line1/imm-01, idealCycleMs: 30000, minorStopMs: 120000, maxSilenceMs: 7200000 }
  - { path: acme/zhoushan/moulding/line1/imm-02, maxSilenceMs: null }
http: { port: 0 }
broker: { port: 0 }
`;
const IMM_1 = 'acme/zhoushan/moulding/line1/imm-01';
const IMM_2 = 'acme/zhoushan/moulding/line1/imm-02';
const LATHE = 'beta/plant/turning/line9/lathe';
const MIN = 60_000;

/** A moment of the Monday in Shanghai, or of the Tuesday after `24:00`. */
function at(clock: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number);
  return Date.UTC(2026, 2, 1, 16) + Math.round((hours * 3600 + minutes * 60 + seconds) * 1000);
}

const state = (clock: string, word: string, more: object = {}) => ({ ts: at(clock), state: word, ...more });
const HEARD: readonly [machine: string, payload: object][] = [
  ...[
    state('07:30', 'idle', { count: 1000, reject: 10 }),
    state('08:30', 'setup'),
    state('09:00', 'running', { count: 1000 }),
    state('10:00', 'down', { reason: 'jam' }),
    state('10:01:30', 'running', { count: 1100, reject: 15 }),
    state('11:00', 'down'),
    state('11:20', 'running'),
    { ts: at('12:09'), count: 1150, reject: 15 },
    state('12:10', 'idle'),
    state('13:00', 'running'),
    { ts: at('14:00'), count: 1300, reject: 20 },
    { ts: at('17:00'), count: 1500, reject: 20 },
    { ts: at('18:30'), count: 1560, reject: 24 },
    { ts: at('19:59:59.999'), count: 1600 },
    state('20:00', 'blocked'),
    state('20:01', 'running'),
    { ts: at('21:30'), count: 1650, reject: 30 },
    state('22:00', 'starved'),
    state('22:30', 'running'),
    state('23:30', 'held'),
    state('23:45', 'running', { count: 1700 }),
    state('24:30', 'off', { count: 20, reject: 1 }),
    ...['26:00', '27:30', '30:30', '32:00', '33:00'].map((clock) => ({ ts: at(clock), temperature: 21.5 })),
    state('28:00', 'planned-stop'),
    state('29:00', 'off'),
  ].map((payload): [string, object] => [IMM_1, payload]),
  [IMM_2, state('07:00', 'running')],
  [LATHE, state('08:00', 'running', { count: 5 })],
  [LATHE, state('08:05', 'down', { count: 9 })],
  [LATHE, state('08:15', 'running', { count: 12, reject: 0 })],
  [LATHE, state('08:25', 'running')],
];

let folder: Folder;
let platform: Service;
beforeAll(async () => {
  folder = newFolder();
  writeFileSync(folder.file('kaidong.yaml'), CONFIG);
  platform = await startService({ cwd: folder.path, args: ['--config', 'kaidong.yaml'] });
  await using publisher = await connectPublisher(platform.mqtt);
  // Out of order, and every third one twice: neither may matter.
  const order = HEARD.map((_, n) => (n * 13) % HEARD.length);
  expect(new Set(order).size).toBe(HEARD.length);
  for (const n of order) {
    const [machine, payload] = HEARD[n]!;
    await publisher.publish(`kaidong/v1/${machine}`, payload);
    if (n % 3 === 0) await publisher.publish(`kaidong/v1/${machine}`, payload);
  }
  await settled(platform);
});
afterAll(async () => {
  await platform[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

async function ask(path: string, query: Record<string, string | number>): Promise<Json> {
  const { status, body } = await platform.get(`/api/v1${path}?${new URLSearchParams(query as never)}`);
  expect([status, body]).toEqual([200, body]);
  return body;
}

const NONE = { notScheduled: 0, plannedStop: 0, extra: 0, running: 0, changeover: 0, breakdown: 0 };
const ZERO = { ...NONE, delay: 0, minorStop: 0, idle: 0, unknown: 0 };
const minutes = (classes: Partial<typeof ZERO>) => ({
  ...ZERO,
  ...Object.fromEntries(Object.entries(classes).map(([name, span]) => [name, Math.round(span * MIN)])),
});

const DAY = minutes({
  idle: 45,
  changeover: 30,
  running: 518.5,
  minorStop: 1.5,
  breakdown: 20,
  extra: 10,
  plannedStop: 35,
  unknown: 60,
});
const NIGHT = minutes({ minorStop: 1, running: 224, delay: 45, idle: 390, plannedStop: 60 });
const whole = { from: at('08:00'), to: at('32:00'), asOf: at('33:00') };

describe('the ledger', () => {
  test('by machine and shift, to the millisecond and the piece', async () => {
    const { rows } = await ask('/ledger', { ...whole, scope: IMM_1, by: 'machine,shift' });
    const byShift = new Map<string, Json>(rows.map((row: Json) => [row.key.shift, row]));
    expect([...byShift.keys()].sort()).toEqual(['day', 'night']);
    const [day, night] = [byShift.get('day'), byShift.get('night')];
    expect(day).toMatchObject({
      key: { machine: IMM_1, shift: 'day' },
      ms: DAY,
      counts: { produced: 350, good: 336, reject: 14, duringUnknown: 200 },
      runningUs: { productive: 10_080_000_000, rejectLoss: 420_000_000, speedLoss: 20_610_000_000 },
    });
    expect(night).toMatchObject({
      key: { machine: IMM_1, shift: 'night' },
      ms: NIGHT,
      counts: { produced: 120, good: 113, reject: 7, duringUnknown: 0 },
      runningUs: { productive: 3_390_000_000, rejectLoss: 210_000_000, speedLoss: 9_840_000_000 },
    });
    for (const row of rows) {
      expect(Object.keys(row.key).sort()).toEqual(['machine', 'shift']);
      expect(row.digest).toMatch(/^[0-9a-f]{64}$/);
      expect(row.flags).not.toContain('undeclared');
    }
  });

  test('shifts, hours and days add up to the same whole', async () => {
    const sum = (parts: readonly Record<string, number>[]) =>
      Object.fromEntries(
        Object.keys(ZERO).map((name) => [name, parts.reduce((all, part) => all + part[name]!, 0)]),
      );
    const [row] = (await ask('/ledger', { ...whole, scope: IMM_1, by: 'machine' })).rows;
    expect(row.ms).toEqual(sum([DAY, NIGHT]));
    for (const by of ['hour', 'shift', 'day', 'line,hour', 'area', 'site,day,shift']) {
      const { rows } = await ask('/ledger', { ...whole, scope: IMM_1, by });
      expect([by, sum(rows.map((part: Json) => part.ms))]).toEqual([by, row.ms]);
      const produced = rows.reduce((all: number, part: Json) => all + part.counts.produced, 0);
      expect([by, produced]).toEqual([by, 470]);
    }
    const { rows: days } = await ask('/ledger', { ...whole, scope: IMM_1, by: 'day' });
    expect(days.map((day: Json) => day.key)).toEqual([{ day: '2026-03-02' }]);
  });

  test('hours are those of the clock on the wall', async () => {
    const { rows } = await ask('/ledger', { ...whole, scope: IMM_1, by: 'hour' });
    expect(rows).toHaveLength(24);
    const hour = (clock: string) => rows.find((row: Json) => Date.parse(row.from) === at(clock)).ms;
    expect(hour('12:00')).toEqual(minutes({ extra: 10, plannedStop: 35, idle: 15 }));
    expect(hour('16:00')).toEqual(minutes({ unknown: 60 }));
    expect(hour('10:00')).toEqual(minutes({ running: 58.5, minorStop: 1.5 }));
    expect(hour('20:00')).toEqual(minutes({ minorStop: 1, running: 59 }));
  });

  test('a line is the sum of its machines; Sunday is outside shifts, and running there is extra', async () => {
    const [line] = (await ask('/ledger', { ...whole, scope: 'acme/zhoushan', by: 'line' })).rows;
    expect(line.key).toEqual({ line: 'acme/zhoushan/moulding/line1' });
    expect(line.ms.running).toBe((518.5 + 224 + 675 + 720) * MIN);
    expect(line.ms.extra).toBe((10 + 45) * MIN);
    const sunday = { from: at('08:00') - 24 * 60 * MIN, to: at('08:00'), asOf: at('33:00') };
    const { rows } = await ask('/ledger', { ...sunday, scope: IMM_2, by: 'machine,shift' });
    expect(rows).toMatchObject([
      { key: { machine: IMM_2, shift: null }, ms: minutes({ notScheduled: 23 * 60, extra: 60 }) },
    ]);
  });

  test('an undeclared machine is accounted with the defaults', async () => {
    const span = { from: at('08:00'), to: at('09:00'), asOf: at('09:00') };
    const [row] = (await ask('/ledger', { ...span, scope: LATHE, by: 'machine' })).rows;
    // Silent since 08:25, unknown ten minutes later.
    expect(row).toMatchObject({
      ms: minutes({ running: 25, breakdown: 10, unknown: 25 }),
      runningUs: null,
      counts: { produced: 7, good: 7, reject: 0, duringUnknown: 0 },
    });
    expect(row.flags).toContain('undeclared');
  });

  test('asOf is all that was known then: an open stop is judged on its length so far', async () => {
    const row = async (clock: string): Promise<Json> =>
      (
        await ask('/ledger', {
          from: at('09:00'),
          to: at('20:00'),
          asOf: at(clock),
          scope: IMM_1,
          by: 'machine',
        })
      ).rows[0];
    const open = await row('10:00:45');
    expect(open.ms).toEqual(minutes({ running: 60, minorStop: 0.75 }));
    expect(open.flags).toContain('provisional');
    expect((await row('11:10')).ms).toEqual(minutes({ running: 118.5, minorStop: 1.5, breakdown: 10 }));
    const silentOneHour = await row('15:00');
    expect(silentOneHour.ms.unknown).toBe(0);
    expect((await row('16:30')).ms.unknown).toBe(30 * MIN);
  });
});

test("the timeline is contiguous and clipped, begins with the state before it, and keeps the source's words", async () => {
  const { intervals } = await ask('/timeline', {
    machine: IMM_1,
    from: at('08:00'),
    to: at('20:00'),
    asOf: at('33:00'),
  });
  const merged: [from: number, state: string][] = [];
  let end = at('08:00');
  for (const interval of intervals) {
    expect(Date.parse(interval.from)).toBe(end);
    end = Date.parse(interval.to);
    if (merged.at(-1)?.[1] !== interval.state) merged.push([Date.parse(interval.from), interval.state]);
  }
  expect(end).toBe(at('20:00'));
  expect(merged).toEqual([
    [at('08:00'), 'idle'],
    [at('08:30'), 'setup'],
    [at('09:00'), 'running'],
    [at('10:00'), 'down'],
    [at('10:01:30'), 'running'],
    [at('11:00'), 'down'],
    [at('11:20'), 'running'],
    [at('12:10'), 'idle'],
    [at('13:00'), 'running'],
    [at('16:00'), 'unknown'],
    [at('17:00'), 'running'],
  ]);
  expect(intervals.find((one: Json) => one.state === 'down')).toMatchObject({ reason: 'jam', raw: 'down' });
  expect(intervals.find((one: Json) => one.state === 'running').reason).toBeNull();
});

describe('the figures', () => {
  const figures = async (query: Record<string, string | number>) => {
    const { rows } = await ask('/kpis', query);
    return new Map<string, Map<string, Json>>(
      rows.map((row: Json) => [
        row.key.shift ?? 'all',
        new Map(row.figures.map((one: Json) => [one.kpi, one])),
      ]),
    );
  };

  test('value from known time, bounds from the unknown, integers that give the value', async () => {
    const shifts = await figures({ ...whole, scope: IMM_1, by: 'shift' });
    const day = shifts.get('day')!;
    const [apt, pot, pbt, unknown] = [518.5, 710, 675, 60];
    expect(day.get('utilisation')).toMatchObject({
      value: apt / (pot - unknown),
      low: apt / pot,
      high: (apt + unknown) / pot,
      numerator: apt * MIN,
      denominator: (pot - unknown) * MIN,
      notAssessable: false,
    });
    expect(day.get('availability')).toMatchObject({
      value: (apt * MIN) / ((pbt - unknown) * MIN),
      low: (apt * MIN) / (pbt * MIN),
      high: ((apt + unknown) * MIN) / (pbt * MIN),
      coverage: (pbt - unknown) / pbt,
    });
    expect(day.get('effectiveness')).toMatchObject({ value: 10.5 / 31.11, low: null, high: null });
    expect(day.get('quality-ratio')).toMatchObject({
      value: 336 / 350,
      low: null,
      high: null,
      numerator: 336,
      denominator: 350,
    });
    expect(day.get('oee')).toMatchObject({
      value: 10.08 / 36.9,
      low: 10.08 / 40.5,
      high: (10.08 + 3.6) / 40.5,
    });
    for (const figure of [...day.values(), ...shifts.get('night')!.values()]) {
      // Nothing is told of orders, rework or energy here: those figures are null, and say so.
      const value = figure.denominator ? figure.numerator / figure.denominator : null;
      expect([figure.kpi, figure.value]).toEqual([figure.kpi, value]);
      if (value === null) expect(figure.flags.some((flag: string) => flag.startsWith('no-'))).toBe(true);
      expect(figure).toMatchObject({
        digest: expect.stringMatching(/^[0-9a-f]{64}$/),
        revision: expect.any(Number),
      });
      expect(figure.formulaVersion).toMatch(/\d/);
    }
    const product = ['availability', 'effectiveness', 'quality-ratio'].reduce(
      (p, kpi) => p * day.get(kpi).value,
      1,
    );
    expect(Math.abs(product - day.get('oee').value)).toBeLessThan(1e-12);
  });

  test('without unknown time the bounds close on the value', async () => {
    const night = (await figures({ ...whole, scope: IMM_1, by: 'shift' })).get('night')!;
    expect(night.get('availability')).toMatchObject({
      value: 224 / 660,
      low: 224 / 660,
      high: 224 / 660,
      coverage: 1,
    });
    expect(night.get('quality-ratio')).toMatchObject({ value: 113 / 120, low: 113 / 120, high: 113 / 120 });
    expect(night.get('oee')).toMatchObject({ value: 3.39 / 39.6 });
  });

  test('below the coverage floor a figure is not assessable', async () => {
    const span = { from: at('15:00'), to: at('17:00'), asOf: at('33:00') };
    const figure = (await figures({ ...span, scope: IMM_1, by: 'machine' })).get('all')!.get('availability');
    expect(figure).toMatchObject({ coverage: 0.5, value: 1, low: 0.5, high: 1, notAssessable: true });
  });

  test('a figure without what it needs is null, and a flag says what is missing', async () => {
    const own = (await figures({ ...whole, scope: IMM_2, by: 'machine' })).get('all')!;
    for (const kpi of ['oee', 'effectiveness', 'quality-ratio']) {
      expect(own.get(kpi)).toMatchObject({
        value: null,
        flags: expect.arrayContaining([kpi === 'quality-ratio' ? 'no-pieces' : 'no-ideal-cycle']),
      });
    }
    expect(own.get('availability').value).toBe(1);
  });

  test('only the asked ones, in the order of the catalogue; a wrong one gets 400 and the allowed ones', async () => {
    const { rows } = await ask('/kpis', { ...whole, scope: IMM_1, by: 'machine', kpi: 'oee,utilisation' });
    expect(rows[0].figures.map((figure: Json) => figure.kpi).sort()).toEqual(['oee', 'utilisation']);
    const wrong = await platform.get(`/api/v1/kpis?scope=acme&from=0&to=1&by=machine&kpi=ooo`);
    expect(wrong).toMatchObject({
      status: 400,
      body: { errors: [{ in: 'query', name: 'kpi', allowed: expect.arrayContaining(['oee']) }] },
    });
  });
});

test('after a restart, and once recorded, every answer is the same', async () => {
  const query = { ...whole, scope: 'acme', by: 'machine,hour' };
  const before = await ask('/ledger', query);
  await platform.stop();
  platform = await startService({ cwd: folder.path, args: ['--config', 'kaidong.yaml'] });
  expect(await ask('/ledger', query)).toEqual(before);
});
