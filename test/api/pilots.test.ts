import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { importPilots } from '../../api/routes/import-pilots.ts';
import { pilotBody, pilotGiven } from '../../api/wire/pilot-body.ts';
import { XLSX } from '../../api/wire/xlsx.ts';
import { pilotOf, pilotSchema } from '../../config/pilots/schema.ts';
import { pilotProblems } from '../../domain/assess/pilot-problems.ts';
import { MAX_FILE_BYTES } from '../../exchange/limits.ts';
import { pilot } from '../domain/assess/pilot.ts';
import { bookWith, bookWithCell } from '../exchange/read.ts';
import { type RunningApi, startApi } from './start-api.ts';

const JSON_BODY = { 'content-type': 'application/json' };
const WORKBOOK = { 'content-type': XLSX };
const dongli = pilot({
  id: 'dongli',
  enterprise: { name: '东力船业', creditCode: '91350100M0001TGQXM' },
  district: '普陀区',
  industry: 'ships',
  programme: 'intelligent-factory',
  sites: ['dongli/putuo'],
  equipment: [],
});

let api: RunningApi;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

const save = (body: unknown) =>
  api.ask('POST /api/v1/pilots', { headers: JSON_BODY, body: JSON.stringify(body) });
const take = (body: Uint8Array | string, headers: Record<string, string> = WORKBOOK) =>
  api.ask('POST /api/v1/pilots/import', { headers, body });
const idsOf = async (query = ''): Promise<string[]> =>
  (await api.ask(`GET /api/v1/pilots${query}`)).json.pilots.map(({ id }: { id: string }) => id);

describe('the list', () => {
  test('has every pilot without its long lists, and what looks wrong', async () => {
    await save(dongli);
    const { json } = await api.ask('GET /api/v1/pilots');
    expect(json.pilots).toHaveLength(2);
    expect(json.pilots[0]).toEqual({
      ...{ id: 'dongli', enterprise: dongli.enterprise, district: '普陀区', industry: 'ships' },
      ...{ processType: 'discrete', programme: 'intelligent-factory', sites: ['dongli/putuo'] },
      ...{ baselineYear: 2024, simulated: true, from: 'register' },
      ...{ equipmentCount: 0, processCount: 1, declaredCount: 1, answerCount: 1 },
      notes: [
        {
          field: 'enterprise.creditCode',
          message: {
            zh: '第 18 位校验码不符，请核对',
            en: 'the check character, the last one, does not fit; compare it with the licence',
          },
        },
      ],
    });
  });

  test('is narrowed by industry, district and programme', async () => {
    await save(dongli);
    expect(await idsOf()).toEqual(['dongli', 'haida']);
    expect(await idsOf('?industry=ships')).toEqual(['dongli']);
    expect(await idsOf(`?district=${encodeURIComponent('定海区')}`)).toEqual(['haida']);
    expect(await idsOf('?programme=digital-workshop')).toEqual(['haida']);
    expect(await idsOf('?programme=digital-workshop&industry=ships')).toEqual([]);
  });
});

describe('one pilot', () => {
  test('is given, put right, and got back whole', async () => {
    const given = { ...dongli, enterprise: { name: '东力船业', creditCode: ' 9135 0100m000100y43 ' } };
    const trimmed = { ...given, enterprise: { ...given.enterprise, creditCode: '9135 0100m000100y43' } };
    expect((await save(given)).status).toBe(400);
    const { status, json } = await save(trimmed);
    expect(status).toBe(200);
    const kept = { ...dongli, enterprise: { ...dongli.enterprise, creditCode: '91350100M000100Y43' } };
    const outside = json.notes;
    expect(json).toEqual({ ...kept, from: 'register', notes: outside });
    expect((await api.ask('GET /api/v1/pilots/dongli')).json).toEqual(json);
  });

  test('replaces the one with its id; what it does not say is gone', async () => {
    const { id, enterprise, district, industry, programme } = dongli;
    await save(dongli);
    await save({ id, enterprise: { name: enterprise.name }, district, industry, programme });
    const { json } = await api.ask('GET /api/v1/pilots/dongli');
    expect(json).toMatchObject({ sites: [], processes: [], declared: [], enterprise: { creditCode: null } });
  });

  test('may have numbers in any spelling', async () => {
    const body = JSON.stringify(dongli).replace('"value":0.95', '"value":0.950');
    expect(body).toContain('0.950');
    const { json } = await api.ask('POST /api/v1/pilots', { headers: JSON_BODY, body });
    expect(json.declared[0].value).toBe(0.95);
  });

  test('with what another pilot has is refused, both named', async () => {
    const { status, json } = await save({ ...dongli, sites: ['acme/zhoushan'] });
    expect(status).toBe(409);
    expect(json).toMatchObject({ code: 'pilot-conflict', errors: [{ in: 'body', name: 'sites' }] });
    expect(json.detail).toContain(
      'site "acme/zhoushan" belongs to two pilots, "haida" in the register and "dongli" in this request',
    );
    expect(await idsOf()).toEqual(['haida']);
  });

  test('with what can not hold is refused by field', async () => {
    const { status, json } = await save({
      ...dongli,
      equipment: [{ id: 'E1', name: 'x', process: 'P9' }],
    });
    expect(status).toBe(400);
    expect(json.errors).toEqual([
      {
        in: 'body',
        name: 'equipment.0.process',
        message: 'there is no process "P9"; register it, or correct the id',
        allowed: ['P1'],
      },
    ]);
  });
});

/** zod writes no default for a list whose entries are transformed; that it is empty is held by what means the same. */
const isEmptyDefault = (key: string, value: unknown): boolean =>
  key === 'default' && Array.isArray(value) && value.length === 0;

describe('a file and the API ask for the same', () => {
  const folder = join(import.meta.dirname, '../config/pilots/bad');
  const wordsOf = (error: z.ZodError) => error.issues.map(({ path }) => path.join('.'));

  test('what is wrong in a file is wrong here, in the same field', () => {
    let compared = 0;
    for (const name of readdirSync(folder)) {
      const given = parse(readFileSync(join(folder, name), 'utf8'));
      const [file, body] = [pilotSchema.safeParse(given), pilotBody.safeParse(given)];
      expect(body.success, name).toBe(file.success);
      if (!file.success && !body.success) expect(wordsOf(body.error), name).toEqual(wordsOf(file.error));
      if (file.success && body.success) {
        expect(pilotProblems(pilotGiven(body.data)), name).toEqual(pilotProblems(pilotOf(file.data)));
      }
      compared += 1;
    }
    expect(compared).toBeGreaterThan(15);
  });

  test('what is right in a file is right here, and means the same', () => {
    for (const given of [pilot(), dongli, { ...dongli, equipment: [{ id: 'E1', name: 'x' }] }]) {
      expect(pilotGiven(pilotBody.parse(given))).toEqual(pilotOf(pilotSchema.parse(given)));
    }
  });

  test('the published schemas are the same but for their words', () => {
    const shapeOf = (schema: z.ZodType): unknown => {
      const { $defs, ...whole } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
      const [named] = Object.values($defs ?? {});
      const words = ['description', 'id', '$schema'];
      return JSON.parse(
        JSON.stringify(named ?? whole, (key, value) =>
          (words.includes(key) && typeof value === 'string') || isEmptyDefault(key, value)
            ? undefined
            : value,
        ),
      );
    };
    expect(shapeOf(pilotBody)).toEqual(shapeOf(pilotSchema));
  });
});

describe('the register as a workbook', () => {
  test('goes out, changes here, and comes back', async () => {
    const response = await fetch(`${api.url}/api/v1/pilots/export.xlsx`);
    expect(response.headers.get('content-type')).toBe(XLSX);
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="kaidong-register.xlsx"');
    const workbook = new Uint8Array(await response.arrayBuffer());
    const before = (await api.ask('GET /api/v1/pilots/haida')).json;
    const { from: _, notes: __, ...given } = before;
    await save({ ...given, district: '岱山县', equipment: [] });
    const { status, json } = await take(workbook);
    expect(status).toBe(200);
    expect(json).toEqual({
      ...{ pilots: 1, equipment: 4, processes: 1, declared: 1, answers: 1 },
      ...{ errors: [], warnings: [], more: { errors: 0, warnings: 0 } },
    });
    expect((await api.ask('GET /api/v1/pilots/haida')).json).toEqual(before);
  });

  test('has a template, which is no file to be imported as it is', async () => {
    const response = await fetch(`${api.url}/api/v1/pilots/template.xlsx`);
    const { status, json } = await take(new Uint8Array(await response.arrayBuffer()));
    expect(status).toBe(400);
    expect(json).toMatchObject({ code: 'import-invalid', detail: '1 errors; nothing was saved.' });
    expect(json.report.errors[0].message.zh).toBe('所有工作表都没有数据行');
  });

  test('with a wrong row keeps nothing, and the problem lists every row', async () => {
    const before = (await api.ask('GET /api/v1/pilots/haida')).json;
    const { status, json } = await take(bookWithCell('设备', '关键设备', '大概'));
    expect(status).toBe(400);
    expect(json.errors).toEqual([
      { in: 'body', name: '设备 2 关键设备', message: 'say 是 (yes) or 否 (no)', allowed: ['是', '否'] },
    ]);
    expect(json.report).toEqual({
      ...{ pilots: 1, equipment: 0, processes: 1, declared: 1, answers: 1, warnings: [] },
      more: { errors: 0, warnings: 0 },
      errors: [
        {
          sheet: '设备',
          row: 2,
          column: '关键设备',
          value: '大概',
          message: { zh: '应为“是”或“否”', en: 'say 是 (yes) or 否 (no)' },
          allowed: ['是', '否'],
        },
      ],
    });
    expect((await api.ask('GET /api/v1/pilots/haida')).json).toEqual(before);
  });

  test('may be a list of equipment as CSV', async () => {
    const csv = '企业编号,设备编号,设备名称\nhaida,E-9,新设备\n';
    expect((await take(csv, { 'content-type': 'text/csv; charset=utf-8' })).json).toMatchObject({
      equipment: 1,
    });
    const { json } = await api.ask('GET /api/v1/pilots/haida');
    expect(json.equipment.map(({ id }: { id: string }) => id)).toEqual(['E-9']);
  });

  test.each([
    ['no spreadsheet', Buffer.from('%PDF-1.7'), 'neither an .xlsx workbook nor .csv text'],
    ['nothing', Buffer.alloc(0), 'the file is empty'],
  ])('that is %s is told', async (_, body, message) => {
    const { status, json } = await take(body);
    expect(status).toBe(400);
    expect(json.errors[0].message).toContain(message);
  });

  test.each(['text/plain', 'multipart/form-data; boundary=x', 'application/json', undefined])(
    'sent as %s is not taken: a form of a foreign page could send it',
    async (type) => {
      const { status, json } = await take(bookWith({}), type === undefined ? {} : { 'content-type': type });
      expect(status).toBe(415);
      expect(json.detail).toContain(`send "content-type: ${XLSX}"`);
    },
  );

  test('of 50 MB is refused with the limit, which is that of the reader', async () => {
    expect(importPilots.upload?.maxBytes).toBe(MAX_FILE_BYTES);
    const { status, json } = await take(Buffer.alloc(50_000_000));
    expect(status).toBe(413);
    expect(json).toMatchObject({ code: 'body-too-large', detail: 'The body is larger than 16000000 bytes.' });
    expect(await idsOf()).toEqual(['haida']);
  });

  test('other requests are answered while a large one is read', async () => {
    const rows = Array.from({ length: 30_000 }, (_, n) => ['haida', `E-${n}`, '注塑机']);
    const large = bookWith({ 设备: [['企业编号', '设备编号', '设备名称'], ...rows] });
    let done = false;
    const taking = take(large).then((answer) => {
      done = true;
      return answer;
    });
    let answered = 0;
    while (!done) {
      expect((await api.ask('GET /healthz')).status).toBe(200);
      answered += 1;
    }
    expect((await taking).json.equipment).toBe(30_000);
    expect(answered).toBeGreaterThan(20);
  });
});
