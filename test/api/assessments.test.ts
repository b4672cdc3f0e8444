import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assessmentJson } from '../../domain/assess/json.ts';
import { IMM_1, IMM_2 } from '../analysis/plants.ts';
import { type Answer, type RunningApi, startApi } from './start-api.ts';

const WEEK = { from: '2026-01-05T08:00:00+08:00', to: '2026-01-12T08:00:00+08:00' };

let api: RunningApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const post = (path: string, body: object): Promise<Answer> =>
  api.ask(`POST /api/v1/${path}`, {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const assess = (over: object = {}) =>
  post('assessments', { pilot: 'haida', rubric: 'utilisation', ...WEEK, ...over });

test('the rubrics are there with their sources, and how well each is verified', async () => {
  const { json } = await api.ask('GET /api/v1/rubrics');
  expect(json.rubrics.map(({ id }: { id: string }) => id)).toEqual([
    'cmmm-39116',
    'utilisation',
    'zj-future-factory',
  ]);
  const { json: one } = await api.ask('GET /api/v1/rubrics/utilisation?version=1');
  expect(one).toEqual(json.rubrics[1]);
  expect(one.source).toMatchObject({ verification: 'proposed' });
});

describe('an assessment', () => {
  test('is made, listed, and found again with the same content', async () => {
    const made = await assess();
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({ publishedAt: null, publishedBy: null });
    expect(made.json.assessment).toMatchObject({
      schema: 'kaidong/assessment/1',
      period: { from: '2026-01-05T00:00:00.000Z', to: '2026-01-12T00:00:00.000Z' },
    });
    const { json: again } = await api.ask(`GET /api/v1/assessments/${made.json.id}`);
    expect(again).toEqual(made.json);
    const { json: list } = await api.ask('GET /api/v1/assessments?pilot=haida&rubric=utilisation');
    expect(list.assessments[0]).toMatchObject({ id: made.json.id, openDiscrepancies: 1 });
    expect((await api.ask('GET /api/v1/assessments?pilot=nobody')).json).toEqual({
      assessments: [],
      next: null,
    });
  });

  test('by any rubric keeps to the published schema, and says what has no evidence', async () => {
    for (const rubric of ['zj-future-factory', 'cmmm-39116']) {
      const { json, status } = await assess({ rubric });
      expect(status).toBe(201);
      const outcomes = json.assessment.findings.map(({ outcome }: { outcome: string }) => outcome);
      expect(outcomes).toContain('no-evidence');
      expect(json.assessment.scores.total.value).toBeNull();
    }
  });

  test('has the machines behind it, each with days and figures', async () => {
    const { json } = await assess();
    const [period] = json.assessment.evidence.windows;
    expect(
      period.machines.map(({ path, scheduledDays, heardDays }: Record<string, unknown>) => [
        path,
        scheduledDays,
        heardDays,
      ]),
    ).toEqual([
      [IMM_1, 7, 7],
      [IMM_2, 7, 3],
      ['acme/zhoushan/turning/line1/lathe-01', 7, 0],
    ]);
  });

  test('has a report of the same bytes each time, whose digest it states', async () => {
    const { json } = await assess();
    const report = () => api.ask(`GET /api/v1/assessments/${json.id}/report.json`);
    const [first, second] = [await report(), await report()];
    expect(first.text).toBe(second.text);
    expect(first.headers.get('content-type')).toContain('application/json');
    expect(createHash('sha256').update(first.text).digest('hex')).toBe(json.digest);
    expect(assessmentJson.text(assessmentJson.parse(first.text))).toBe(first.text);
    expect(first.json).toEqual(json.assessment);
  });

  test('has a report for print in two languages, Chinese unless asked otherwise', async () => {
    const { json } = await assess();
    const page = `GET /api/v1/assessments/${json.id}/report.html`;
    const { text, status, headers } = await api.ask(page);
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(text).toContain(json.digest);
    expect(text).toContain('<html lang="zh-CN">');
    expect((await api.ask(`${page}?lang=en`)).text).toContain('<html lang="en">');
  });

  test('keeps the rubric that it was made by', async () => {
    const { json } = await assess();
    const { json: kept } = await api.ask(`GET /api/v1/assessments/${json.id}/rubric`);
    expect(kept).toEqual((await api.ask('GET /api/v1/rubrics/utilisation')).json);
  });
});

describe('what people add', () => {
  test('is entered, and closed by publishing', async () => {
    const { id } = (await assess()).json;
    const closure = {
      kind: 'closure',
      figure: 'networking-rate',
      verdict: 'corrected',
      note: '更正',
      by: '王工',
    };
    const entered = await post(`assessments/${id}/entries`, closure);
    expect(entered.status).toBe(201);
    expect(entered.json.assessment.declared).toMatchObject([{ state: 'closed', closure }]);
    const answer = { kind: 'answer', indicator: 'networking', option: '0.9..', note: '现场核实', by: '王工' };
    const overruled = (await post(`assessments/${id}/entries`, answer)).json;
    expect(overruled.assessment.findings[0]).toMatchObject({
      indicator: 'networking',
      basis: 'judged',
      contradicted: true,
    });
    await post(`assessments/${id}/entries`, {
      kind: 'answer-withdrawn',
      indicator: 'networking',
      note: '撤回',
      by: '王工',
    });
    const published = await post(`assessments/${id}/publish`, { by: '李主任' });
    expect([published.status, published.json.publishedBy]).toEqual([200, '李主任']);
    expect(published.json.assessment.findings[0].basis).toBe('measured');
    const late = await post(`assessments/${id}/entries`, closure);
    expect([late.status, late.json.code]).toEqual([409, 'assessment-published']);
    expect(late.json.errors).toMatchObject([{ in: 'path', name: 'id' }]);
  });

  test('about what is not there is refused, with what there is', async () => {
    const { id } = (await assess()).json;
    const said = { note: 'n', by: 'b' };
    for (const [entry, code, name] of [
      [{ kind: 'answer', indicator: 'q49', option: 'A' }, 'indicator-not-found', 'indicator'],
      [{ kind: 'answer', indicator: 'networking', option: 'A' }, 'option-not-found', 'option'],
      [{ kind: 'closure', figure: 'oee', verdict: 'explained' }, 'figure-not-found', 'figure'],
    ] as const) {
      const { status, json } = await post(`assessments/${id}/entries`, { ...entry, ...said });
      expect([status, json.code]).toEqual([400, code]);
      expect(json.errors).toMatchObject([{ in: 'body', name, message: expect.stringContaining('it') }]);
    }
  });
});

test('the same facts by another rubric are another assessment, and the difference is told', async () => {
  const { id, digest } = (await assess()).json;
  const same = await post(`assessments/${id}/rescore`, { rubric: 'utilisation' });
  expect([same.status, same.json.digest]).toEqual([201, digest]);
  const other = (await post(`assessments/${id}/rescore`, { rubric: 'cmmm-39116' })).json;
  expect((await api.ask(`GET /api/v1/assessments/${id}/difference?with=${same.json.id}`)).json).toEqual({
    differences: [],
  });
  const { json } = await api.ask(`GET /api/v1/assessments/${id}/difference?with=${other.id}`);
  const changes = new Set(json.differences.map(({ change }: { change: string }) => change));
  expect(changes).toEqual(new Set(['added', 'removed']));
  const { json: missing } = await api.ask(`GET /api/v1/assessments/${id}/difference?with=999`);
  expect(missing).toMatchObject({ code: 'assessment-not-found', errors: [{ in: 'query', name: 'with' }] });
});

test('the comparison has a row for each pilot, and tells a plant nothing about a small group', async () => {
  const { id } = (await assess()).json;
  const { json } = await api.ask('GET /api/v1/comparison?rubric=utilisation');
  expect(json.rows).toMatchObject([{ pilot: 'haida', simulated: true, assessment: { id } }]);
  const { json: shown } = await api.ask('GET /api/v1/comparison?rubric=utilisation&shownTo=haida');
  expect(shown.peers.map(({ scores }: { scores: unknown }) => scores)).toEqual([null, null, null]);
});
