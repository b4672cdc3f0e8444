import { describe, expect, it } from 'vitest';
import type { LedgerRow } from '../../analysis/answers.ts';
import { QuestionRefused } from '../../analysis/port.ts';
import type { LedgerSums } from '../../domain/ledger-row.ts';
import { addSums } from '../../domain/sums.ts';
import {
  DAY,
  HOUR,
  IMM_1,
  IMM_2,
  LATHE,
  MINUTE,
  MONDAY_8,
  machineOf,
  shanghai,
  URUMQI_1,
  urumqi,
} from './plants.ts';
import { createWorld } from './world.ts';

const UNDECLARED = 'acme/zhoushan/moulding/line9/new-01';
const MONDAY = { from: MONDAY_8, to: MONDAY_8 + DAY };

const sumMs = ({ ms }: LedgerSums): number => Object.values(ms).reduce((sum, part) => sum + part, 0);
const content = (row: LedgerSums): LedgerSums => {
  const { ms, runningUs, counts, quality, orders, failures, energyWh, flags } = row;
  return { ms, runningUs, counts, quality, orders, failures, energyWh, flags };
};

/** A day of three machines in two zones and one that nobody declared. */
async function aDay() {
  const world = createWorld({ start: MONDAY_8 + 2 * DAY });
  for (let minute = 0; minute < 24 * 60; minute += 5) {
    const ts = MONDAY_8 + minute * MINUTE;
    const count = minute * 4;
    await world.report(IMM_1, ts, { state: minute % 45 === 0 ? 'down' : 'running', count });
    await world.report(URUMQI_1, ts, { state: minute % 60 < 30 ? 'running' : 'idle', count });
    if (minute % 10 === 0) await world.report(UNDECLARED, ts, { state: 'running' });
  }
  await world.report(IMM_2, MONDAY_8 - DAY, { state: 'running' });
  return world;
}

describe('ledger rows', () => {
  it('account for every millisecond of each machine’s window', async () => {
    const { analysis } = await aDay();
    const { rows, asOf } = await analysis.ledger({ scope: '', ...MONDAY, by: ['machine'] });
    expect(asOf).toBe(MONDAY_8 + 2 * DAY);
    expect(rows.map(({ key }) => key)).toEqual(
      [IMM_1, IMM_2, LATHE, URUMQI_1, UNDECLARED].sort().map((machine) => ({ machine })),
    );
    for (const row of rows) expect(sumMs(row)).toBe(DAY);
    const of = (path: string) => rows.find(({ key }) => key.machine === path) as LedgerRow;
    // 12 h + 12 h shifts without the break of 45 min; a stop of 5 min each 45 min is a breakdown.
    expect(of(IMM_1).ms).toMatchObject({ breakdown: 31 * 5 * MINUTE, unknown: 0, notScheduled: 0 });
    expect(of(IMM_2).ms).toMatchObject({ running: DAY - 45 * MINUTE, extra: 45 * MINUTE });
    expect(of(LATHE).ms).toMatchObject({ unknown: DAY - 45 * MINUTE, plannedStop: 45 * MINUTE });
    expect(of(URUMQI_1).ms.notScheduled + of(URUMQI_1).ms.extra).toBe(16 * HOUR);
    expect(of(UNDECLARED).flags).toContain('undeclared');
    expect(of(UNDECLARED).ms.notScheduled).toBe(0);
  });

  it.each([
    { by: ['site'] as const },
    { by: ['area', 'line'] as const },
    { by: ['shift'] as const },
    { by: ['machine', 'shift'] as const },
    { by: ['day', 'hour'] as const, zone: 'Asia/Shanghai' },
    { by: ['day', 'shift'] as const, zone: 'Asia/Urumqi' },
  ])('grouped by $by add up to the whole', async ({ by, zone }) => {
    const { analysis } = await aDay();
    const window = { from: MONDAY_8 + 20 * MINUTE, to: MONDAY_8 + 26 * HOUR };
    const whole = await analysis.ledger({ scope: '', ...window, by: [] });
    const parts = await analysis.ledger({ scope: '', ...window, by, ...(zone && { zone }) });
    expect(whole.rows).toHaveLength(1);
    expect(content(addSums(parts.rows))).toEqual(content(whole.rows[0] as LedgerRow));
    const dimensions = ['site', 'area', 'line', 'machine', 'day', 'shift', 'hour'] as const;
    for (const { key } of parts.rows) {
      expect(Object.keys(key)).toEqual(dimensions.filter((one) => (by as readonly string[]).includes(one)));
    }
  });

  it('end at asOf, and know nothing of what was observed later', async () => {
    const { analysis } = await aDay();
    const asOf = MONDAY_8 + 90 * MINUTE;
    const { rows } = await analysis.ledger({ scope: IMM_1, ...MONDAY, by: ['day'], asOf });
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ key: { day: '2026-01-05' }, from: MONDAY_8, to: asOf });
    expect(sumMs(rows[0] as LedgerRow)).toBe(90 * MINUTE);
    expect(rows[0]?.counts.produced).toBe(85 * 4);
    expect(rows[0]?.flags).toContain('provisional');
    const whole = await analysis.ledger({ scope: IMM_1, from: MONDAY_8, to: asOf, by: ['day'], asOf });
    expect(whole.rows[0]).toMatchObject({ digest: rows[0]?.digest, ms: rows[0]?.ms });
    expect(whole.rows[0]?.flags).not.toContain('provisional');
  });

  it('are zero where nothing of the window has passed', async () => {
    const { analysis } = createWorld();
    const { rows } = await analysis.ledger({ scope: 'acme/zhoushan', ...MONDAY, by: ['machine', 'day'] });
    expect(rows.map(({ key }) => key.machine)).toEqual([IMM_1, IMM_2, LATHE]);
    for (const row of rows) {
      expect(row).toMatchObject({ from: MONDAY_8, to: MONDAY_8, key: { day: '2026-01-05' } });
      expect(sumMs(row)).toBe(0);
    }
  });
});

describe('questions that can’t be answered as asked', () => {
  const refused = async (question: Parameters<ReturnType<typeof createWorld>['analysis']['ledger']>[0]) => {
    const { analysis } = await aDay();
    const error = await analysis.ledger(question).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(QuestionRefused);
    const { code, parameter } = error as QuestionRefused;
    return `${code} ${parameter}`;
  };

  it('say why', async () => {
    const whole = { scope: '', ...MONDAY };
    expect(await refused({ ...whole, scope: 'acme/zhou', by: [] })).toBe('scope-not-found scope');
    expect(await refused({ ...whole, by: ['day'] })).toBe('zone-needed zone');
    expect(await refused({ ...whole, by: ['hour'] })).toBe('zone-needed zone');
    expect(await refused({ scope: '', from: 0, to: MONDAY_8, by: ['machine', 'hour'], zone: 'UTC' })).toBe(
      'span-too-large to',
    );
  });

  it('are refused where one machine alone would hold up everybody', async () => {
    const century = { from: MONDAY_8 - 36_500 * 86_400_000, to: MONDAY_8 };
    expect(await refused({ scope: IMM_1, ...century, by: ['hour'] })).toBe('span-too-large to');
  });

  it('are refused where they are to be proved, too', async () => {
    const { analysis } = await aDay();
    const years = { scope: IMM_1, from: MONDAY_8 - 3650 * 86_400_000, to: MONDAY_8, by: ['hour'] as const };
    const kpis = Array.from({ length: 25 }, (_, place) => `kpi-${place}`);
    const refusal = await analysis.proof.verify({ ...years, kpis }).catch((reason: unknown) => reason);
    expect(refusal).toMatchObject({ code: 'span-too-large' });
  });
});

describe('figures', () => {
  it('carry the row’s proof, and nothing where they lack something', async () => {
    const { analysis } = await aDay();
    const question = { scope: 'acme/zhoushan', ...MONDAY, by: ['machine'] as const };
    const ledger = (await analysis.ledger(question)).rows;
    const { rows } = await analysis.kpis({ ...question, kpis: ['oee', 'utilisation'] });
    expect(rows.map(({ key }) => key)).toEqual(ledger.map(({ key }) => key));
    const [imm1] = rows;
    expect(imm1?.figures.map(({ kpi }) => kpi)).toEqual(['oee', 'utilisation']);
    for (const figure of imm1?.figures ?? []) {
      expect(figure).toMatchObject({ revision: 1, digest: ledger[0]?.digest, notAssessable: false });
      expect(figure.value).toBe(Number(figure.numerator) / Number(figure.denominator));
    }
    const lathe = rows.find(({ key }) => key.machine === LATHE);
    // Never heard: only its break is known time, in which nothing ran.
    expect(lathe?.figures).toMatchObject([
      { kpi: 'oee', value: null, notAssessable: true, coverage: 0 },
      { kpi: 'utilisation', value: 0, low: 0, high: 1 - 45 / (24 * 60), notAssessable: true, coverage: 0 },
    ]);
    expect(lathe?.figures[0]?.flags).toContain('no-ideal-cycle');
  });

  it('of a group are judged by its strictest machine', async () => {
    const plant = {
      sites: [shanghai, urumqi],
      machines: [machineOf(IMM_1, { coverageFloor: 0.1 }), machineOf(LATHE, { coverageFloor: 0.6 })],
    };
    const world = createWorld({ plant, start: MONDAY_8 + 2 * DAY });
    for (let minute = 0; minute < 24 * 60; minute += 5) {
      await world.report(IMM_1, MONDAY_8 + minute * MINUTE, { state: 'running' });
    }
    const ask = async (scope: string) => {
      const { rows } = await world.analysis.kpis({ scope, ...MONDAY, by: [], kpis: ['utilisation'] });
      return rows[0]?.figures[0];
    };
    expect(await ask(IMM_1)).toMatchObject({ notAssessable: false, value: 1 });
    expect(await ask('acme')).toMatchObject({ notAssessable: true, coverage: 0.5 });
  });

  it('of an unknown name are an error that lists the known ones', async () => {
    const { analysis } = await aDay();
    const question = { scope: '', ...MONDAY, by: [], kpis: ['speed'] };
    await expect(analysis.kpis(question)).rejects.toThrow(/no KPI "speed".*utilisation/);
  });
});
