import { readdirSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { openApiDocument } from '../../api/openapi/document.ts';
import { PROBLEMS } from '../../api/problem.ts';
import { openApiPath } from '../../api/route.ts';
import { ROUTES } from '../../api/routes/index.ts';
import { published } from './published.ts';
import { startApi } from './start-api.ts';

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly security?: readonly unknown[];
  readonly parameters: readonly {
    name: string;
    in: string;
    required: boolean;
    description: string;
    example: string;
  }[];
  readonly responses: Record<string, { description: string; content: Record<string, { schema: object }> }>;
}

const document = openApiDocument({
  routes: ROUTES,
  version: '1.2.3',
  basePath: '/kaidong',
  tokenRequired: true,
});
const paths = document.paths as Record<string, Record<string, Operation>>;
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

/** What adds something answers 201. */
const CREATES = [
  'assess',
  'enter',
  'enter-order',
  'enter-product',
  'rescore',
  'hand-over',
  'annotate',
  'undo-annotation',
];

/** Every object inside a document, itself included. */
function* objectsIn(value: unknown): Generator<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return;
  yield value as Record<string, unknown>;
  for (const part of Object.values(value)) yield* objectsIn(part);
}

test('the folder of routes and the list of routes are the same', () => {
  const files = readdirSync(new URL('../../api/routes/', import.meta.url)).filter(
    (file) => file !== 'index.ts',
  );
  expect(files.map((file) => file.replace('.ts', '')).sort()).toEqual(ROUTES.map(({ id }) => id).sort());
});

test('every route is in the document, once, in the order of the list', () => {
  expect(operations.map(({ path, method, operation }) => [operation.operationId, method, path])).toEqual(
    ROUTES.map((route) => [route.id, route.method, openApiPath(route.path)]),
  );
});

test('the addresses are those of the contract', () => {
  const contract = [
    ['plant', 'machines/{path}', 'timeline', 'ledger', 'kpis', 'kpis/catalogue', 'signals', 'live'],
    ['ingest/books', 'ingest/refused', 'ingest/refused/codes', 'ingest/refused/replay', 'ingest/explain'],
    [
      'losses',
      'reasons',
      'line-stops',
      'calendar',
      'shift-report',
      'handover-notes',
      'reason-tree',
      'stops',
      'annotations',
      'annotations/preview',
      'annotations/{id}/undo',
      'observations',
      'ingest/sources',
      'ingest/corrections',
      'ingest/suggestions',
      'storage',
      'machines',
      'revisions',
      'revisions/cell',
      'orders',
      'orders/{id}',
      'products',
      'verify',
      'ledger/inputs',
      'ledger/cells',
      'plausibility',
    ],
    ['notifications', 'notifications/{id}/acknowledge', 'notifications/test'],
    ['pilots', 'pilots/{id}', 'pilots/import', 'pilots/export.xlsx', 'pilots/template.xlsx'],
    ['rubrics', 'rubrics/{id}', 'assessments', 'assessments/{id}', 'comparison'],
    ['rubric', 'entries', 'publish', 'rescore', 'difference', 'report.html', 'report.json'].map(
      (part) => `assessments/{id}/${part}`,
    ),
  ].flat();
  const roots = ['/healthz', '/readyz', '/metrics', '/api/openapi.json'];
  expect(Object.keys(paths).sort()).toEqual([...contract.map((path) => `/api/v1/${path}`), ...roots].sort());
});

describe.each(operations)('$method $path', ({ path, operation }) => {
  test('says what it is in Chinese and English', () => {
    expect(operation.summary).toMatch(/\p{Script=Han}/u);
    expect(operation.summary).toMatch(/[a-z]{3}/);
  });

  test('describes every parameter, what is allowed, and an example', () => {
    for (const parameter of operation.parameters) {
      expect(parameter.description).toMatch(/\S+.*Allowed: \S+/s);
      expect(parameter.example).toBeTruthy();
      expect(parameter.in).toBe(path.includes(`{${parameter.name}}`) ? 'path' : 'query');
    }
    const inPath = operation.parameters.filter((parameter) => parameter.in === 'path');
    expect(inPath.map(({ name }) => `{${name}}`)).toEqual(path.match(/\{\w+\}/g) ?? []);
  });

  test('describes its answer and its problems', () => {
    const success = CREATES.includes(operation.operationId) ? '201' : '200';
    expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining([success, '400', '500']));
    expect(Object.keys(operation.responses).filter((status) => /^2/.test(status))).toEqual([success]);
    for (const { description, content } of Object.values(operation.responses)) {
      expect(description).toBeTruthy();
      for (const { schema } of Object.values(content)) expect(schema).toBeTypeOf('object');
    }
    expect('401' in operation.responses).toBe(!['/healthz', '/readyz'].includes(path));
  });
});

test('every example of a parameter is taken', () => {
  for (const route of ROUTES) {
    for (const { operation } of operations.filter(({ operation }) => operation.operationId === route.id)) {
      for (const { name, example } of operation.parameters) {
        expect(route.params.shape[name], `${route.id} ${name}`).toSatisfy(
          (schema: { safeParse(value: unknown): { success: boolean } }) => schema.safeParse(example).success,
        );
      }
    }
  }
});

test('the required parameters are those without which a question is wrong', () => {
  const required = (id: string) =>
    operations
      .filter(({ operation }) => operation.operationId === id)
      .flatMap(({ operation }) => operation.parameters.filter((parameter) => parameter.required))
      .map(({ name }) => name);
  expect(required('ledger')).toEqual(['from', 'to']);
  expect(required('signals')).toEqual(['machine', 'signal', 'from', 'to']);
  expect(required('machine')).toEqual(['path']);
  expect(required('refused')).toEqual([]);
});

test('every reference leads somewhere, and every shared schema is used', () => {
  const { schemas } = document.components as { schemas: Record<string, object> };
  const references = [...objectsIn(document)].flatMap(({ $ref }) => (typeof $ref === 'string' ? [$ref] : []));
  expect(references.length).toBeGreaterThan(0);
  expect([...new Set(references)].sort()).toEqual(
    Object.keys(schemas)
      .map((name) => `#/components/schemas/${name}`)
      .sort(),
  );
});

test('every schema is valid JSON Schema 2020-12', () => {
  const ajv = new Ajv2020({ strict: false });
  (formats as unknown as (ajv: Ajv2020) => void)(ajv);
  const { schemas } = document.components as { schemas: Record<string, object> };
  for (const [name, schema] of Object.entries(schemas)) {
    expect(ajv.validateSchema(schema), `${name}: ${ajv.errorsText()}`).toBe(true);
  }
});

test('an answer that breaks the published schema is noticed', () => {
  const { faults } = published(document);
  const answer = { method: 'get', pathname: '/healthz', status: 200, media: 'application/json' };
  expect(faults({ ...answer, body: { status: 'ok', version: '1' } })).toEqual([]);
  expect(faults({ ...answer, body: { status: 'ok' } })).toHaveLength(1);
  expect(faults({ ...answer, body: { status: 'ok', version: '1', more: 1 } })).toHaveLength(1);
  expect(faults({ ...answer, status: 201, body: {} })).toHaveLength(1);
});

test('a client finds the server, the version and the need for a token', () => {
  expect(document).toMatchObject({
    openapi: '3.1.1',
    info: { version: '1.2.3' },
    servers: [{ url: '/kaidong' }],
    security: [{ bearer: [] }],
  });
  expect(paths['/healthz']?.get?.security).toEqual([]);
  const open = openApiDocument({ routes: ROUTES, version: '1', basePath: '/', tokenRequired: false });
  expect(open).not.toHaveProperty('security');
});

test('every problem code is published for some route', () => {
  const described = operations.flatMap(({ operation }) =>
    Object.values(operation.responses).map(({ description }) => description),
  );
  // Problems of an address or host, which no operation in the document can have.
  const ofNoOperation = ['route-not-found', 'method-not-allowed', 'host-not-local'];
  for (const code of Object.keys(PROBLEMS).filter((code) => !ofNoOperation.includes(code))) {
    expect(
      described.some((text) => text.includes(`${code}:`)),
      code,
    ).toBe(true);
  }
});

test('the document is served', async () => {
  await using api = await startApi();
  const { json } = await api.ask('GET /api/openapi.json');
  expect(Object.keys(json.paths)).toEqual(Object.keys(paths));
});
