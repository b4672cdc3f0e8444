import type { z } from 'zod';
import { notesOf } from '../http/question.ts';
import { isGuarded } from '../http/security.ts';
import { PROBLEMS, type ProblemCode } from '../problem.ts';
import { pathNames, type Route } from '../route.ts';
import type { Components, Schema } from './schemas.ts';

/** The OpenAPI operation of a route. */
export function operationOf(route: Route, { answers, bodies }: Components): Schema {
  const body = bodies[route.id];
  return {
    operationId: route.id,
    summary: `${route.summary.zh} · ${route.summary.en}`,
    ...(isGuarded(route.path) ? {} : { security: [] }),
    parameters: parametersOf(route),
    ...requestBodyOf(route, body),
    responses: {
      [(route.kind === 'json' && route.success) || 200]: okOf(route, answers),
      ...(route.kind === 'json' && route.status
        ? { 503: { ...okOf(route, answers), description: 'Not ready; the parts say why' } }
        : {}),
      ...problemResponses(route),
    },
  };
}

function requestBodyOf({ upload }: Route, body: Schema | undefined): Schema {
  if (body) return { requestBody: { required: true, content: { 'application/json': { schema: body } } } };
  if (!upload) return {};
  const { media, content, maxBytes } = upload;
  return {
    requestBody: {
      required: true,
      description: `${content}; at most ${maxBytes} bytes`,
      content: Object.fromEntries(media.map((type) => [type, {}])),
    },
  };
}

function okOf(route: Route, answers: Record<string, Schema>): Schema {
  return route.kind === 'json'
    ? { description: route.summary.en, content: { 'application/json': { schema: answers[route.id] } } }
    : {
        description: route.content,
        content: { [route.media]: { schema: answers[route.id] ?? { type: 'string' } } },
      };
}

function parametersOf(route: Route): readonly Schema[] {
  const inPath = new Set(pathNames(route.path).map(({ name }) => name));
  return Object.entries(route.params.shape).map(([name, schema]) => {
    const notes = notesOf(schema);
    if (!notes) throw new Error(`parameter ${name} of route ${route.id} has no notes`);
    const [first] = notes.examples;
    return {
      name,
      in: inPath.has(name) ? 'path' : 'query',
      required: inPath.has(name) || !(schema as z.ZodType).safeParse(undefined).success,
      description: `${notes.description}. Allowed: ${notes.allowed.join(' · ')}.`,
      schema: { type: 'string' },
      example: first,
    };
  });
}

/** The problems of a route by status; those of the parameters, the token and our own defects are every route's. */
function problemResponses(route: Route): Record<number, Schema> {
  const everywhere: ProblemCode[] = ['parameter-invalid', 'url-malformed', 'internal'];
  const withToken: ProblemCode[] = ['token-missing', 'token-invalid', 'too-many-failures'];
  const withBody: ProblemCode[] = [
    'body-malformed',
    'body-invalid',
    'body-too-large',
    'media-type-unsupported',
    'disk-full',
  ];
  const withUpload: ProblemCode[] = [
    'body-malformed',
    'body-too-large',
    'media-type-unsupported',
    'disk-full',
  ];
  const codes = [
    ...everywhere,
    ...(isGuarded(route.path) ? withToken : []),
    ...(route.body ? withBody : []),
    ...(route.upload ? withUpload : []),
    ...route.problems,
  ];
  const byStatus = Object.entries(Object.groupBy(codes, (code) => PROBLEMS[code].status));
  return Object.fromEntries(
    byStatus.map(([status, group = []]) => [
      status,
      {
        description: group.map((code) => `${code}: ${PROBLEMS[code].title}`).join('. '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}
