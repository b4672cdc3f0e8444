import type { Request } from 'express';
import { z } from 'zod';
import { type ProblemPart, problemOf } from '../problem.ts';
import { pathNames, type Question, type Route } from '../route.ts';
import { chineseOf } from '../wire/problem-words.ts';
import { readBody } from './body.ts';
import { type ParameterNotes, parameterNotes } from './parameter.ts';
import { readQuery } from './query.ts';
import { uploadOf } from './upload.ts';

/** Reads and checks what a request asks. Throws a {@link Problem} that names every wrong part and what is allowed. */
export function questionOf(route: Route, request: Request): Question<z.ZodObject, z.ZodType> {
  const inPath = pathNames(route.path).map(({ name }) => name);
  const { values, repeated } = readQuery(request.originalUrl);
  const wrong: ProblemPart[] = [];
  const known = Object.keys(route.params.shape).filter((name) => !inPath.includes(name));
  for (const name of [...values.keys()].filter((name) => !known.includes(name))) {
    wrong.push({ in: 'query', name, ...inBoth('is no parameter of this route'), allowed: known });
    values.delete(name);
  }
  for (const name of repeated) {
    if (known.includes(name)) {
      wrong.push({
        ...{ in: 'query', name, ...inBoth('is given more than once') },
        allowed: ['the parameter once'],
      });
    }
  }
  const fromPath = inPath.map((name) => [name, [request.params[name]].flat().join('/')] as const);
  const parsed = route.params.safeParse(Object.fromEntries([...values, ...fromPath]));
  for (const issue of parsed.error?.issues ?? []) {
    const name = String(issue.path[0]);
    wrong.push({
      in: inPath.includes(name) ? 'path' : 'query',
      name,
      ...inBoth(issue.code === 'invalid_type' ? 'is needed' : issue.message, issue),
      allowed: notesOf(route.params.shape[name])?.allowed ?? [],
    });
  }
  if (wrong.length > 0) throw problemOf('parameter-invalid', wrong);
  return {
    params: parsed.data ?? {},
    body: route.body ? bodyOf(route.body, request) : undefined,
    upload: uploadOf(request),
  };
}

function bodyOf(schema: z.ZodType, request: Request): unknown {
  const parsed = schema.safeParse(readBody(request), { reportInput: true });
  if (parsed.success) return parsed.data;
  throw problemOf(
    'body-invalid',
    parsed.error.issues.flatMap((issue) => bodyParts(schema, issue)),
  );
}

function bodyParts(schema: z.ZodType, issue: z.core.$ZodIssue): readonly ProblemPart[] {
  const fields = schema instanceof z.ZodObject ? schema.shape : {};
  if (issue.code === 'unrecognized_keys') {
    const allowed = Object.keys(shapeAt(schema, issue.path));
    return issue.keys.map((key) => ({
      in: 'body',
      name: [...issue.path, key].join('.'),
      ...inBoth('is no field of this body'),
      allowed,
    }));
  }
  const [field] = issue.path;
  return [
    {
      in: 'body',
      name: issue.path.length === 0 ? 'body' : issue.path.join('.'),
      ...inBoth(isAbsent(issue) ? 'is needed' : issue.message, issue),
      allowed:
        field === undefined
          ? Object.keys(fields)
          : issue.code === 'invalid_value'
            ? issue.values.map(String)
            : [...(notesOf(fields[String(field)])?.allowed ?? [])],
    },
  ];
}

/** The fields of what stands at a path of a body; none where that is no object, or the path leads nowhere. */
function shapeAt(
  schema: z.core.$ZodType | undefined,
  path: readonly PropertyKey[],
): Readonly<z.core.$ZodShape> {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return shapeAt(schema.unwrap(), path);
  const [first, ...rest] = path;
  if (schema instanceof z.ZodArray && first !== undefined) return shapeAt(schema.element, rest);
  if (!(schema instanceof z.ZodObject)) return {};
  return first === undefined ? schema.shape : shapeAt(schema.shape[String(first)], rest);
}

/** A message, with its Chinese where there is one. */
function inBoth(message: string, issue?: z.core.$ZodIssue): Pick<ProblemPart, 'message' | 'zh'> {
  const zh = chineseOf(message, issue);
  return zh === null ? { message } : { message, zh };
}

const isAbsent = ({ code, input }: z.core.$ZodIssue): boolean =>
  (code === 'invalid_type' || code === 'invalid_union') && input === undefined;

/** The notes of a parameter, also where it is optional or has a default. */
export function notesOf(schema: z.core.$ZodType | undefined): ParameterNotes | undefined {
  if (schema === undefined) return undefined;
  const notes = parameterNotes.get(schema as z.ZodType);
  if (notes) return notes;
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault
    ? notesOf(schema.unwrap())
    : undefined;
}
