import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';
import type { z } from 'zod';

/** A file that can't be used. The message has one line for each problem: place, key, what is wrong, remedy. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** A YAML mapping, and where its keys stand. */
export interface YamlSource {
  readonly values: Record<string, unknown>;
  /** `file:line` of a key, or of the nearest one around it. */
  lineOf(path: readonly PropertyKey[]): string;
}

/** What to say of a file of this kind; keys for which null is a value, not an absent key. */
export interface YamlKind {
  readonly ifMissing: string;
  readonly firstKey: string;
  readonly nullable: readonly string[];
}

/** Reads a YAML file that holds a mapping. Throws {@link ConfigError} with file and line. */
export function readYaml(file: string, kind: YamlKind): YamlSource {
  if (!existsSync(file)) throw new ConfigError(`${file}: no such file; ${kind.ifMissing}`);
  // Loaded where there is a file: who is configured by the environment alone has no need of it.
  const { LineCounter, parseDocument } = createRequire(import.meta.url)('yaml') as typeof Yaml;
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error) {
    throw new ConfigError(
      `${file}:${lines.linePos(error.pos[0]).line}: ${error.message}; correct the YAML there`,
    );
  }
  const values = withoutNulls(contentOf(document, file) ?? {}, kind.nullable);
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    throw new ConfigError(
      `${file}:1: the file holds no mapping; begin with a section such as "${kind.firstKey}:"`,
    );
  }
  return {
    values: values as Record<string, unknown>,
    lineOf: (path) => {
      for (let length = path.length; length >= 0; length--) {
        const node = document.getIn(path.slice(0, length) as (string | number)[], true) as {
          range?: [number, number, number];
        };
        if (node?.range) return `${file}:${lines.linePos(node.range[0]).line}`;
      }
      return file;
    },
  };
}

/** Throws where aliases name aliases until they fill the memory. */
function contentOf(document: Yaml.Document, file: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw new ConfigError(`${file}:1: ${(error as Error).message}; write out what the aliases stand for`);
  }
}

/** A key without a value is an absent key. */
function withoutNulls(value: unknown, nullable: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((entry) => withoutNulls(entry, nullable));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, entry]) => entry !== null || nullable.includes(key))
      .map(([key, entry]) => [key, withoutNulls(entry, nullable)]),
  );
}

/** Something that is wrong in a file; `path` leads to the place. */
export interface FileProblem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** What a schema found; an unknown key stands at the key itself. */
export const problemsOf = (error: z.ZodError): readonly FileProblem[] =>
  error.issues.flatMap((issue) => problemOf(issue, []));

type Issue = z.core.$ZodIssue;

function problemOf(issue: Issue, around: readonly PropertyKey[]): readonly FileProblem[] {
  const path = [...around, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0] as string;
    return [{ path: [...path, key], message: 'unknown key; remove it or correct its spelling' }];
  }
  if (issue.code === 'invalid_union' && issue.errors.some((branch) => branch.some(isInside))) {
    return nearest(issue.errors).flatMap((inner) => problemOf(inner, path));
  }
  return [{ path, message: inWords(issue) }];
}

/** What a value of each kind looks like in YAML. */
const KINDS: Readonly<Record<string, string>> = {
  string: 'a text; what looks like a number or a time stands in quotes',
  number: 'a number without quotes',
  int: 'a whole number without quotes',
  boolean: 'true or false without quotes',
  object: 'keys with their values',
  record: 'keys with their values',
  array: 'a list, each entry behind "-"',
};

/** A schema's own message stands; the library's says what the value is instead of what to write. */
function inWords(issue: Issue): string {
  if (issue.code !== 'invalid_type' || !issue.message.startsWith('Invalid input: expected ')) {
    return issue.message;
  }
  const kind = KINDS[issue.expected];
  if (kind === undefined) return issue.message;
  return issue.message.endsWith('received undefined')
    ? `missing; write ${kind}`
    : `not of this kind; write ${kind}`;
}

/** The value has the kind that a branch wants, and something in it is wrong. */
const isInside = (issue: Issue): boolean => issue.path.length > 0 || issue.code === 'unrecognized_keys';

/** Of the ways in which a value could be right, the one that it is nearest to: with the fewest keys wrong. */
function nearest(branches: readonly (readonly Issue[])[]): readonly Issue[] {
  const wrongKeys = (branch: readonly Issue[]): number =>
    branch.reduce((sum, issue) => {
      if (!isInside(issue)) return sum + 1000;
      return sum + (issue.code === 'unrecognized_keys' ? issue.keys.length + 1 : 1);
    }, 0);
  return branches.reduce((best, branch) => (wrongKeys(branch) < wrongKeys(best) ? branch : best));
}

/** The problems of a file as one error: `file:line: key: message`, a line for each. */
export const errorOf = (source: YamlSource, problems: readonly FileProblem[]): ConfigError =>
  new ConfigError(
    problems
      .map(
        ({ path, message }) =>
          `${source.lineOf(path)}: ${path.map(String).join('.') || 'the whole file'}: ${message}`,
      )
      .join('\n'),
  );
