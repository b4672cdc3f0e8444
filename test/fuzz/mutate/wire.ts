import type { Dice } from './dice.ts';

/** A field of a Protocol Buffers message: a message within it is a tree of its own. */
interface Field {
  number: number;
  kind: number;
  /** Of a varint, or the bytes of a fixed field. */
  bytes: Buffer;
  /** Where the bytes are a message themselves. */
  within: Field[] | null;
}

const VARINT = 0;
const FIXED64 = 1;
const LENGTH = 2;
const FIXED32 = 5;
const KINDS = [VARINT, FIXED64, LENGTH, 3, 4, FIXED32, 6, 7];
const NUMBERS = [0n, 1n, 127n, 128n, 255n, 256n, 2n ** 31n, 2n ** 32n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n];

/** Numbers of fields in sparkplug_b.proto that hold messages, as far as a tree needs to know. */
const DEEP: ReadonlySet<number> = new Set([2, 4, 9, 10, 17, 18, 1, 3]);

/** A Sparkplug payload with one of its fields changed, with lengths that still fit, or by chance one that doesn't. */
export function mutateWire(payload: Buffer, dice: Dice): Buffer | undefined {
  const fields = parse(payload, 0);
  if (!fields || fields.length === 0) return undefined;
  const lists = [...listsOf(fields)];
  const list = dice.one(lists);
  const at = dice.below(list.length);
  const field = list[at] as Field;
  switch (dice.below(8)) {
    case 0:
      list.splice(at, 1);
      break;
    case 1:
      list.splice(dice.below(list.length + 1), 0, field);
      break;
    case 2:
      list[at] = { ...field, number: dice.below(24) };
      break;
    case 3:
      list[at] = { ...field, kind: dice.one(KINDS), within: null, bytes: encode([field]) };
      break;
    case 4:
      list[at] = { ...field, kind: VARINT, within: null, bytes: varint(dice.one(NUMBERS)) };
      break;
    case 5:
      list[at] = { ...field, kind: LENGTH, within: null, bytes: text(dice) };
      break;
    case 6: {
      const other = dice.one(lists);
      const place = dice.below(other.length);
      [list[at], other[place]] = [other[place] as Field, field];
      break;
    }
    default: {
      // A length that says more or less than there is.
      const bytes = encode(fields);
      const byte = dice.below(bytes.length);
      bytes[byte] = (bytes[byte] as number) + (dice.chance(0.5) ? 1 : 255);
      return bytes;
    }
  }
  return encode(fields);
}

const text = (dice: Dice): Buffer =>
  Buffer.from(
    dice.one([
      '',
      'bdSeq',
      'Node Control/Rebirth',
      '\0',
      'a/b+#',
      '门',
      '__proto__',
      'x'.repeat(500),
      '\ud800',
    ]),
  );

function* listsOf(fields: Field[]): Generator<Field[], void> {
  if (fields.length > 0) yield fields;
  for (const { within } of fields) if (within) yield* listsOf(within);
}

function parse(bytes: Buffer, depth: number): Field[] | undefined {
  const fields: Field[] = [];
  let at = 0;
  const varintEnd = (from: number): number => {
    let end = from;
    while ((bytes[end] ?? 0) >= 0x80) end++;
    return end + 1;
  };
  while (at < bytes.length) {
    const key = Number(read(bytes.subarray(at, varintEnd(at))));
    at = varintEnd(at);
    const [number, kind] = [key >> 3, key & 7];
    let end: number;
    if (kind === VARINT) end = varintEnd(at);
    else if (kind === FIXED64) end = at + 8;
    else if (kind === FIXED32) end = at + 4;
    else if (kind === LENGTH) {
      const length = Number(read(bytes.subarray(at, varintEnd(at))));
      at = varintEnd(at);
      end = at + length;
    } else return undefined;
    if (end > bytes.length || number === 0) return undefined;
    const content = bytes.subarray(at, end);
    const within =
      kind === LENGTH && DEEP.has(number) && depth < 6 && content.length > 1
        ? (parse(content, depth + 1) ?? null)
        : null;
    fields.push({ number, kind, bytes: content, within });
    at = end;
  }
  return fields;
}

const encode = (fields: readonly Field[]): Buffer =>
  Buffer.concat(
    fields.flatMap(({ number, kind, bytes, within }) => {
      const content = within ? encode(within) : bytes;
      const key = varint(BigInt(number * 8 + kind));
      return kind === LENGTH ? [key, varint(BigInt(content.length)), content] : [key, content];
    }),
  );

function varint(value: bigint): Buffer {
  const bytes: number[] = [];
  let left = value;
  for (; left > 0x7fn; left >>= 7n) bytes.push(Number(left & 0x7fn) | 0x80);
  return Buffer.from([...bytes, Number(left)]);
}

const read = (bytes: Buffer): bigint =>
  bytes.reduceRight((value, byte) => (value << 7n) | BigInt(byte & 0x7f), 0n);
