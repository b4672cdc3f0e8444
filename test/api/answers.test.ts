import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { iso } from '../../api/wire/scalars.ts';
import { REFUSALS } from '../../domain/refusal.ts';
import { BEYOND, HOUR, IMM, T0 } from './plant-analysis.ts';
import { type RunningApi, startApi } from './start-api.ts';

let api: RunningApi;
beforeAll(async () => {
  api = await startApi();
});
beforeEach(() => {
  api.analysis.asked.length = 0;
  api.desk.asked.length = 0;
});
afterAll(() => api.close());

const span = `from=${T0}&to=${T0 + HOUR}`;

describe('reading', () => {
  test('the plant, with times in ISO 8601 UTC', async () => {
    const { status, json } = await api.ask('GET /api/v1/plant');
    expect(status).toBe(200);
    expect(json).toEqual({
      asOf: '2026-03-02T00:00:00.010Z',
      machines: [
        {
          path: IMM,
          declared: true,
          state: 'down',
          reason: '换模',
          since: '2026-03-02T00:00:00.000Z',
          lastHeard: '2026-03-02T00:00:00.005Z',
          stale: false,
          source: IMM,
        },
      ],
    });
  });

  test('a machine, its path with plain or encoded slashes, its settings in the words of kaidong.yaml', async () => {
    const plain = await api.ask(`GET /api/v1/machines/${IMM}`);
    const encoded = await api.ask(`GET /api/v1/machines/${encodeURIComponent(IMM)}`);
    expect(plain.status).toBe(200);
    expect(encoded.json).toEqual(plain.json);
    expect(plain.json.config).toMatchObject({
      idealCycleMs: 12_500.125,
      products: { P1: { idealCycleMs: 11_800 } },
      state: { signal: 'state', vocabulary: 'kaidong', beside: [], derived: null },
      counters: { count: { rollover: 65_536 } },
      maintenance: [
        { days: [6], start: '14:00', end: '01:00' },
        { from: '2026-03-02T00:00:00.000Z', to: '2026-03-02T01:00:00.000Z' },
      ],
      classes: [{ class: 'delay', states: ['idle'] }],
    });
    expect(plain.text).toContain(`"value":${BEYOND},`);
  });

  test('a timeline', async () => {
    const { json } = await api.ask(`GET /api/v1/timeline?machine=${IMM}&${span}&asOf=${T0 + 7}`);
    expect(json).toMatchObject({
      machine: IMM,
      from: '2026-03-02T00:00:00.000Z',
      asOf: '2026-03-02T00:00:00.007Z',
    });
    expect(json.intervals[0]).toEqual({
      from: '2026-03-02T00:00:00.000Z',
      to: '2026-03-02T00:00:00.005Z',
      state: 'unknown',
      raw: null,
      reason: null,
      source: 'never',
    });
  });

  test('a ledger: everything in one row where nothing else is asked for', async () => {
    await api.ask(`GET /api/v1/ledger?${span}`);
    expect(api.analysis.asked).toEqual([{ scope: '', from: T0, to: T0 + HOUR, by: [] }]);
  });

  test('a ledger with every parameter', async () => {
    await api.ask(
      `GET /api/v1/ledger?scope=acme/zhoushan&${span}&by=machine,hour&asOf=${T0 + 1}&zone=Asia/Shanghai`,
    );
    expect(api.analysis.asked).toEqual([
      {
        scope: 'acme/zhoushan',
        from: T0,
        to: T0 + HOUR,
        by: ['machine', 'hour'],
        asOf: T0 + 1,
        zone: 'Asia/Shanghai',
      },
    ]);
  });

  test('what stopped a line, and by which rule', async () => {
    const line = 'acme/zhoushan/moulding/line1';
    const { status, json } = await api.ask(`GET /api/v1/line-stops?line=${line}&${span}&asOf=${T0 + 9}`);
    expect(status).toBe(200);
    expect(api.analysis.asked).toEqual([{ line, from: T0, to: T0 + HOUR, asOf: T0 + 9 }]);
    expect(json).toMatchObject({
      ...{ line, ms: { stopped: 7 }, rule: { id: 'first-stop', title: { zh: '首停追溯' }, declared: false } },
      stops: [
        {
          ...{ from: iso(T0), to: iso(T0 + 5), continued: true },
          cause: { machine: IMM, kind: 'own', state: 'down', reason: '<b>', inferred: true },
          chain: [
            { role: 'starved', inferred: true },
            { machine: IMM, role: 'own' },
          ],
        },
        { cause: { machine: null, kind: 'unknown', because: 'silent' } },
      ],
      byMachine: [
        { machine: IMM, ms: 5 },
        { machine: null, kind: 'unknown', ms: 2 },
      ],
    });
    const strange = await api.ask(`GET /api/v1/line-stops?line=acme/x/y/z&${span}`);
    expect([strange.status, strange.json.code]).toEqual([404, 'scope-not-found']);
  });

  test('the calendars of a site: crews, holidays and make-up workdays with their source, which rules hold', async () => {
    const week = `from=${T0}&to=${T0 + 8 * 24 * HOUR}`;
    const { status, json } = await api.ask(`GET /api/v1/calendar?site=acme/zhoushan&${week}`);
    expect(status).toBe(200);
    expect(api.analysis.asked).toEqual([{ scope: 'acme/zhoushan', from: T0, to: T0 + 8 * 24 * HOUR }]);
    const [own, office] = json.calendars;
    expect(own).toMatchObject({
      ...{ calendar: null, scopes: ['acme/zhoushan'], missingYears: [], holidays: [] },
      rules: [
        {
          ...{ since: null, dayStart: '08:00', holidays: null },
          rotation: { anchor: '2026-01-01', days: [[{ shift: 'day', crew: 'A' }, { crew: null }]] },
        },
      ],
    });
    expect(own.days[0]).toMatchObject({
      ...{ day: '2026-03-02', from: iso(T0), to: iso(T0 + 24 * HOUR), kind: 'ordinary', holiday: null },
      shifts: [
        { shift: 'day', crew: 'A', breaks: [{ from: iso(T0 + 4 * HOUR) }] },
        { shift: 'night', crew: null },
      ],
      maintenance: [{ from: iso(T0), to: iso(T0 + HOUR) }],
    });
    expect(office).toMatchObject({
      ...{ calendar: 'office', scopes: ['acme/zhoushan/office'] },
      holidays: [{ year: 2026, source: { number: '7号', verification: 'verified', url: null } }],
    });
    const days = office.days.map((day: Record<string, unknown>) => [
      ...[day.day, day.kind, (day.shifts as unknown[]).length, day.rulesSince, day.alwaysScheduled],
    ]);
    expect(days).toEqual([
      ['2026-03-02', 'ordinary', 1, null, false],
      ['2026-03-03', 'holiday', 0, null, false],
      ['2026-03-04', 'exception', 0, null, false],
      ['2026-03-05', 'ordinary', 1, null, false],
      ['2026-03-06', 'ordinary', 1, null, false],
      ['2026-03-07', 'make-up-workday', 1, null, false],
      ['2026-03-08', 'ordinary', 0, null, false],
      ['2026-03-09', 'ordinary', 0, '2026-03-09', true],
      ['2026-03-10', 'ordinary', 0, '2026-03-09', true],
    ]);
    expect(office.days[1].holiday).toMatchObject({ name: { zh: '节' }, source: { title: '通知' } });
    expect(office.days[2].why).toBe('<b>停电');
  });

  test('a year of which the holidays of a calendar say nothing is told', async () => {
    const next = `from=2025-12-31T00:00Z&to=2026-01-02T00:00Z`;
    const { json } = await api.ask(`GET /api/v1/calendar?site=acme/zhoushan/office&${next}`);
    expect(json.calendars).toHaveLength(1);
    expect(json.calendars[0].missingYears).toEqual([2025]);
    const missing = json.calendars[0].days.map((day: Record<string, unknown>) => day.holidayDataMissing);
    expect(missing).toEqual([true, false, false]);
    const nowhere = await api.ask(`GET /api/v1/calendar?site=acme/ningbo&${next}`);
    expect([nowhere.status, nowhere.json.code]).toEqual([404, 'scope-not-found']);
    const long = await api.ask(`GET /api/v1/calendar?site=acme/zhoushan&from=0&to=${T0}`);
    expect([long.status, long.json.code]).toEqual([400, 'span-too-large']);
  });

  test('reasons of the same rows, and from when on observations are kept', async () => {
    const { json } = await api.ask(`GET /api/v1/reasons?scope=${IMM}&${span}&by=machine,shift`);
    expect(api.analysis.asked).toEqual([{ scope: IMM, from: T0, to: T0 + HOUR, by: ['machine', 'shift'] }]);
    expect(json).toMatchObject({ asOf: '2026-03-02T01:00:00.000Z', keptSince: '2026-03-01T23:00:00.000Z' });
    expect(json.rows[0].key).toEqual({ machine: IMM, shift: null });
    expect(json.rows[0].reasons[1]).toEqual({
      class: 'unknown',
      state: 'unknown',
      reason: 'unmapped',
      ms: 1000,
      stops: 1,
      longestMs: 1000,
    });
  });

  test('what changed in recorded cells and why, page by page, and every revision of one', async () => {
    const { json, text } = await api.ask(
      `GET /api/v1/revisions?scope=acme&${span}&cause=cycle&grain=hour&limit=1`,
    );
    expect(api.analysis.asked).toEqual([
      { scope: 'acme', from: T0, to: T0 + HOUR, cause: 'cycle', grain: 'hour', limit: 1 },
    ]);
    expect(json).toMatchObject({
      items: [{ id: 7, from: '2026-03-02T00:00:00.000Z', previous: 2, at: '2026-03-02T02:00:00.000Z' }],
      next: '7',
    });
    expect(text).toContain(`"before":null,"after":${BEYOND}`);
    const next = await api.ask(`GET /api/v1/revisions?${span}&cursor=${json.next}`);
    expect(next.json.next).toBeNull();
    const cell = await api.ask(`GET /api/v1/revisions/cell?machine=${IMM}&grain=hour&from=${T0}`);
    expect(cell.json.revisions).toMatchObject([
      { revision: 2, at: null, causes: [], current: false, figures: [{ kpi: 'oee', value: 0.5 }] },
      { revision: 3, at: '2026-03-02T00:00:00.000Z', causes: ['late-data'], current: true, figures: [] },
    ]);
    expect(cell.text).toContain(`"numerator":${BEYOND}`);
  });

  test('figures recomputed, the inputs of a cell byte by byte, and the cells of a row', async () => {
    const { json } = await api.ask(`GET /api/v1/verify?${span}&kpi=oee`);
    expect(api.analysis.asked).toEqual([{ scope: '', from: T0, to: T0 + HOUR, by: [], kpis: ['oee'] }]);
    expect(json).toMatchObject({ scope: '', keptSince: '2026-03-01T23:00:00.000Z' });
    expect(json.rows[0]).toMatchObject({
      ...{ outcome: 'not-checked', from: '2026-03-02T00:00:00.000Z' },
      served: { revision: 2, figures: [{ numerator: `${BEYOND}` }] },
    });
    const inputs = await api.ask(`GET /api/v1/ledger/inputs?machine=${IMM}&${span}`);
    expect(inputs.text).toBe(`{"from":${T0},"to":${T0 + HOUR}}`);
    const cells = await api.ask(`GET /api/v1/ledger/cells?${span}`);
    expect(cells.json.rows[0].cells).toEqual([[IMM, T0, T0 + HOUR, 'ab'.repeat(32)]]);
  });

  test('what is hardly so, with evidence and the checks that found it', async () => {
    const { json } = await api.ask(`GET /api/v1/plausibility?scope=${IMM}&${span}&asOf=${T0 + 1}`);
    expect(api.analysis.asked).toEqual([{ scope: IMM, from: T0, to: T0 + HOUR, asOf: T0 + 1 }]);
    expect(json.checks.map(({ id }: { id: string }) => id)).toContain('replayed-segment');
    expect(json.machines).toEqual([
      {
        ...{ machine: IMM, grade: 'B' },
        findings: [
          {
            ...{ check: 'flat-line', from: '2026-03-02T00:00:00.000Z', to: '2026-03-02T01:00:00.000Z' },
            evidence: { signal: 'temp', flatHours: 6 },
          },
        ],
      },
    ]);
  });

  test('the loss waterfall of the same rows; a negative loss hangs below zero', async () => {
    const { json, text } = await api.ask(`GET /api/v1/losses?${span}`);
    const { json: catalogue } = await api.ask('GET /api/v1/kpis/catalogue');
    const [row] = json.rows;
    expect(row.steps.map(({ id }: { id: string }) => id)).toEqual(
      catalogue.losses.map(({ id }: { id: string }) => id),
    );
    expect(row.steps[0]).toEqual({ id: 'plannedBusy', us: 3.6e9, span: [0, 3.6e9], share: 1 });
    expect(text).toContain(`{"id":"speedLoss","us":-${BEYOND},"span":[-${BEYOND},0],"share":`);
    expect(row.flags).toEqual(['effectiveness-above-1']);
    expect(json.view).toBe('iso');
  });

  test('the losses as TPM books them, step by step as the catalogue has them; another view is refused', async () => {
    const { json } = await api.ask(`GET /api/v1/losses?${span}&view=tpm`);
    const { json: catalogue } = await api.ask('GET /api/v1/kpis/catalogue');
    const { steps } = catalogue.lossViews.find(({ id }: { id: string }) => id === 'tpm');
    expect(json.rows[0].steps.map(({ id }: { id: string }) => id)).toEqual(
      steps.map(({ id }: { id: string }) => id),
    );
    expect(steps.find(({ id }: { id: string }) => id === 'minorStop')).toMatchObject({
      big: [3],
      factor: 'performance',
    });
    expect(json.view).toBe('tpm');
    const wrong = await api.ask(`GET /api/v1/losses?${span}&view=jit`);
    expect(wrong.json).toMatchObject({ status: 400, errors: [{ name: 'view', allowed: ['iso', 'tpm'] }] });
  });

  test('each KPI says how it is defined, and how well that is known', async () => {
    const { json } = await api.ask('GET /api/v1/kpis/catalogue');
    expect(json.kpis.find(({ id }: { id: string }) => id === 'mtbf')).toMatchObject({
      formula: 'Σ TBF / FE',
      unit: 'ms',
      range: { min: 0, max: null },
      timing: ['on-demand', 'periodic'],
      clause: '6',
      verification: 'own-design',
      additive: true,
    });
    const standard = new Map(json.standard.map((one: { title: { en: string } }) => [one.title.en, one]));
    expect(standard.get('Availability')).toMatchObject({ kpi: 'availability', why: null });
    expect(standard.get('Worker efficiency')).toMatchObject({
      kpi: null,
      why: { zh: expect.any(String), en: expect.any(String) },
    });
  });

  test('integers beyond 2^53 digit by digit, in the ledger, the figures and the points', async () => {
    const ledger = await api.ask(`GET /api/v1/ledger?${span}`);
    expect(ledger.text).toContain(
      `"runningUs":{"productive":${BEYOND},"rejectLoss":0,"speedLoss":-${BEYOND}}`,
    );
    const kpis = await api.ask(`GET /api/v1/kpis?${span}&kpi=oee`);
    expect(kpis.text).toContain(`"numerator":${BEYOND},"denominator":${2n * BEYOND}`);
    expect(kpis.text).toContain(`"inputs":{"runningMs":${BEYOND}}`);
    const points = await api.ask(`GET /api/v1/signals?machine=${IMM}&signal=count&${span}`);
    expect(points.text).toBe(
      `{"points":[[${T0},${BEYOND}],[${T0 + 1},"x"]],"keptSince":"${iso(T0 - HOUR)}"}`,
    );
  });

  test('the figures asked for, or all that the catalogue has', async () => {
    const { json: catalogue } = await api.ask('GET /api/v1/kpis/catalogue');
    const ids = catalogue.kpis.map(({ id }: { id: string }) => id);
    expect(ids).toEqual(
      expect.arrayContaining(['utilisation', 'availability', 'effectiveness', 'quality-ratio', 'oee']),
    );
    const all = await api.ask(`GET /api/v1/kpis?${span}`);
    expect(all.json.rows[0].figures.map(({ kpi }: { kpi: string }) => kpi)).toEqual(ids);
    const two = await api.ask(`GET /api/v1/kpis?${span}&kpi=oee,utilisation`);
    expect(two.json.rows[0].figures.map(({ kpi }: { kpi: string }) => kpi)).toEqual(['oee', 'utilisation']);
  });

  test('raw observations, page by page', async () => {
    const { json, text } = await api.ask(`GET /api/v1/observations?machine=${IMM}&${span}&limit=2`);
    expect(json.observations[1]).toEqual({
      ts: '2026-03-02T00:00:00.000Z',
      signal: 'state',
      type: 'text',
      value: '<script>',
    });
    expect(text).toContain(`"type":"int64","value":${BEYOND}}`);
    const next = encodeURIComponent(json.next);
    await api.ask(`GET /api/v1/observations?machine=${IMM}&${span}&signal=count&cursor=${next}`);
    expect(api.analysis.asked).toEqual([
      { machine: IMM, from: T0, to: T0 + HOUR, limit: 2, signal: null, after: null },
      {
        ...{ machine: IMM, from: T0, to: T0 + HOUR, limit: 500, signal: 'count' },
        after: { ts: T0, signal: 'a b' },
      },
    ]);
    const wrong = await api.ask(`GET /api/v1/observations?machine=${IMM}&${span}&cursor=7`);
    expect(wrong.status).toBe(400);
    expect(wrong.json.errors[0]).toMatchObject({ name: 'cursor', message: '"7" is no cursor' });
  });

  test('buckets of a signal', async () => {
    const { json } = await api.ask(`GET /api/v1/signals?machine=${IMM}&signal=count&${span}&every=P1DT1H`);
    expect(json).toEqual({ points: [[T0, 1, 1.5, 2, 2]], keptSince: iso(T0 - HOUR) });
    expect(api.analysis.asked).toMatchObject([{ everyMs: 25 * HOUR }]);
  });
});

describe('times in questions', () => {
  test.each([
    ['milliseconds', String(T0)],
    ['UTC', '2026-03-02T00:00:00Z'],
    ['an offset, its plus percent-encoded', '2026-03-02T08:00:00%2B08:00'],
    ['an offset whose plus was not encoded and so means a space', '2026-03-02T08:00:00+08:00'],
    ['an offset west of Greenwich', '2026-03-01T19:00:00-05:00'],
    ['no seconds', '2026-03-02T00:00Z'],
    ['finer fractions, floored', '2026-03-02T00:00:00.0009999Z'],
  ])('%s', async (_form, from) => {
    const { status } = await api.ask(`GET /api/v1/ledger?from=${from}&to=${T0 + 1}`);
    expect(status).toBe(200);
    expect(api.analysis.asked).toMatchObject([{ from: T0, to: T0 + 1 }]);
  });
});

describe('the ingest desk', () => {
  test('books', async () => {
    const { json } = await api.ask('GET /api/v1/ingest/books');
    expect(json.messages).toMatchObject({ received: 5, stored: 2, refused: 3 });
    expect(json.sources).toMatchObject([{ source: IMM, observations: { thinned: 0, replaced: 0 } }]);
  });

  test('sources: what floods, whose clock is off by how much, and the correction that would put it right', async () => {
    const { json } = await api.ask('GET /api/v1/ingest/sources');
    expect(json.sources[0]).toMatchObject({ source: IMM, perSecond: 623, flooding: true, waiting: 12 });
    expect(json.sources[0].clock).toMatchObject({ state: 'measured', aheadMs: 7000, flagged: true });
    expect(json.sources[0].clock.proposal).toEqual({
      ...{ source: IMM, aheadMs: 7000, since: new Date(T0 + 1000).toISOString() },
    });
    const unknown = { state: 'too-few', aheadMs: null, flagged: false, proposal: null };
    expect(json.sources[1]).toMatchObject({ lastHeard: null, clock: unknown });
  });

  test('refused messages page by page, their bytes unharmed', async () => {
    const first = await api.ask('GET /api/v1/ingest/refused?limit=2');
    expect(first.json.items.map(({ id }: { id: number }) => id)).toEqual([1, 2]);
    expect([...Buffer.from(first.json.items[0].payloadBase64, 'base64')]).toEqual([0xff, 0, 1]);
    expect(first.json.next).toBe('2');
    const last = await api.ask(`GET /api/v1/ingest/refused?limit=2&cursor=${first.json.next}`);
    expect(last.json).toMatchObject({ items: [{ id: 3 }], next: null });
  });

  test('which machines are there, with the kinds that are asked for', async () => {
    const { json } = await api.ask('GET /api/v1/machines?filter=silent,never-heard&scope=acme');
    expect(api.analysis.asked.at(-1)).toEqual({ scope: 'acme', filters: ['silent', 'never-heard'] });
    expect(json).toEqual({
      asOf: iso(T0 + 10),
      counts: { declared: 3, undeclared: 0, silent: 1, neverHeard: 2 },
      machines: [
        {
          ...{ path: IMM, declared: true, presence: 'silent', source: IMM },
          ...{ firstHeard: iso(T0 - 1), lastHeard: iso(T0 + 5), silentSince: iso(T0 + 6) },
        },
      ],
    });
  });

  test('what rules did to values, exact, and filtered as asked', async () => {
    const { json } = await api.ask(
      `GET /api/v1/ingest/corrections?limit=5&machine=${encodeURIComponent(IMM)}&kind=out-of-range&from=1&to=2`,
    );
    expect(api.desk.asked.at(-1)).toEqual({
      corrections: { limit: 5, machine: IMM, kind: 'out-of-range', from: 1, to: 2 },
    });
    expect(json).toMatchObject({
      items: [
        { ...{ id: 7, machine: IMM, raw: 900, result: null, count: 2 }, from: iso(T0), to: iso(T0 + 1) },
      ],
      next: '7',
    });
  });

  test('what each code means, what to do, and how many messages rest in quarantine for it', async () => {
    const { json } = await api.ask('GET /api/v1/ingest/refused/codes?topic=kaidong%2Fv1%2F%23');
    expect(api.desk.asked.at(-1)).toEqual({ topic: 'kaidong/v1/#' });
    expect(json.codes.map(({ code }: { code: string }) => code)).toEqual(Object.keys(REFUSALS));
    const [some, none] = ['not-utf8', 'no-rule'].map((code) =>
      json.codes.find((entry: { code: string }) => entry.code === code),
    );
    expect(some).toMatchObject({ ...REFUSALS['not-utf8'], inQuarantine: 3, newest: iso(T0 + 3) });
    expect(none).toMatchObject({ ...REFUSALS['no-rule'], inQuarantine: 0, newest: null });
  });

  test('refused messages of one code and topic', async () => {
    await api.ask('GET /api/v1/ingest/refused?code=not-utf8&topic=a%2Fb');
    expect(api.desk.asked).toEqual([{ limit: 100, cursor: 0, code: 'not-utf8', topic: 'a/b' }]);
  });

  const json = { 'content-type': 'application/json; charset=utf-8' };

  test.each([
    ['{"ids":[1,2]}', { ids: [1, 2] }],
    ['{"code":"no-rule"}', { code: 'no-rule' }],
    ['{"code":"no-rule","topic":"a/b"}', { code: 'no-rule', topic: 'a/b' }],
    ['{"topic":"a/b"}', { topic: 'a/b' }],
  ])('replay of %s', async (body, selection) => {
    const answer = await api.ask('POST /api/v1/ingest/refused/replay', { headers: json, body });
    expect(answer.json).toEqual({ replayed: 3, stored: 2, refused: 1 });
    expect(api.desk.asked).toEqual([selection]);
  });

  test.each([
    ['milliseconds', '1772409600000'],
    ['ISO 8601', '"2026-03-02T08:00:00+08:00"'],
  ])('explains a message by when it was received, in %s', async (_form, receivedAt) => {
    await api.ask('POST /api/v1/ingest/explain', {
      headers: json,
      body: `{"topic":"a/b","payload":"x","receivedAt":${receivedAt}}`,
    });
    expect(api.desk.asked).toEqual([{ topic: 'a/b', payload: 'x', receivedAt: 1_772_409_600_000 }]);
  });

  test.each([
    ['a text as it is', '"payload":"{not json"', '{not json'],
    ['a value as JSON', '"payload":{"count":1}', '{"count":1}'],
    ['numbers as they were spelt', `"payload":[${BEYOND},1e999,1.0]`, `[${BEYOND},1e999,1.0]`],
    ['null, which is a payload too', '"payload":null', 'null'],
    ['bytes', '"payloadBase64":"5byA5Yqo"', '开动'],
  ])('explains %s', async (_form, field, payload) => {
    const answer = await api.ask('POST /api/v1/ingest/explain', {
      headers: json,
      body: `{"topic":"a/b",${field}}`,
    });
    expect(answer.status).toBe(200);
    expect(api.desk.asked).toEqual([{ topic: 'a/b', payload }]);
    expect(answer.json).toMatchObject({ rule: 'default-topic', refused: [{ code: 'value-shape' }] });
    expect(answer.text).toContain(`"value":${BEYOND}}`);
  });
});

describe('the protocol', () => {
  test('HEAD answers as GET, without a body', async () => {
    const { status, text, headers } = await api.ask('HEAD /api/v1/plant');
    expect([status, text, headers.get('content-type')]).toEqual([200, '', 'application/json; charset=utf-8']);
  });

  test('OPTIONS says what an address takes', async () => {
    const { status, headers } = await api.ask('OPTIONS /api/v1/ingest/explain');
    expect([status, headers.get('allow')]).toEqual([204, 'POST, OPTIONS']);
  });

  test('answers are not cached, and do not say what made them', async () => {
    const { headers } = await api.ask('GET /api/v1/plant');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.has('x-powered-by')).toBe(false);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('fifty questions at once each get their own answer', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        api.ask(`GET /api/v1/ledger?from=${index}&to=${1000 + index}`),
      ),
    );
    expect(answers.map(({ json }) => Date.parse(json.from))).toEqual(
      Array.from({ length: 50 }, (_, index) => index),
    );
  });
});
