import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { configSchema } from './schema.ts';

/** One key of the configuration that an environment variable can set. */
export interface EnvironmentKey {
  readonly variable: string;
  readonly path: readonly string[];
  readonly kind: 'text' | 'number' | 'boolean' | 'list' | 'json';
  /** A number that may be `null`, which is said by that word. */
  readonly nullable: boolean;
}

const upperSnake = (camel: string): string => camel.replace(/([A-Z])/g, '_$1').toUpperCase();

/** Unwraps defaults, prefaults and optionals down to the schema that says the type. */
function inner(schema: z.core.$ZodType): z.core.$ZodType {
  const definition = schema._zod.def as { type: string; innerType?: z.core.$ZodType; in?: z.core.$ZodType };
  if (definition.innerType) return inner(definition.innerType);
  if (definition.type === 'pipe' && definition.in) return inner(definition.in);
  return schema;
}

function isNullable(schema: z.core.$ZodType): boolean {
  const { type, innerType } = schema._zod.def as { type: string; innerType?: z.core.$ZodType };
  return type === 'nullable' || (innerType !== undefined && isNullable(innerType));
}

function kindOf(schema: z.core.$ZodType): EnvironmentKey['kind'] {
  const definition = schema._zod.def as {
    type: string;
    element?: z.core.$ZodType;
    options?: readonly z.core.$ZodType[];
  };
  switch (definition.type) {
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'array':
      return definition.element && kindOf(inner(definition.element)) === 'text' ? 'list' : 'json';
    case 'object':
    case 'record':
      return 'json';
    case 'union':
      return definition.options?.some((option) => kindOf(inner(option)) === 'json') ? 'json' : 'text';
    default:
      return 'text';
  }
}

function keysOf(schema: z.core.$ZodType, path: readonly string[]): EnvironmentKey[] {
  const bare = inner(schema);
  const { type, shape } = bare._zod.def as { type: string; shape?: Record<string, z.core.$ZodType> };
  if (type === 'object' && shape) {
    return Object.entries(shape).flatMap(([key, child]) => keysOf(child, [...path, key]));
  }
  const kind = kindOf(bare);
  const nullable = kind === 'number' && isNullable(schema);
  return [{ variable: ['KAIDONG', ...path.map(upperSnake)].join('__'), path, kind, nullable }];
}

/** Every key that the environment can set, made from the schema; `sites` and `machines` are given as JSON. */
export const ENVIRONMENT_KEYS: readonly EnvironmentKey[] = keysOf(configSchema, []);

export interface EnvironmentSetting {
  readonly variable: string;
  readonly path: readonly string[];
  readonly value: unknown;
}

/** Reads the settings out of an environment. Throws a sentence that names the variable and the remedy. */
export function settingsOf(environment: Readonly<Record<string, string | undefined>>): EnvironmentSetting[] {
  const settings: EnvironmentSetting[] = [];
  for (const [variable, raw] of Object.entries(environment)) {
    if (!variable.startsWith('KAIDONG__') || raw === undefined) continue;
    const direct = ENVIRONMENT_KEYS.find((key) => key.variable === variable);
    const fromFile = direct ? undefined : ENVIRONMENT_KEYS.find((key) => `${key.variable}_FILE` === variable);
    const key = direct ?? fromFile;
    if (!key) {
      throw new Error(
        `${variable}: no such setting. Known are: ${ENVIRONMENT_KEYS.map((known) => known.variable).join(', ')}`,
      );
    }
    const text = fromFile ? readSecret(variable, raw) : raw;
    if (text !== '') settings.push({ variable, path: key.path, value: parse(key, variable, text) });
  }
  return settings;
}

function readSecret(variable: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').trimEnd();
  } catch (error) {
    throw new Error(`${variable}: ${file} can't be read (${(error as Error).message}); name a readable file`);
  }
}

function parse({ kind, nullable }: EnvironmentKey, variable: string, text: string): unknown {
  switch (kind) {
    case 'number': {
      if (nullable && text === 'null') return null;
      const value = Number(text);
      if (!Number.isFinite(value))
        throw new Error(`${variable}: "${text}" is ${nullable ? 'neither a number nor null' : 'no number'}`);
      return value;
    }
    case 'boolean':
      if (text !== 'true' && text !== 'false')
        throw new Error(`${variable}: "${text}" is neither true nor false`);
      return text === 'true';
    case 'list':
      return text.split(',').map((item) => item.trim());
    case 'json':
      try {
        return JSON.parse(text);
      } catch (error) {
        throw new Error(`${variable}: no JSON (${(error as Error).message}); give the value as JSON`);
      }
    default:
      return text;
  }
}
