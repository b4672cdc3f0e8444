import type { CanonicalValue } from '../../canonical.ts';

/** How one type is written as JSON and read back. Reading throws a {@link JsonShapeError}. */
export interface Codec<T> {
  write(value: T): CanonicalValue;
  read(json: CanonicalValue | undefined): T;
}

/** JSON that isn't what it should be; the message says where. */
export class JsonShapeError extends Error {
  override name = 'JsonShapeError';
  /** From the top down to what is wrong, e.g. `evidence.windows[0].from`; empty: all of it. */
  readonly where: string;
  readonly what: string;
  constructor(what: string, where = '') {
    super(where === '' ? what : `${where}: ${what}`);
    this.where = where;
    this.what = what;
  }
}

const LONGEST_SHOWN = 60;

/** A piece of JSON as an error message shows it. */
function shown(json: CanonicalValue | undefined): string {
  if (json === undefined) return 'nothing';
  if (Array.isArray(json)) return 'a list';
  if (typeof json === 'object' && json !== null) return 'an object';
  const text = typeof json === 'string' ? JSON.stringify(json) : String(json);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}

export function wrong(wanted: string, json: CanonicalValue | undefined): JsonShapeError {
  return new JsonShapeError(json === undefined ? 'is missing' : `is ${shown(json)}, not ${wanted}`);
}

/** Reads a part; what it finds wrong is said with the part's place in the whole. */
function within<T>(step: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof JsonShapeError)) throw error;
    const { what, where } = error;
    throw new JsonShapeError(what, where === '' || where.startsWith('[') ? step + where : `${step}.${where}`);
  }
}

type JsonObject = { readonly [key: string]: CanonicalValue | undefined };

function objectOf(json: CanonicalValue | undefined): JsonObject {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw wrong('an object', json);
  return json as JsonObject;
}

/** A codec for each member; an optional one (`optional`) may be absent. */
export type Members<T> = { readonly [Key in keyof T]-?: Codec<T[Key]> };

/** An object with exactly these members. */
export function record<T extends object>(members: Members<T>): Codec<T> {
  const entries = Object.entries(members) as [keyof T & string, Codec<unknown>][];
  return {
    write: (value) =>
      Object.fromEntries(entries.map(([name, codec]) => [name, codec.write(value[name])])) as JsonObject,
    read(json) {
      const object = objectOf(json);
      const value: Record<string, unknown> = {};
      for (const [name, codec] of entries) {
        const part = within(name, () => codec.read(Object.hasOwn(object, name) ? object[name] : undefined));
        if (part !== undefined) value[name] = part;
      }
      for (const name of Object.keys(object)) {
        if (!Object.hasOwn(members, name)) throw new JsonShapeError('has no place here', name);
      }
      return value as T;
    },
  };
}

/** A member that may be absent. */
export const optional = <T>(codec: Codec<T>): Codec<T | undefined> => ({
  write: (value) => (value === undefined ? (undefined as unknown as CanonicalValue) : codec.write(value)),
  read: (json) => (json === undefined ? undefined : codec.read(json)),
});

/** An object whose member names are data. */
export const dictionary = <T>(codec: Codec<T>): Codec<Readonly<Record<string, T>>> => ({
  write: (value) =>
    Object.fromEntries(Object.entries(value).map(([name, part]) => [name, codec.write(part)])) as JsonObject,
  read: (json) =>
    Object.fromEntries(
      Object.entries(objectOf(json)).map(([name, part]) => [name, within(name, () => codec.read(part))]),
    ),
});

export const list = <T>(codec: Codec<T>): Codec<readonly T[]> => ({
  write: (values) => values.map(codec.write),
  read(json) {
    if (!Array.isArray(json)) throw wrong('a list', json);
    return json.map((part, index) => within(`[${index}]`, () => codec.read(part)));
  },
});

export const nullable = <T>(codec: Codec<T>): Codec<T | null> => ({
  write: (value) => (value === null ? null : codec.write(value)),
  read: (json) => (json === null ? null : codec.read(json)),
});

/** One of a closed list of texts. */
export const oneOf = <const T extends string>(allowed: readonly T[]): Codec<T> => ({
  write: (value) => value,
  read(json) {
    const found = allowed.find((word) => word === json);
    if (found === undefined) throw wrong(allowed.map((word) => `"${word}"`).join(' or '), json);
    return found;
  },
});

/** Kinds of object told apart by the text in their member `tag`. */
export const tagged = <T extends { readonly [K in Tag]: string }, Tag extends string>(
  tag: Tag,
  kinds: { readonly [Kind in T[Tag]]: Codec<Extract<T, { readonly [K in Tag]: Kind }>> },
): Codec<T> => {
  const kindOf = oneOf(Object.keys(kinds) as T[Tag][]);
  const codecOf = (kind: T[Tag]) => kinds[kind] as unknown as Codec<T>;
  return {
    write: (value) => codecOf(value[tag]).write(value),
    read(json) {
      const object = objectOf(json);
      return codecOf(within(tag, () => kindOf.read(object[tag]))).read(object);
    },
  };
};
