import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, errorOf, problemsOf, readYaml, type YamlKind } from '../yaml-source.ts';
import { type ReadyFile, readySchema } from './schema.ts';

const READY_FILE: YamlKind = { ifMissing: 'name one that is shipped', firstKey: 'id', nullable: ['time'] };

/** The ready rule files that Kaidong brings. */
export const READY_RULES = join(import.meta.dirname, '../../rules');

/** The names of the ready rule files. */
export const readyNames = (): readonly string[] =>
  readdirSync(READY_RULES)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.replace('.yaml', ''))
    .sort();

/** Reads a ready rule file; `undefined`: there is none of the name. Throws {@link ConfigError} where it is broken. */
export function readyFile(name: string): ReadyFile | undefined {
  const known = read.get(name);
  if (known) return known;
  const path = join(READY_RULES, `${name}.yaml`);
  if (!/^[\w-]+$/.test(name) || !existsSync(path)) return undefined;
  const source = readYaml(path, READY_FILE);
  const parsed = readySchema.safeParse(source.values);
  if (!parsed.success) throw errorOf(source, problemsOf(parsed.error));
  if (parsed.data.id !== name) throw new ConfigError(`${path}:1: id: write ${name}, as the file is called`);
  read.set(name, parsed.data);
  return parsed.data;
}

/** They come with the program, and don't change while it runs. */
const read = new Map<string, ReadyFile>();

/** The rules of a ready file with its parameters in their places, or what is wrong with those. */
export function withParameters(
  { rules, parameters }: Pick<ReadyFile, 'rules' | 'parameters'>,
  given: Readonly<Record<string, string | number | boolean>>,
): { readonly rules: readonly unknown[] } | { readonly parameter: string; readonly fault: string } {
  const known = Object.keys(parameters);
  for (const parameter of Object.keys(given)) {
    if (known.includes(parameter)) continue;
    const fault = `there is no parameter "${parameter}"; known are: ${known.join(', ')}`;
    return { parameter, fault };
  }
  const values = new Map<string, string>();
  for (const [name, { default: usual, about }] of Object.entries(parameters)) {
    const value = given[name] ?? usual;
    if (value === undefined) return { parameter: name, fault: `it needs "${name}": ${about.en}` };
    values.set(name, String(value));
  }
  const filled = (value: unknown): unknown => {
    if (typeof value === 'string')
      return value.replace(/\$\{(\w+)\}/g, (all, name) => values.get(name) ?? all);
    if (Array.isArray(value)) return value.map(filled);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => [filled(key) as string, filled(entry)]),
    );
  };
  return { rules: rules.map(filled) };
}
