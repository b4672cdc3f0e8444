import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { iso } from '../../api/wire/scalars.ts';
import { LONGEST_NOTE } from '../../domain/handover.ts';
import { HOUR, IMM, T0 } from './plant-analysis.ts';
import { type RunningApi, startApi } from './start-api.ts';

let api: RunningApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const LINE = 'acme/zhoushan/moulding/line1';
const SHIFT = { line: LINE, day: '2026-03-02', shift: 'day' };
const asked = `line=${LINE}&day=2026-03-02&shift=day`;
const post = (body: object) =>
  api.ask('POST /api/v1/handover-notes', {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...SHIFT, text: '模具已换', by: '王工', ...body }),
  });

describe('handover notes', () => {
  test('are added, corrected, and told with what they said before; markup is text', async () => {
    const { status, json } = await post({ text: '  <script>alert(1)</script>\n第二行  ' });
    expect(status).toBe(201);
    expect(json).toEqual({
      ...{ id: json.id, text: '<script>alert(1)</script>\n第二行', by: '王工', at: iso(T0), earlier: [] },
    });
    const corrected = await post({ text: '已处理', by: '李工', corrects: json.id });
    expect(corrected.status).toBe(201);
    const listed = await api.ask(`GET /api/v1/handover-notes?${asked}`);
    expect(listed.json).toEqual({
      ...SHIFT,
      ...{ from: iso(T0), to: iso(T0 + HOUR) },
      notes: [corrected.json],
    });
    expect(corrected.json.earlier).toMatchObject([{ by: '王工', text: '<script>alert(1)</script>\n第二行' }]);
    const { json: report } = await api.ask(`GET /api/v1/shift-report?${asked}`);
    expect(report.notes).toEqual([corrected.json]);
  });

  test.each([
    ['an empty text', { text: '   ' }, 400, 'body-invalid'],
    ['a text that no page holds', { text: 'x'.repeat(LONGEST_NOTE + 1) }, 400, 'body-invalid'],
    ['a name that no line holds', { by: 'x'.repeat(81) }, 400, 'body-invalid'],
    ['a control character', { text: 'a\u0007b' }, 400, 'body-invalid'],
    ['no day of the calendar', { day: '2026-02-30' }, 400, 'body-invalid'],
    ['a line of another depth', { line: 'acme/zhoushan' }, 400, 'body-invalid'],
    ['a field that is none', { shfit: 'day' }, 400, 'body-invalid'],
    ['a shift that the site has not', { shift: 'late' }, 404, 'shift-not-found'],
    ['a line that is not there', { line: 'acme/zhoushan/moulding/line9' }, 404, 'scope-not-found'],
    ['a correction of a note that is not there', { corrects: 999 }, 404, 'note-not-found'],
  ])('with %s are refused', async (_, body, status, code) => {
    const answer = await post(body);
    expect([answer.status, answer.json.code]).toEqual([status, code]);
  });

  test('of a shift that has enough of them are refused, and those that are there stay', async () => {
    const full = { day: '2026-03-05' };
    for (let count = 0; count < 200; count++) await post(full);
    const answer = await post(full);
    expect([answer.status, answer.json.code]).toEqual([409, 'notes-full']);
    const { json } = await api.ask(`GET /api/v1/handover-notes?line=${LINE}&day=2026-03-05&shift=day`);
    expect(json.notes).toHaveLength(200);
  });
});

describe('the shift report', () => {
  test('holds what a page needs, of the shift or of the whole day', async () => {
    const { status, json } = await api.ask(`GET /api/v1/shift-report?${asked}&asOf=${T0 + 9}`);
    expect(status).toBe(200);
    expect(json).toMatchObject({
      ...{
        ...SHIFT,
        zone: 'Asia/Shanghai',
        from: iso(T0),
        status: 'provisional',
        finalAt: iso(T0 + 2 * HOUR),
      },
      figures: [{ kpi: 'utilisation' }, { kpi: 'oee' }],
      machines: [{ machine: IMM, strip: [{ class: 'running' }] }],
      stops: [{ machine: IMM, class: 'breakdown', reason: '<i>' }],
      lineStops: { rule: { id: 'first-stop' }, ms: { stopped: 7 } },
      before: { day: '2026-03-01' },
      remarks: [{ code: 'unknown-time', machine: IMM, ms: 1000 }],
    });
    expect(json.losses[0]).toMatchObject({ id: 'plannedBusy' });
    const day = await api.ask(`GET /api/v1/shift-report?line=${LINE}&day=2026-03-02`);
    expect(day.json.shift).toBeNull();
    const late = await api.ask(`GET /api/v1/shift-report?line=${LINE}&day=2026-03-02&shift=late`);
    expect([late.status, late.json.code]).toEqual([404, 'shift-not-found']);
    const wrong = await api.ask(`GET /api/v1/shift-report?line=${LINE}&day=yesterday`);
    expect([wrong.status, wrong.json.code]).toEqual([400, 'parameter-invalid']);
  });
});
