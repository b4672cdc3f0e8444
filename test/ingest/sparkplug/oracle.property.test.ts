import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NONE, nameOf, RawMetric, readHead, readMetric, readSeq } from '../../../ingest/sparkplug/payload.ts';
import { doubleOf, NotProtobuf, singleOf, unsigned64, WireReader } from '../../../ingest/sparkplug/wire.ts';
import { PAYLOAD } from './proto.ts';

const uint64 = fc.oneof(
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  fc.constantFrom(0n, 127n, 128n, 2n ** 31n, 2n ** 32n - 1n, 2n ** 32n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n),
);
const uint32 = fc.oneof(
  fc.nat(0xffff_ffff),
  fc.constantFrom(0, 127, 128, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff),
);
const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const optional = <T>(key: string, value: fc.Arbitrary<T>) =>
  fc.option(value, { nil: undefined }).map((given) => (given === undefined ? {} : { [key]: given }));

const value = fc.oneof(
  fc.constant({}),
  uint32.map((number) => ({ int_value: number })),
  uint64.map((number) => ({ long_value: String(number) })),
  fc.float().map((number) => ({ float_value: number })),
  fc.double().map((number) => ({ double_value: number })),
  fc.boolean().map((truth) => ({ boolean_value: truth })),
  text.map((string) => ({ string_value: string })),
  fc.uint8Array({ maxLength: 20 }).map((bytes) => ({ bytes_value: Buffer.from(bytes) })),
);

const metric = fc
  .tuple(
    optional('name', text),
    optional('alias', uint64.map(String)),
    optional('timestamp', uint64.map(String)),
    optional('datatype', fc.nat(40)),
    optional('is_historical', fc.boolean()),
    optional('is_transient', fc.boolean()),
    optional('is_null', fc.boolean()),
    optional('metadata', fc.constant({ description: 'x', size: '300' })),
    optional('properties', fc.constant({ keys: ['Quality'], values: [{ type: 3, int_value: 192 }] })),
    value,
  )
  .map((parts) => Object.assign({}, ...parts) as Record<string, unknown>);

const payload = fc
  .tuple(
    optional('timestamp', uint64.map(String)),
    fc.array(metric, { maxLength: 6 }).map((metrics) => ({ metrics })),
    optional('seq', uint64.map(String)),
    optional('uuid', text),
    optional(
      'body',
      fc.uint8Array({ maxLength: 10 }).map((bytes) => Buffer.from(bytes)),
    ),
  )
  .map((parts) => Object.assign({}, ...parts) as Record<string, unknown>);

const MEMBERS = {
  10: 'int_value',
  11: 'long_value',
  12: 'float_value',
  13: 'double_value',
  14: 'boolean_value',
  15: 'string_value',
  16: 'bytes_value',
} as const;

/** What the oracle reads, with 64-bit integers as text. */
const asked = (bytes: Uint8Array) =>
  PAYLOAD.toObject(PAYLOAD.decode(bytes), { longs: String, bytes: Buffer }) as {
    timestamp?: string;
    seq?: string;
    metrics?: Record<string, unknown>[];
  };

const number = (long: unknown): number | null => (long === undefined ? null : Number(long));

function readValue(raw: RawMetric, { bytes }: WireReader): unknown {
  switch (MEMBERS[raw.member as keyof typeof MEMBERS]) {
    case 'int_value':
      return raw.low;
    case 'long_value':
      return String(unsigned64(raw.low, raw.high));
    case 'float_value':
      return singleOf(raw.low);
    case 'double_value':
      return doubleOf(raw.low, raw.high);
    case 'boolean_value':
      return raw.low !== 0;
    case 'string_value':
      return Buffer.from(bytes.subarray(raw.from, raw.end)).toString();
    case 'bytes_value':
      return Buffer.from(bytes.subarray(raw.from, raw.end));
    default:
      return undefined;
  }
}

test('reads of any payload what protobufjs reads', () => {
  fc.assert(
    fc.property(payload, (given) => {
      const bytes = Buffer.from(PAYLOAD.encode(PAYLOAD.fromObject(given)).finish());
      const expected = asked(bytes);
      const reader = new WireReader();
      const head = readHead(reader, bytes);
      expect(head.timestamp).toBe(number(expected.timestamp));
      expect(head.seq).toBe(number(expected.seq));
      expect(readSeq(reader, bytes)).toBe(head.seq);
      const metrics = expected.metrics ?? [];
      expect(head.places).toHaveLength(metrics.length * 2);
      const raw = new RawMetric();
      for (const [index, one] of metrics.entries()) {
        readMetric(reader, raw, head.places[index * 2] as number, head.places[index * 2 + 1] as number);
        expect(nameOf(reader, raw)).toBe(one.name ?? null);
        expect(raw.hasAlias ? String(raw.alias) : undefined).toBe(one.alias);
        expect(raw.timestamp).toBe(number(one.timestamp));
        expect(raw.datatype).toBe(one.datatype ?? 0);
        expect(raw.historical).toBe(one.is_historical ?? false);
        expect(raw.transient).toBe(one.is_transient ?? false);
        expect(raw.isNull).toBe(one.is_null ?? false);
        expect(raw.propertiesFrom !== -1).toBe(one.properties !== undefined);
        const member = Object.values(MEMBERS).find((name) => one[name] !== undefined);
        if (member === undefined) expect(raw.member).toBe(NONE);
        else expect(readValue(raw, reader)).toEqual(one[member]);
      }
    }),
    { numRuns: 500 },
  );
});

/** Reads all of it, as the decoder would. */
function readAll(bytes: Uint8Array): 'read' | 'refused' {
  const reader = new WireReader();
  const raw = new RawMetric();
  try {
    const { places } = readHead(reader, bytes);
    for (let at = 0; at < places.length; at += 2) {
      readMetric(reader, raw, places[at] as number, places[at + 1] as number);
    }
    return 'read';
  } catch (error) {
    if (!(error instanceof NotProtobuf)) throw error;
    return 'refused';
  }
}

test('any bytes are read or refused, and never anything else', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      expect(['read', 'refused']).toContain(readAll(bytes));
    }),
    { numRuns: 2000 },
  );
});

test('a payload that is cut off anywhere, or has a bit turned, is read or refused', () => {
  fc.assert(
    fc.property(payload, fc.nat(), fc.nat(7), (given, place, bit) => {
      const bytes = Buffer.from(PAYLOAD.encode(PAYLOAD.fromObject(given)).finish());
      const at = bytes.length === 0 ? 0 : place % bytes.length;
      readAll(bytes.subarray(0, at));
      const turned = Buffer.from(bytes);
      if (turned.length > 0) turned[at] = (turned[at] as number) ^ (1 << bit);
      readAll(turned);
    }),
    { numRuns: 500 },
  );
});
