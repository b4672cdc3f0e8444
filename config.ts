import { existsSync, readFileSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { settingsOf } from './config/environment.ts';
import { plantOf, plantProblems } from './config/plant.ts';
import { type ConfigFile, configSchema } from './config/schema.ts';
import type { Plant } from './domain/plant.ts';
import { vocabularies } from './domain/vocabulary/index.ts';

/** The configuration as the composition takes it: the file's sections, and the plant in the domain's words. */
export type Config = Omit<ConfigFile, 'sites' | 'machines'> & { readonly plant: Plant };

/** A configuration that can't be used. The message has one line for each problem: place, key, what is wrong, remedy. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

export interface ConfigSources {
  /** Path of `kaidong.yaml`; absent: defaults and environment only. */
  readonly file?: string | undefined;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** Reads, checks and completes the configuration. Throws {@link ConfigError}. */
export function loadConfig({ file, environment = {} }: ConfigSources): Config {
  const source = readSource(file);
  const values: unknown = source.values;
  const places = new Map<string, string>();
  try {
    for (const setting of settingsOf(environment)) {
      assign(values as Record<string, unknown>, setting.path, setting.value);
      places.set(setting.path.join('.'), setting.variable);
    }
  } catch (error) {
    throw new ConfigError((error as Error).message);
  }
  const placeOf = (path: readonly PropertyKey[]): string => {
    const key = path.map(String).join('.');
    return `${places.get(key) ?? source.lineOf(path)}: ${key || 'the whole file'}`;
  };
  const parsed = configSchema.safeParse(values);
  if (!parsed.success) {
    throw new ConfigError(
      parsed.error.issues.map((issue) => `${placeOf(pathOf(issue))}: ${messageOf(issue)}`).join('\n'),
    );
  }
  const { sites, machines, ...sections } = parsed.data;
  const plant = plantOf({ sites, machines });
  const problems = plantProblems(
    plant,
    vocabularies.map((vocabulary) => vocabulary.id),
  );
  if (problems.length > 0) {
    throw new ConfigError(problems.map(({ path, message }) => `${placeOf(path)}: ${message}`).join('\n'));
  }
  return { ...sections, plant };
}

interface Source {
  readonly values: Record<string, unknown>;
  lineOf(path: readonly PropertyKey[]): string;
}

function readSource(file: string | undefined): Source {
  if (file === undefined) return { values: {}, lineOf: () => 'configuration' };
  if (!existsSync(file))
    throw new ConfigError(`${file}: no such file; name an existing one with --config or KAIDONG_CONFIG`);
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error) {
    throw new ConfigError(
      `${file}:${lines.linePos(error.pos[0]).line}: ${error.message}; correct the YAML there`,
    );
  }
  const values = withoutNulls(document.toJS() ?? {});
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    throw new ConfigError(`${file}:1: the file holds no mapping; begin with a section such as "machines:"`);
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

/** A key without a value is an absent key, `maxSilenceMs: null` excepted, where null is a value. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, entry]) => entry !== null || key === 'maxSilenceMs')
      .map(([key, entry]) => [key, withoutNulls(entry)]),
  );
}

function assign(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [key, ...rest] = path as [string, ...string[]];
  if (rest.length === 0) {
    target[key] = value;
    return;
  }
  if (typeof target[key] !== 'object' || target[key] === null) target[key] = {};
  assign(target[key] as Record<string, unknown>, rest, value);
}

/** Where an issue stands; an unknown key stands at the key itself. */
const pathOf = (issue: z.core.$ZodIssue): readonly PropertyKey[] =>
  issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] as string] : issue.path;

function messageOf(issue: z.core.$ZodIssue): string {
  return issue.code === 'unrecognized_keys'
    ? 'unknown key; remove it or correct its spelling'
    : issue.message;
}
