import { type CanonicalValue, canonical } from '../../canonical.ts';

/** How one type is written as JSON and read back. Reading throws a {@link JsonShapeError}. */
export interface Codec<T> {
  write(value: T): CanonicalValue;
  read(json: CanonicalValue | undefined): T;
  /** The canonical JSON of what `write` gives, made at once; absent: that of a plain value. */
  spell?(value: T): string;
  /** The same in pieces, where a list below may be very long; absent: it is short. */
  pieces?(value: T): Generator<string, void, void>;
}

/** The canonical JSON of a value. */
export const spelled = <T>(codec: Codec<T>, value: T): string =>
  codec.spell ? codec.spell(value) : canonical(codec.write(value));

/** The same, piece after piece, so that whoever writes much of it can do other work in between. */
export function* piecesOf<T>(codec: Codec<T>, value: T): Generator<string, void, void> {
  if (codec.pieces) yield* codec.pieces(value);
  else yield spelled(codec, value);
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
function shown(json: CanonicalValue): string {
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
  const named = entries
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, codec]) => ({ name, codec, head: `${JSON.stringify(name)}:` }));
  return {
    spell(value) {
      let text = '';
      for (const { name, codec, head } of named) {
        if (value[name] === undefined) continue;
        text += `${text === '' ? '' : ','}${head}${spelled(codec, value[name])}`;
      }
      return `{${text}}`;
    },
    ...(entries.some(([, codec]) => codec.pieces) ? { pieces: (value: T) => inPieces(named, value) } : {}),
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

/** Members in the order of canonical JSON. */
interface Named {
  readonly name: string;
  readonly codec: Codec<unknown>;
  /** As it stands before the member's value. */
  readonly head: string;
}

function* inPieces(members: readonly Named[], value: object): Generator<string, void, void> {
  let text = '{';
  let first = true;
  for (const { name, codec, head } of members) {
    const part = (value as Record<string, unknown>)[name];
    if (part === undefined) continue;
    text += first ? head : `,${head}`;
    first = false;
    if (codec.pieces) {
      yield text;
      yield* codec.pieces(part);
      text = '';
    } else text += spelled(codec, part);
  }
  yield `${text}}`;
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

const listSpelled = <T>(codec: Codec<T>, values: readonly T[]): string =>
  `[${values.map((value) => spelled(codec, value)).join(',')}]`;

export const list = <T>(codec: Codec<T>): Codec<readonly T[]> => ({
  write: (values) => values.map(codec.write),
  spell: (values) => listSpelled(codec, values),
  ...(codec.pieces ? { pieces: (values: readonly T[]) => listInPieces(codec, values, 1) } : {}),
  read(json) {
    if (!Array.isArray(json)) throw wrong('a list', json);
    return json.map((part, index) => within(`[${index}]`, () => codec.read(part)));
  },
});

/** So many members of a long list are written at once. */
const TOGETHER = 64;

/** A list that may have tens of thousands of members. */
export const long = <T>(codec: Codec<T>): Codec<readonly T[]> => ({
  ...list(codec),
  pieces: (values) => listInPieces(codec, values, TOGETHER),
});

function* listInPieces<T>(
  codec: Codec<T>,
  values: readonly T[],
  together: number,
): Generator<string, void, void> {
  yield '[';
  for (let from = 0; from < values.length; from += together) {
    if (from > 0) yield ',';
    const some = values.slice(from, from + together);
    if (together === 1) yield* piecesOf(codec, some[0] as T);
    else yield some.map((value) => spelled(codec, value)).join(',');
  }
  yield ']';
}

export const nullable = <T>(codec: Codec<T>): Codec<T | null> => ({
  write: (value) => (value === null ? null : codec.write(value)),
  spell: (value) => (value === null ? 'null' : spelled(codec, value)),
  ...(codec.pieces
    ? {
        *pieces(value: T | null): Generator<string, void, void> {
          if (value === null) yield 'null';
          else yield* piecesOf(codec, value);
        },
      }
    : {}),
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
    spell: (value) => spelled(codecOf(value[tag]), value),
    ...((Object.values(kinds) as Codec<unknown>[]).some((codec) => codec.pieces)
      ? { pieces: (value: T) => piecesOf(codecOf(value[tag]), value) }
      : {}),
    read(json) {
      const object = objectOf(json);
      return codecOf(within(tag, () => kindOf.read(object[tag]))).read(object);
    },
  };
};
