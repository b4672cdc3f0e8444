import { describe, expect, test } from 'vitest';
import type { NewEntry } from '../../../analysis/assessment/port.ts';
import { assessmentJson } from '../../../domain/assess/json.ts';
import type { Rubric } from '../../../domain/assess/rubric.ts';
import { shownEvidence } from '../../../domain/assess/shown-evidence.ts';
import { openForTest } from '../../registry/open.ts';
import { DAY, HOUR, IMM_1, MONDAY_8 } from '../plants.ts';
import { HAIDA, openBureau, SHIPPED, WEEK } from './bureau.ts';

const ASKED = { pilot: 'haida', rubric: 'utilisation', ...WEEK };
const UTILISATION = SHIPPED.find(({ id }) => id === 'utilisation') as Rubric;
const closure: NewEntry = {
  kind: 'closure',
  figure: 'networking-rate',
  verdict: 'corrected',
  note: '企业更正申报',
  by: '王工',
};

describe('an assessment', () => {
  test('finds out what was declared too high, with the evidence beside it', async () => {
    const { desk } = await openBureau(openForTest());
    const { id, assessment, createdAt, publishedAt } = await desk.assess(ASKED);
    expect(assessment.period).toEqual(WEEK);
    expect(assessment.rubric).toMatchObject({ id: 'utilisation', version: '1' });
    // One of four pieces of registered equipment was heard on 90 % of its days; 95 % are declared.
    expect(assessment.declared).toMatchObject([
      { measured: { value: 0.25, numerator: 1n, denominator: 4n }, state: 'open' },
    ]);
    expect(createdAt).toBe(assessment.evidence.asOf);
    expect(publishedAt).toBeNull();
    expect(desk.assessments({})).toMatchObject([
      { id, pilot: 'haida', rubric: 'utilisation', ...WEEK, openDiscrepancies: 1 },
    ]);
  });

  test('scored again gives the same bytes, in another process too', async () => {
    const registry = openForTest();
    const { desk } = await openBureau(registry);
    const first = await desk.assess(ASKED);
    expect(desk.assessment(first.id)).toEqual(first);
    const again = await desk.rescore(first.id, { rubric: 'utilisation' });
    expect(again.digest).toBe(first.digest);
    expect(assessmentJson.text(again.assessment)).toBe(assessmentJson.text(first.assessment));
    expect(again.id).not.toBe(first.id);
    const { desk: other } = await openBureau(registry);
    expect(other.assessment(first.id)).toEqual(first);
    expect(other.assessments({}).map(({ id }) => id)).toEqual([again.id, first.id]);
  });

  test('is made by the version in effect on the last day of the period, in the zone of the plant', async () => {
    const next: Rubric = { ...UTILISATION, version: '2', effective: { from: '2026-01-12', to: null } };
    const { desk } = await openBureau(openForTest(), { rubrics: [UTILISATION, next] });
    const version = async (to: number) => (await desk.assess({ ...ASKED, to })).assessment.rubric.version;
    // The week ends on Monday, the 12th, at 08:00.
    expect(await version(WEEK.to)).toBe('2');
    expect(await version(Date.parse('2026-01-12T00:00:00+08:00'))).toBe('1');
    expect((await desk.assess({ ...ASKED, version: '1' })).assessment.rubric.version).toBe('1');
    expect(desk.rubric('utilisation').version).toBe('2');
  });

  test('takes entries until it is published', async () => {
    const { desk, town } = await openBureau(openForTest());
    const { id } = await desk.assess(ASKED);
    const entered = desk.enter(id, closure);
    expect(entered.assessment.declared).toMatchObject([{ state: 'closed', closure }]);
    expect(entered.assessment.entries).toEqual([{ ...closure, at: town.clock.now() }]);
    expect(desk.assessments({})[0]?.openDiscrepancies).toBe(0);
    const published = await desk.publish(id, '李主任');
    expect(published).toMatchObject({ publishedBy: '李主任', publishedAt: town.clock.now() });
    expect(published.digest).toBe(entered.digest);
    const closed = { code: 'assessment-published', message: expect.stringContaining('published by 李主任') };
    expect(() => desk.enter(id, closure)).toThrow(expect.objectContaining(closed));
    await expect(desk.publish(id, '王工')).rejects.toThrow(expect.objectContaining(closed));
  });

  test('is published with an entry that came while its result was made, and once', async () => {
    const { desk } = await openBureau(openForTest());
    const { id } = await desk.assess(ASKED);
    const [first, second] = [desk.publish(id, '李主任'), desk.publish(id, '王工')];
    desk.enter(id, closure);
    const both = await Promise.allSettled([first, second]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'assessment-published' },
    });
    expect(desk.assessment(id).assessment.declared).toMatchObject([{ state: 'closed' }]);
  });

  test('once published is read as it was then, and not made anew', async () => {
    const registry = openForTest();
    const { desk } = await openBureau(registry);
    const { id, assessment } = await desk.assess(ASKED);
    // As an earlier version of the platform may have judged.
    const former = { ...assessment, benefits: [], gaps: [], evidence: shownEvidence(assessment.evidence) };
    const document = await registry.assessments.packResult([assessmentJson.text(former)]);
    const result = { digest: 'as it was', document };
    expect(registry.assessments.publish(id, { by: '李主任', at: 1, entries: 0, result })).toBe(true);
    expect(desk.assessment(id)).toMatchObject({
      digest: 'as it was',
      assessment: { benefits: [], gaps: [], evidence: assessment.evidence },
    });
  });

  const [indicator] = UTILISATION.elements[0]?.domains[0]?.indicators ?? [];
  const answer = { kind: 'answer', note: 'n', by: 'b', indicator: indicator?.id ?? '' } as const;
  test.each<{ why: string; entry: NewEntry; code: string; message: RegExp }>([
    {
      why: 'an indicator that the rubric lacks',
      entry: { ...answer, indicator: 'q49', option: 'A' },
      code: 'indicator-not-found',
      message: /"q49"; it has networking/,
    },
    {
      why: 'an answer that the indicator lacks',
      entry: { ...answer, option: 'A' },
      code: 'option-not-found',
      message: /"A"; it has \.\.0\.3, 0\.3\.\.0\.5/,
    },
    {
      why: 'a figure that nobody declares',
      entry: { ...closure, figure: 'oee' },
      code: 'figure-not-found',
      message: /it declares networking-rate/,
    },
  ])('refuses an entry about $why, and keeps nothing of it', async ({ entry, code, message }) => {
    const { desk } = await openBureau(openForTest());
    const { id } = await desk.assess(ASKED);
    expect(() => desk.enter(id, entry)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    );
    expect(desk.assessment(id).assessment.entries).toEqual([]);
  });

  test('that was called off is not kept', async () => {
    const { desk } = await openBureau(openForTest());
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(desk.assess({ ...ASKED, signal })).rejects.toThrow('enough');
    expect(desk.assessments({})).toEqual([]);
  });

  test('of what is not there is refused', async () => {
    const { desk } = await openBureau(openForTest());
    const refused = (code: string) => expect.objectContaining({ code });
    await expect(desk.assess({ ...ASKED, pilot: 'nobody' })).rejects.toEqual(refused('pilot-not-found'));
    await expect(desk.assess({ ...ASKED, rubric: 'none' })).rejects.toEqual(refused('rubric-not-found'));
    await expect(desk.assess({ ...ASKED, version: '9' })).rejects.toEqual(refused('rubric-not-found'));
    expect(() => desk.assessment(7)).toThrow(refused('assessment-not-found'));
    await expect(desk.rescore(7, { rubric: 'utilisation' })).rejects.toThrow(refused('assessment-not-found'));
  });
});

test('a report is verified by the assessment that its entries were entered in, also where the same was scored anew', async () => {
  const { desk } = await openBureau(openForTest());
  const { id } = await desk.assess(ASKED);
  const { assessment } = desk.enter(id, closure);
  await desk.rescore(id, { rubric: 'utilisation' });
  const verified = await desk.verify(assessment);
  expect(verified.filter(({ outcome }) => outcome !== 'same')).toEqual([]);
});

test('two versions of a rubric score the same facts, and the difference is told', async () => {
  const [trust, ...others] = UTILISATION.elements;
  const heavier = {
    ...trust,
    weight: { numerator: 3n, denominator: 1n },
  } as (typeof UTILISATION.elements)[number];
  const next: Rubric = { ...UTILISATION, version: '2', elements: [heavier, ...others] };
  const { desk } = await openBureau(openForTest(), { rubrics: [UTILISATION, next] });
  const before = await desk.assess({ ...ASKED, version: '1' });
  const after = await desk.rescore(before.id, { rubric: 'utilisation' });
  expect(after.assessment.rubric.version).toBe('2');
  expect(after.assessment.evidence).toEqual(before.assessment.evidence);
  const differences = desk.difference(before.id, after.id);
  expect(differences.map(({ change }) => change)).toContain('weight');
  expect(desk.difference(before.id, before.id)).toEqual([]);
  expect(() => desk.difference(before.id, 99)).toThrow(
    expect.objectContaining({ code: 'assessment-not-found', parameter: 'with' }),
  );
});

describe('the comparison', () => {
  const pilots = [
    HAIDA,
    { ...HAIDA, id: 'two', sites: ['acme/urumqi'], equipment: [], industry: 'ships' as const },
    { ...HAIDA, id: 'three', sites: ['acme/elsewhere'], equipment: [], district: '普陀区' },
  ];

  test('has every pilot, with the newest assessment of the period', async () => {
    const { desk, town } = await openBureau(openForTest(), { pilots });
    await desk.assess(ASKED);
    const { id } = await desk.assess(ASKED);
    const { id: later } = await desk.assess({ ...ASKED, to: WEEK.to + HOUR });
    const ids = (question: object) =>
      desk
        .comparison({ rubric: 'utilisation', ...question })
        .rows.map(({ pilot, assessment }) => [pilot, assessment?.id ?? null]);
    expect(ids({})).toEqual([
      ['haida', later],
      ['three', null],
      ['two', null],
    ]);
    expect(ids(WEEK)).toEqual([
      ['haida', id],
      ['three', null],
      ['two', null],
    ]);
    expect(ids({ from: WEEK.from + 1 })).toEqual([
      ['haida', null],
      ['three', null],
      ['two', null],
    ]);
    expect(ids({ industry: 'ships' })).toEqual([['two', null]]);
    expect(ids({ district: '定海区' })).toEqual([
      ['haida', later],
      ['two', null],
    ]);
    expect(town.clock.now()).toBeGreaterThan(WEEK.to);
  });

  test('shows a plant its own row, and no peers of a group that is too small', async () => {
    const { desk } = await openBureau(openForTest(), { pilots });
    await desk.assess(ASKED);
    const { rows, peers } = desk.comparison({ rubric: 'utilisation', shownTo: 'haida' });
    expect(rows.map(({ pilot }) => pilot)).toEqual(['haida']);
    expect(peers.map(({ by, name, scores }) => [by, name, scores])).toEqual([
      ['district', '定海区', null],
      ['industry', 'plastics-screws', null],
      ['programme', 'digital-workshop', null],
    ]);
    const bureau = desk.comparison({ rubric: 'utilisation' });
    const score = rows[0]?.assessment?.score?.value;
    expect(bureau.peers.find(({ by }) => by === 'programme')?.scores).toEqual(
      score === null ? null : { lowest: score, median: score, highest: score },
    );
    expect(() => desk.comparison({ rubric: 'utilisation', shownTo: 'nobody' })).toThrow(
      expect.objectContaining({ code: 'pilot-not-found' }),
    );
  });
});

test('a list says what each assessment rests on, and makes anew what was noted before it did', async () => {
  const registry = openForTest();
  const { desk } = await openBureau(registry);
  const { id, assessment } = await desk.assess(ASKED);
  const [summary] = desk.assessments({});
  expect(summary?.elements.map(({ id: element }) => element)).toEqual(
    UTILISATION.elements.map((one) => one.id),
  );
  expect(summary?.declared).toMatchObject([
    { figure: 'networking-rate', declared: 0.95, measured: { value: 0.25 }, state: 'open' },
  ]);
  const figure = assessment.evidence.windows[0]?.groups[0]?.figures.find(({ kpi }) => kpi === 'utilisation');
  expect(summary?.telemetry).toMatchObject({ machines: 3, heard: 2, utilisation: { value: figure?.value } });
  const { elements: _elements, telemetry: _telemetry, ...old } = summary as NonNullable<typeof summary>;
  registry.assessments.noteSummary(id, { entries: 0, json: JSON.stringify(old) });
  expect(desk.assessments({})).toEqual([summary]);
});

describe('verifying a report', () => {
  test('finds every figure the same, from facts alone', async () => {
    const { desk } = await openBureau(openForTest());
    const { assessment } = await desk.assess(ASKED);
    const figures = await desk.verify(assessment);
    expect(figures.filter(({ same }) => !same)).toEqual([]);
    const names = new Set(figures.map(({ kpi }) => kpi));
    for (const name of ['utilisation', 'oee', 'heard-days', 'stop-with-reason-ms', 'findings-and-scores']) {
      expect(names).toContain(name);
    }
    expect(new Set(figures.map(({ group }) => group))).toContain(IMM_1);
  });

  test('finds what came late, and only that', async () => {
    const { desk, town } = await openBureau(openForTest());
    const { assessment } = await desk.assess(ASKED);
    await town.report(IMM_1, MONDAY_8 + 2 * HOUR + 1, { state: 'down' });
    const differ = (await desk.verify(assessment)).filter(({ same }) => !same);
    expect(new Set(differ.map(({ group }) => group))).toEqual(
      new Set(['registered', 'key', 'should-be-networked', 'heard', IMM_1]),
    );
    for (const { reported, recomputed } of differ) expect(recomputed).not.toEqual(reported);
  });

  test('finds a value that somebody improved, and scores that do not follow', async () => {
    const { desk } = await openBureau(openForTest());
    const { assessment } = await desk.assess(ASKED);
    const text = assessmentJson.text(assessment);
    const better = assessmentJson.parse(text.replace('"heardDays":3,', '"heardDays":7,'));
    const differ = (await desk.verify(better)).filter(({ same }) => !same);
    expect(differ.map(({ group, kpi, recomputed }) => [group, kpi, recomputed?.value ?? null])).toEqual([
      [expect.stringContaining('imm-02'), 'heard-days', 3],
      ['report', 'findings-and-scores', null],
    ]);
  });

  test('says what is no longer there to be recomputed', async () => {
    let keptSince = MONDAY_8 - DAY;
    const { desk, town } = await openBureau(openForTest(), { keptSince: () => keptSince });
    const { assessment } = await desk.assess(ASKED);
    keptSince = MONDAY_8 + 4 * DAY;
    await town.store.purge(keptSince);
    const lost = (await desk.verify(assessment)).filter(({ same }) => !same);
    expect(lost.length).toBeGreaterThan(0);
    expect(lost.every(({ recomputed }) => recomputed === null)).toBe(true);
  });
});
