import { describe, expect, test } from 'vitest';
import { digestOf } from '../../../analysis/digest.ts';
import { assess } from '../../../domain/assess/assess.ts';
import type { Assessment } from '../../../domain/assess/assessment.ts';
import type { Evidence } from '../../../domain/assess/evidence.ts';
import { assessmentJson, rubricJson } from '../../../domain/assess/json.ts';
import type { Rubric } from '../../../domain/assess/rubric.ts';
import { openForTest } from '../../registry/open.ts';
import { DAY, HOUR, IMM_1, IMM_2, LATHE, MINUTE } from '../plants.ts';
import { openBureau, SHIPPED, WEEK } from './bureau.ts';
import type { Town } from './town.ts';

const ASKED = { pilot: 'haida', rubric: 'utilisation', ...WEEK };
const RUBRIC = SHIPPED.find(({ id }) => id === 'utilisation') as Rubric;

/** Says what nothing repeats by itself. */
async function saysOn(town: Town, machine: string, day: number): Promise<void> {
  let seed = 7;
  let at = WEEK.from + day * DAY;
  for (let index = 0; index < 60; index++) {
    seed = (seed * 48_271) % 2_147_483_647;
    at += MINUTE + (seed % (2 * MINUTE));
    await town.report(machine, at, { state: index % 2 === 0 ? 'running' : 'idle' });
  }
}

/** Says on one day what nothing repeats by itself, and word by word the same a day later. */
async function openReplayed() {
  const bureau = await openBureau(openForTest(), { silent: [IMM_2] });
  for (const day of [3, 4]) await saysOn(bureau.town, IMM_2, day);
  return bureau;
}

const gradeOf = ({ evidence }: Assessment, path: string) =>
  evidence.plausibility?.machines.find(({ machine }) => machine === path);

const without = ({ plausibility: _plausibility, ...evidence }: Evidence): Evidence => evidence;
const made = (evidence: Evidence): Assessment =>
  assess({ evidence, entries: [], rubric: RUBRIC, rubricDigest: digestOf(rubricJson.text(RUBRIC)) });

const differing = async ({ desk }: Awaited<ReturnType<typeof openBureau>>, report: Assessment) =>
  (await desk.verify(report))
    .filter(({ outcome }) => outcome === 'differs')
    .map(({ group, kpi }) => `${group} ${kpi}`);

describe('a day that was sent again', () => {
  test('lowers the grade of its machine and of the pilot, and says why beside whatever it measured', async () => {
    const { desk } = await openReplayed();
    const { assessment } = await desk.assess(ASKED);
    expect(gradeOf(assessment, IMM_2)).toMatchObject({
      grade: 'C',
      findings: [expect.objectContaining({ check: 'replayed-segment', evidence: expect.anything() })],
    });
    expect(gradeOf(assessment, IMM_1)).toMatchObject({ grade: 'A', findings: [] });
    expect(assessment.evidence.plausibility).toMatchObject({ grade: 'C', close: WEEK });
    const lowered = assessment.findings.filter((finding) => finding.lowered);
    expect(lowered.length).toBeGreaterThan(0);
    for (const finding of lowered) {
      expect(finding.lowered).toMatchObject({ grade: 'C', machines: [IMM_2] });
      expect(finding.lowered?.because.zh).toContain('重放的数据段');
      expect(finding.lowered?.because.en).toContain('Replayed segment');
    }
  });

  test('changes no score: without grades everything else is the same', async () => {
    const { desk } = await openReplayed();
    const { assessment } = await desk.assess(ASKED);
    const bare = made(without(assessment.evidence));
    expect(bare.scores).toEqual(assessment.scores);
    expect(bare.level).toEqual(assessment.level);
    expect(bare.findings).toEqual(assessment.findings.map(({ lowered: _lowered, ...finding }) => finding));
    expect(assessmentJson.text(bare)).not.toMatch(/"plausibility"|"lowered"/);
  });

  test('is found again from facts alone, when it is verified', async () => {
    const bureau = await openReplayed();
    const { assessment } = await bureau.desk.assess(ASKED);
    const verified = await bureau.desk.verify(assessmentJson.parse(assessmentJson.text(assessment)));
    expect(verified.filter(({ same }) => !same)).toEqual([]);
    expect(verified.filter(({ kpi }) => kpi === 'evidence-grade').map(({ group }) => group)).toEqual([
      'report',
      IMM_1,
      IMM_2,
      LATHE,
    ]);
  });
});

describe('however long the period is', () => {
  /** A year of three machines: more than is looked at closely, which begins after a month. */
  const YEAR = { from: WEEK.from, to: WEEK.from + 365 * DAY };
  test('what was sent again before the close look is found, under its own name and another, and found again from facts alone', async () => {
    const { town, desk } = await openBureau(openForTest(), {
      silent: [IMM_2],
      start: WEEK.from + 358 * DAY,
    });
    for (const [machine, day] of [
      [IMM_2, 3],
      [IMM_2, 20],
      [LATHE, 25],
    ] as const)
      await saysOn(town, machine, day);
    await town.analysis.record();
    const { assessment } = await desk.assess({ ...ASKED, ...YEAR });
    const looked = assessment.evidence.plausibility;
    expect(looked?.compared).toEqual(YEAR);
    expect(looked?.close.from).toBeGreaterThan(WEEK.from + 30 * DAY);
    expect(gradeOf(assessment, IMM_1)).toMatchObject({ grade: 'A' });
    expect(gradeOf(assessment, IMM_2)).toMatchObject({
      grade: 'C',
      findings: [{ check: 'replayed-segment', evidence: { shiftMs: 17 * DAY } }],
    });
    expect(gradeOf(assessment, LATHE)).toMatchObject({
      grade: 'C',
      findings: [{ check: 'copied-stream', evidence: { otherMachine: IMM_2, shiftMs: 22 * DAY } }],
    });
    const kept = assessmentJson.parse(assessmentJson.text(assessment));
    expect((await desk.verify(kept)).filter(({ same }) => !same)).toEqual([]);
  });
});

describe('a day that was sent again with other counts, before the close look', () => {
  const YEAR = { from: WEEK.from, to: WEEK.from + 365 * DAY };

  /** The same states at other counts, on the third day and, with noise, on the twentieth. */
  async function openNoisy() {
    const bureau = await openBureau(openForTest(), { silent: [IMM_2], start: WEEK.from + 358 * DAY });
    for (const [day, grows] of [
      [3, 3],
      [20, 5],
    ] as const) {
      await saysOn(bureau.town, IMM_2, day);
      for (let step = 0; step < 40; step++) {
        const at = WEEK.from + day * DAY + step * (2 * MINUTE + 1000 * grows);
        await bureau.town.report(IMM_2, at, { count: 1000 + 10 * day + grows * step });
      }
    }
    await bureau.town.analysis.record();
    const { assessment } = await bureau.desk.assess({ ...ASKED, ...YEAR });
    return { bureau, assessment };
  }

  test('is found, and found again from facts alone; what older versions looked over is looked over as it was', async () => {
    const { bureau, assessment } = await openNoisy();
    const looked = assessment.evidence.plausibility as NonNullable<Evidence['plausibility']>;
    expect(looked.rhythms).toEqual(YEAR);
    expect(looked.close.from).toBeGreaterThan(WEEK.from + 30 * DAY);
    expect(gradeOf(assessment, IMM_2)).toMatchObject({
      grade: 'C',
      findings: [{ check: 'replayed-rhythm', evidence: { shiftMs: 17 * DAY } }],
    });
    expect(await differing(bureau, assessmentJson.parse(assessmentJson.text(assessment)))).toEqual([]);
    const { rhythms: _rhythms, ...before } = looked;
    const machines = before.machines.map((one) => ({ ...one, grade: 'A' as const, findings: [] }));
    const then = { ...assessment.evidence, plausibility: { ...before, grade: 'A' as const, machines } };
    expect(await differing(bureau, made(then))).toEqual([]);
    const forged = { ...then, plausibility: { ...then.plausibility, rhythms: YEAR } };
    expect(await differing(bureau, made(forged))).toContain(`${IMM_2} evidence-grade`);
  });
});

describe('hours of running without pieces, before the close look', () => {
  const YEAR = { from: WEEK.from, to: WEEK.from + 365 * DAY };
  /** At night: no break parts it. */
  const EARLY = { from: WEEK.from + 2 * DAY + 13 * HOUR, to: WEEK.from + 2 * DAY + 21 * HOUR };
  /** Counts on two days of the first week, and stands still for hours between them. */
  async function openStill() {
    const bureau = await openBureau(openForTest(), { silent: [IMM_2], start: WEEK.from + 358 * DAY });
    const { town, desk } = bureau;
    for (let at = WEEK.from, count = 0; at < WEEK.from + 5 * DAY; at += 5 * MINUTE) {
      const still = at >= EARLY.from && at < EARLY.to;
      if (!still) count += 3 + (at % 11);
      await town.report(IMM_2, at, at === WEEK.from ? { state: 'running', count } : { count });
    }
    await town.report(IMM_2, WEEK.from + 5 * DAY, { state: 'off' });
    await town.analysis.record();
    const { assessment } = await desk.assess({ ...ASKED, ...YEAR });
    return { bureau, assessment };
  }

  test('are found, and found again from facts alone; what older versions looked over is looked over as it was', async () => {
    const { bureau, assessment } = await openStill();
    const looked = assessment.evidence.plausibility as NonNullable<Evidence['plausibility']>;
    expect(looked.judged).toEqual(YEAR);
    expect(looked.close.from).toBeGreaterThan(EARLY.to);
    expect(gradeOf(assessment, IMM_2)).toMatchObject({
      grade: 'B',
      findings: [{ check: 'running-without-pieces', from: EARLY.from }],
    });
    expect(await differing(bureau, assessment)).toEqual([]);
    const { judged: _judged, ...before } = looked;
    const machines = before.machines.map((one) => ({ ...one, grade: 'A' as const, findings: [] }));
    const then = { ...assessment.evidence, plausibility: { ...before, grade: 'A' as const, machines } };
    expect(await differing(bureau, made(then))).toEqual([]);
  });
});

test('what was looked over before streams were compared is looked over again as it was', async () => {
  const bureau = await openBureau(openForTest(), { silent: [IMM_2] });
  await saysOn(bureau.town, IMM_2, 3);
  await saysOn(bureau.town, LATHE, 4);
  const { assessment } = await bureau.desk.assess(ASKED);
  expect(gradeOf(assessment, LATHE)).toMatchObject({ grade: 'C', findings: [{ check: 'copied-stream' }] });
  const { compared: _compared, ...before } = assessment.evidence.plausibility as NonNullable<
    Evidence['plausibility']
  >;
  const machines = before.machines.map((one) => ({ ...one, grade: 'A' as const, findings: [] }));
  const then = made({ ...assessment.evidence, plausibility: { ...before, grade: 'A', machines } });
  expect(await differing(bureau, then)).toEqual([]);
  // Said to have been compared, it is found out.
  const forged = made({
    ...assessment.evidence,
    plausibility: { ...before, compared: WEEK, grade: 'A', machines },
  });
  expect(await differing(bureau, forged)).toContain(`${LATHE} evidence-grade`);
});

test('honest machines keep their A, and no finding says anything of it', async () => {
  const { desk } = await openBureau(openForTest());
  const { assessment } = await desk.assess(ASKED);
  expect(assessment.evidence.plausibility?.grade).toBe('A');
  expect(assessment.findings.filter((finding) => 'lowered' in finding)).toEqual([]);
});

describe('what was said of a stop of long ago, shortly before the assessment', () => {
  const said = { kind: 'annotate', reason: 'no-orders', class: null, by: '王工', note: null } as const;

  test.each([
    ['before the recorder has come to it', false],
    ['after the recorder has come to it', true],
  ])('lowers the grade, %s', async (_when, recorded) => {
    const registry = openForTest();
    const { desk, town } = await openBureau(registry, { revisions: registry.ledgerRevisions });
    const stop = { from: WEEK.from + 2 * HOUR, to: WEEK.from + 3 * HOUR };
    await town.report(IMM_1, stop.from, { state: 'down' });
    await town.report(IMM_1, stop.to, { state: 'running' });
    await town.analysis.record();
    await town.analysis.stops.say({ id: 'a', machine: IMM_1, ...stop, ...said, takenAt: null, sentAt: null });
    if (recorded) await town.analysis.record();
    const { assessment } = await desk.assess(ASKED);
    expect(gradeOf(assessment, IMM_1)).toMatchObject({
      grade: 'B',
      findings: [{ check: 'late-edits', evidence: { cause: 'annotation' } }],
    });
    expect(assessment.findings.some(({ lowered }) => lowered?.because.zh.includes('评估前不久的修改'))).toBe(
      true,
    );
    expect((await desk.verify(assessment)).filter(({ same }) => !same)).toEqual([]);
  });
});

test('what somebody else says of it shortly before the assessment is an edit like the first', async () => {
  const registry = openForTest();
  const { desk, town } = await openBureau(registry, { revisions: registry.ledgerRevisions });
  const stop = { from: WEEK.from + 2 * HOUR, to: WEEK.from + 3 * HOUR };
  await town.report(IMM_1, stop.from, { state: 'down' });
  await town.report(IMM_1, stop.to, { state: 'running' });
  const say = (id: string, by: string, reason: string) =>
    town.analysis.stops.say({
      ...{ id, machine: IMM_1, ...stop, kind: 'annotate', reason, class: null, by },
      ...{ note: null, takenAt: null, sentAt: null },
    });
  await say('a', '王工', 'no-orders');
  await town.analysis.record();
  const cellsEdited = async () => {
    const { assessment } = await desk.assess(ASKED);
    return gradeOf(assessment, IMM_1)?.findings.map(({ check, evidence }) => [check, evidence.cells]);
  };
  const first = await cellsEdited();
  await say('b', '李工', 'material-short');
  await town.analysis.record();
  const second = await cellsEdited();
  expect(first).toEqual([['late-edits', expect.any(Number)]]);
  expect(second?.[0]?.[1]).toBeGreaterThan(first?.[0]?.[1] as number);
});

test.each([
  ['before the recorder came to it', false],
  ['recorded', true],
])('an ideal cycle entered for time long past lowers the grade, %s', async (_when, recorded) => {
  const registry = openForTest();
  const { desk, town } = await openBureau(registry, { revisions: registry.ledgerRevisions });
  await town.analysis.record();
  const cycle = { product: null, scope: IMM_1, cycleUs: 9_000_000, from: WEEK.from, by: '王工', note: null };
  await town.analysis.work.enterProduct(cycle);
  if (recorded) await town.analysis.record();
  const { assessment } = await desk.assess(ASKED);
  const [found, ...others] = gradeOf(assessment, IMM_1)?.findings ?? [];
  expect(found).toMatchObject({ check: 'late-edits', evidence: { cause: 'cycle' } });
  expect(others).toEqual([]);
  expect((await desk.verify(assessment)).filter(({ same }) => !same)).toEqual([]);
});

describe('a report that hides its grade is found out', () => {
  const FORGERIES: readonly {
    readonly why: string;
    readonly forge: (evidence: Evidence) => Evidence;
    readonly found: string;
  }[] = [
    { why: 'it leaves all of it out', forge: without, found: 'report evidence-grade' },
    {
      why: 'it says that nothing was found',
      forge: (evidence) => ({
        ...evidence,
        plausibility: {
          ...(evidence.plausibility as NonNullable<Evidence['plausibility']>),
          grade: 'A',
          machines: [IMM_1, IMM_2].map((machine) => ({ machine, grade: 'A', findings: [] })),
        },
      }),
      found: `${IMM_2} evidence-grade`,
    },
    {
      why: 'it leaves out the machine that was found out',
      forge: (evidence) => ({
        ...evidence,
        plausibility: {
          ...(evidence.plausibility as NonNullable<Evidence['plausibility']>),
          grade: 'A',
          machines: [{ machine: IMM_1, grade: 'A', findings: [] }],
        },
      }),
      found: `${IMM_2} evidence-grade`,
    },
    {
      why: 'its grade is better than what it lists',
      forge: (evidence) => ({
        ...evidence,
        plausibility: {
          ...(evidence.plausibility as NonNullable<Evidence['plausibility']>),
          grade: 'A',
        },
      }),
      found: 'report evidence-grade',
    },
    {
      why: 'another stretch was looked at closely',
      forge: (evidence) => ({
        ...evidence,
        plausibility: {
          ...(evidence.plausibility as NonNullable<Evidence['plausibility']>),
          close: { from: WEEK.to - DAY, to: WEEK.to },
        },
      }),
      found: 'report evidence-grade',
    },
  ];
  test.each(FORGERIES)('$why', async ({ forge, found }) => {
    const bureau = await openReplayed();
    const { assessment } = await bureau.desk.assess(ASKED);
    expect(await differing(bureau, made(forge(assessment.evidence)))).toContain(found);
  });
});
