import { z } from 'zod';
import { PROBLEMS, type ProblemCode } from '../problem.ts';
import type { Route } from '../route.ts';
import { importReport } from '../wire/import-report.ts';

export type Schema = Record<string, unknown>;

/** The JSON Schemas of the routes, by route id, and those that they share, by name. */
export interface Components {
  readonly shared: Record<string, Schema>;
  readonly answers: Record<string, Schema>;
  readonly bodies: Record<string, Schema>;
}

/** An RFC 9457 answer. */
const problemSchema = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('what is wrong with this request'),
    instance: z.string().optional().describe('on status 500: the id under which the log has it'),
    code: z.enum(Object.keys(PROBLEMS) as ProblemCode[]),
    errors: z.array(
      z.strictObject({
        in: z.enum(['query', 'path', 'body', 'header']),
        name: z.string(),
        message: z.string(),
        zh: z.string().optional().describe('the same in Chinese; absent: it is only told in English'),
        allowed: z.array(z.string()).describe('the values, or a description of each form, that are allowed'),
      }),
    ),
    report: importReport.optional().describe('of a file that was not taken: what is wrong in it'),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details' });

/** Every schema of the routes at once, so that shared ones are written once. */
export function componentsOf(routes: readonly Route[]): Components {
  const answers = routes.flatMap((route) => (route.answer ? [[route.id, route.answer] as const] : []));
  const bodies = routes.flatMap((route) => (route.body ? [[route.id, route.body] as const] : []));
  const out = jsonSchema({ ...Object.fromEntries(answers), problem: problemSchema }, 'output');
  const into = jsonSchema(Object.fromEntries(bodies), 'input');
  return { shared: { ...out.shared, ...into.shared }, answers: out.named, bodies: into.named };
}

function jsonSchema(
  named: Record<string, z.ZodType>,
  io: 'input' | 'output',
): { shared: Record<string, Schema>; named: Record<string, Schema> } {
  const schema = z.toJSONSchema(z.strictObject(named), { io, unrepresentable: 'any' });
  const moved = JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/')) as {
    properties: Record<string, Schema>;
    $defs?: Record<string, Schema>;
  };
  const shared = Object.entries(moved.$defs ?? {}).map(([name, { id: _id, ...definition }]) => [
    name,
    definition,
  ]);
  return { shared: Object.fromEntries(shared), named: moved.properties };
}
