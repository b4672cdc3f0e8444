import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { COUNTS, type GroupBooks, MESSAGES, OBSERVATIONS } from '../../ingest/group-books.ts';
import { addMachine, addSignal, shapeOf } from '../../ingest/guard/machines.ts';
import { ByteReader, ByteWriter } from '../../ingest/journal/bytes.ts';
import { writeDeliveries } from '../../ingest/journal/codec.ts';
import { readCheckpoint, segmentFile, writeCheckpoint } from '../../ingest/journal/folder.ts';
import { frameOf, framesIn } from '../../ingest/journal/frames.ts';
import { createGroupBuilder, segmentNumbers } from '../../ingest/journal/group-builder.ts';
import { decodeRecord, encodeHeader } from '../../ingest/journal/record-codec.ts';
import type { HeaderRecord, RecoveredGroup } from '../../ingest/journal/records.ts';
import { emptyTables } from '../../ingest/journal/segment-tables.ts';
import { createJournalWriter } from '../../ingest/journal/writer.ts';
import { bench, message, NOW, send, TOPIC, tempDir } from './harness.ts';

describe('frames', () => {
  const whole = Buffer.concat(
    ['one', 'two', 'three'].flatMap((text) => frameOf([Buffer.from(text)]).buffers),
  );
  const read = (bytes: Buffer) => [...framesIn(bytes, 0)].map(({ payload }) => payload.toString());

  test('come back as they were', () => expect(read(whole)).toEqual(['one', 'two', 'three']));

  test('a torn one ends the reading, wherever it is torn', () => {
    for (let length = 0; length < whole.length; length++) {
      const found = read(whole.subarray(0, length));
      expect(found).toEqual(['one', 'two', 'three'].slice(0, length < 11 ? 0 : length < 22 ? 1 : 2));
    }
  });

  test('a flipped bit anywhere is noticed', () => {
    for (let bit = 0; bit < whole.length * 8; bit++) {
      const flipped = Buffer.from(whole);
      flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(read(flipped).length).toBeLessThan(3);
    }
  });

  test('zeros, which a file system may leave after a power cut, are no frames', () => {
    expect(read(Buffer.concat([whole, Buffer.alloc(64)]))).toHaveLength(3);
  });
});

test('numbers of any size survive their binary form', () => {
  const numbers = [0, 1, 127, 128, 300, 2 ** 31, 2 ** 32 + 5, Number.MAX_SAFE_INTEGER];
  const writer = new ByteWriter(1);
  for (const number of numbers) writer.varint(number);
  for (const number of numbers.slice(1, -1)) writer.signed(-number);
  writer.text('温度');
  writer.text('a longer text that is not written letter by letter');
  const reader = new ByteReader(writer.written());
  expect(numbers.map(() => reader.varint())).toEqual(numbers);
  expect(numbers.slice(1, -1).map(() => -reader.signed())).toEqual(numbers.slice(1, -1));
  expect([reader.text(), reader.text()]).toEqual([
    '温度',
    'a longer text that is not written letter by letter',
  ]);
  expect(() => reader.u8()).toThrow(RangeError);
});

test('a group comes back with all that it holds', () => {
  const machine = addMachine(new Map(), 'a/b/c/d/e');
  for (const [name, type] of [
    ['d', 'double'],
    ['i', 'int64'],
    ['b', 'boolean'],
    ['t', 'text'],
  ] as const) {
    addSignal(machine, name, type);
  }
  addSignal(machine, 'e', 'double');
  const shape = shapeOf(machine, ['t', 'i', 'b', 'd']);
  const doubles = shapeOf(machine, ['d', 'e']);
  const builder = createGroupBuilder(7, segmentNumbers(1));
  const [s, q, r] = ['s', 'q', 'r'].map((source) => builder.placeOf(source)) as [number, number, number];
  builder.add(shape, NOW, ['läuft', -(2n ** 63n), true, -0.5], { place: s, continues: false });
  builder.add(shape, NOW + 1, ['', 1n, false, 1e300], { place: s, continues: true, replaced: [1, 3] });
  builder.add(doubles, NOW + 2, [-0, 5e-324], { place: q, continues: false });
  count(builder.books, s, { [OBSERVATIONS.refused]: -3 });
  const whole = { [MESSAGES.received]: 300, [MESSAGES.spooled]: 300, [OBSERVATIONS.received]: 2 ** 40 };
  count(builder.books, q, { ...whole, [OBSERVATIONS.spooled]: 2 ** 40 });
  const every = Object.fromEntries(
    Array.from({ length: COUNTS }, (_, nth) => [nth, nth % 2 ? -nth : 2 ** nth]),
  );
  count(builder.books, r, every);
  const delivery = {
    session: 'x',
    packetId: 65_535,
    topicHash: 4_294_967_295,
    payloadHash: 1,
    payloadBytes: 9,
  };
  builder.deliveries.push(delivery);
  builder.released.push(12);
  const { record, pieces } = builder.finish();
  const readings = [
    { ts: NOW, signals: ['t', 'i', 'b', 'd'], values: ['läuft', -(2n ** 63n), true, -0.5] },
    { ts: NOW + 1, signals: ['t', 'i', 'b', 'd'], values: ['', 1n, false, 1e300], replaced: [1, 3] },
    { ts: NOW + 2, signals: ['d', 'e'], values: [-0, 5e-324] },
  ].map((reading, index) => ({
    ...{ machine: 'a/b/c/d/e', replaced: [], source: index === 2 ? 1 : 0, continues: index === 1 },
    ...reading,
  }));
  const read = decodeRecord(Buffer.concat(pieces), emptyTables()) as RecoveredGroup;
  // Numbers of machines are those of the run that wrote it.
  for (const [group, machineNumber] of [
    [record, 0],
    [read, -1],
  ] as const)
    expect(group.readings()).toEqual(readings.map((reading) => ({ machineNumber, ...reading })));
  expect({ ...read, books: rowsOf(read.books) }).toEqual({
    ...{ ...record, deliveries: read.deliveries, readings: read.readings },
    books: rowsOf(record.books),
  });
  for (const _ of ['once', 'and again']) expect(read.deliveries()).toEqual([delivery]);
  expect(rowsOf(record.books)).toEqual([
    ['s', { [OBSERVATIONS.refused]: -3 }],
    ['q', { ...whole, [OBSERVATIONS.spooled]: 2 ** 40 }],
    ['r', every],
  ]);
});

test('deliveries that are only passed over have to be whole all the same', () => {
  const deliveries = [1, 65_535].map((packetId) => ({
    ...{ session: `session ${packetId}`, packetId, topicHash: 1, payloadHash: 2 ** 32 - 1, payloadBytes: 3 },
  }));
  const header = encodeHeader({
    ...{ number: 7, journalId: 'j', books: [] },
    writeDeliveries: (writer) => writeDeliveries(writer, deliveries),
  });
  const read = decodeRecord(header, emptyTables()) as HeaderRecord;
  expect(read.deliveries()).toEqual(deliveries);
  for (let cut = 1; cut < writtenBytes(deliveries); cut++) {
    const torn = header.subarray(0, header.length - cut);
    expect(() => decodeRecord(torn, emptyTables())).toThrow(RangeError);
  }
});

function writtenBytes(deliveries: Parameters<typeof writeDeliveries>[1]): number {
  const writer = new ByteWriter();
  writeDeliveries(writer, deliveries);
  return writer.at;
}

test('sources are named once in a segment, and by the next group where one was abandoned', () => {
  const numbers = segmentNumbers(1);
  const tables = emptyTables();
  const group = (number: number) => {
    const builder = createGroupBuilder(number, numbers);
    for (const place of [builder.placeOf('met', 0), builder.placeOf('named')]) {
      count(builder.books, place, { [MESSAGES.received]: number, [MESSAGES.refused]: number });
    }
    return builder;
  };
  group(1).abandon();
  const sizes = [2, 3, 4].map((number) => {
    const payload = Buffer.concat(group(number).finish().pieces);
    const { books } = decodeRecord(payload, tables) as RecoveredGroup;
    const counts = { [MESSAGES.received]: number, [MESSAGES.refused]: number };
    expect(rowsOf(books)).toEqual([
      ['met', counts],
      ['named', counts],
    ]);
    return payload.length;
  });
  expect(sizes).toEqual([sizes[0], sizes[1], sizes[1]]);
  expect(sizes[1]).toBeLessThan(sizes[0] as number);
  const alone = Buffer.concat(group(5).finish().pieces);
  expect(() => decodeRecord(alone, emptyTables())).toThrow('a source that its segment does not define');
});

test('a damaged number of rows ends the reading before room is made for them', () => {
  const writer = new ByteWriter();
  writer.u8(6);
  writer.f64(1);
  for (const nothing of ['notes', 'pins', 'new sources']) writer.varint(nothing.length * 0);
  writer.varint(Number.MAX_SAFE_INTEGER);
  expect(() => decodeRecord(writer.written(), emptyTables())).toThrow('ends too early');
});

test.each([
  ['2, as the first version wrote it', 2],
  ['4, with values that rules left out', 4],
  ['5, with what happened to values', 5],
])('a group of the kind %s, is still read', (_, kind) => {
  const writer = new ByteWriter();
  writer.u8(kind);
  writer.f64(9);
  if (kind === 5) writer.varint(0);
  writer.varint(0);
  writer.varint(1);
  writer.text('a source');
  for (const counted of [7, 1, 2, 3, 4, 80, 10, 20, 30, 40, -5]) writer.signed(counted);
  if (kind > 2) writer.signed(6);
  // No session, delivery, quarantined or released message, shape or reading.
  for (let nothing = 0; nothing < 6; nothing++) writer.varint(0);
  const { books, number, notes } = decodeRecord(writer.written(), emptyTables()) as RecoveredGroup;
  expect([number, notes]).toEqual([9, []]);
  const [m, o] = [MESSAGES, OBSERVATIONS];
  const counts = {
    ...{ [m.received]: 7, [m.duplicate]: 1, [m.refused]: 2, [m.ignored]: 3, [m.spooled]: 4 },
    ...{ [o.received]: 80, [o.duplicate]: 10, [o.refused]: 20, [o.ignored]: 30, [o.spooled]: 40 },
    [o.replacing]: -5,
  };
  expect(rowsOf(books)).toEqual([['a source', kind > 2 ? { ...counts, [o.thinned]: 6 } : counts]]);
});

/** Sets counts of a row. */
function count({ counts }: GroupBooks, place: number, of: Readonly<Record<number, number>>): void {
  for (const [nth, value] of Object.entries(of)) counts[place * COUNTS + Number(nth)] = value;
}

/** Each row's source, and its counts that aren't zero. */
const rowsOf = ({ sources, counts }: GroupBooks) =>
  sources.map((source, place) => [
    source,
    Object.fromEntries(
      [...counts.subarray(place * COUNTS, (place + 1) * COUNTS)].flatMap((value, nth) =>
        value === 0 ? [] : [[nth, value]],
      ),
    ),
  ]);

describe('the writer', () => {
  test('a failed append leaves no trace: the next one takes its place', async () => {
    const dir = tempDir();
    let disk: 'full' | 'free' = 'full';
    const header = (): Buffer => {
      if (disk === 'full') throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      return Buffer.from('header');
    };
    const writer = createJournalWriter({ dir, header });
    await expect(writer.append(1, [Buffer.from('a')])).rejects.toThrow('no space');
    disk = 'free';
    await writer.append(1, [Buffer.from('a')]);
    const { end } = await writer.append(1, [Buffer.from('b'), Buffer.from('c')]);
    await writer.close();
    const frames = [...framesIn(readFileSync(segmentFile(dir, 1)), 0)];
    expect(frames.map(({ payload }) => payload.toString())).toEqual(['header', 'a', 'bc']);
    expect(end).toEqual({ segment: 1, offset: frames.at(-1)?.end });
  });
});

describe('the checkpoint', () => {
  test('is what was written last, or nothing', async () => {
    const dir = tempDir();
    expect(await readCheckpoint(dir)).toBeNull();
    await writeCheckpoint(dir, { segment: 3, offset: 17 });
    expect(await readCheckpoint(dir)).toEqual({ segment: 3, offset: 17 });
  });

  test.each(['{"segment":"x"}', '{"segment":3,"offset":17}xx', 'null', ''])(
    'a damaged one says what to do: %s',
    async (text) => {
      const dir = tempDir();
      writeFileSync(join(dir, 'checkpoint.json'), text);
      await expect(readCheckpoint(dir)).rejects.toThrow('remove it');
    },
  );
});

describe('a start on what is left', () => {
  test('a torn last record is cut off and reported; what was acknowledged is whole', async () => {
    const parts = bench();
    const first = await parts.start();
    parts.store.state.away = true;
    await send(first, message(TOPIC, { ts: NOW, a: 1 }));
    await first.abandon();
    const dir = join(parts.dir, 'journal');
    const [file] = readdirSync(dir).filter((name) => name.endsWith('.journal'));
    appendFileSync(join(dir, file as string), Buffer.from([200, 0, 0, 0, 1, 2, 3, 4, 5]));
    parts.store.state.away = false;
    await using second = await parts.start();
    await second.drained();
    expect(second.books().messages).toMatchObject({ received: 1, stored: 1 });
    expect(parts.events.find(({ event }) => event === 'journal-tail-cut')?.fields).toMatchObject({
      bytes: 9,
    });
  });

  test('a segment that was begun and not finished is no obstacle', async () => {
    const parts = bench();
    const first = await parts.start();
    await send(first, message(TOPIC, { ts: NOW, a: 1 }));
    await first[Symbol.asyncDispose]();
    const dir = join(parts.dir, 'journal');
    writeFileSync(segmentFile(dir, 2), Buffer.from([9, 9, 9]));
    await using second = await parts.start();
    await send(second, message(TOPIC, { ts: NOW + 1, a: 1 }));
    await second.drained();
    expect(second.books().messages).toMatchObject({ received: 2, stored: 2 });
  });

  test('applied segments go away', async () => {
    const parts = bench();
    const ingest = await parts.start({ segmentBytes: 500 });
    for (let second = 0; second < 20; second++) {
      await send(ingest, message(TOPIC, { ts: NOW + second, a: 1, t: 'x'.repeat(100) }));
    }
    await ingest[Symbol.asyncDispose]();
    const dir = join(parts.dir, 'journal');
    expect(readdirSync(dir).filter((name) => name.endsWith('.journal')).length).toBeLessThanOrEqual(1);
    await using again = await parts.start();
    expect(again.books().messages).toMatchObject({ received: 20, stored: 20 });
  });

  test('an old checkpoint is put right by the header of the oldest segment that is left', async () => {
    const parts = bench();
    const dir = join(parts.dir, 'journal');
    const first = await parts.start({ segmentBytes: 500 });
    for (let second = 0; second < 20; second++) {
      if (second === 5) await first.drained();
      if (second === 6) writeFileSync(join(parts.dir, 'old'), readFileSync(join(dir, 'checkpoint.json')));
      await send(first, message(TOPIC, { ts: NOW + second, a: 1, t: 'x'.repeat(100) }));
    }
    await first[Symbol.asyncDispose]();
    writeFileSync(join(dir, 'checkpoint.json'), readFileSync(join(parts.dir, 'old')));
    await using second = await parts.start();
    await second.drained();
    expect(second.books().messages).toMatchObject({ received: 20, stored: 20 });
    expect(second.books().observations).toMatchObject({ received: 40, stored: 40 });
  });

  test('a journal that was removed begins anew behind what the store remembers', async () => {
    const parts = bench({ keepsPosition: true });
    const first = await parts.start();
    await send(first, message(TOPIC, { ts: NOW, a: 1 }));
    await first[Symbol.asyncDispose]();
    rmSync(join(parts.dir, 'journal'), { recursive: true });
    mkdirSync(join(parts.dir, 'journal'));
    await using second = await parts.start();
    await send(second, message(TOPIC, { ts: NOW + 1, a: 2 }));
    await second.drained();
    expect(second.books().messages).toMatchObject({ received: 1, stored: 1 });
    expect(parts.store.contents.position?.segment).toBe(2);
  });

  test('a record cut in half loses only itself', async () => {
    const parts = bench();
    const first = await parts.start();
    parts.store.state.away = true;
    await send(first, message(TOPIC, { ts: NOW, a: 1 }));
    await send(first, message(TOPIC, { ts: NOW + 1, a: 2 }));
    await first.abandon();
    const file = segmentFile(join(parts.dir, 'journal'), 1);
    truncateSync(file, readFileSync(file).length - 3);
    parts.store.state.away = false;
    await using second = await parts.start();
    await second.drained();
    expect(parts.store.state.written.map(({ values }) => values)).toEqual([[1]]);
    expect(second.books().messages).toMatchObject({ received: 1, stored: 1 });
  });
});

test('a source keeps its place in a group, and gets another one in the next', () => {
  const row = 3;
  const numbers = segmentNumbers(1);
  const first = createGroupBuilder(1, numbers);
  expect(first.placeOf('other')).toBe(0);
  expect(first.placeOf('s', row)).toBe(1);
  expect([first.placeOf('other'), first.placeOf('s', row)]).toEqual([0, 1]);
  const second = createGroupBuilder(2, numbers);
  expect(second.placeOf('s', row)).toBe(0);
  expect(second.books.sources).toEqual(['s']);
  // By its name alone it may have another part, which counts as well.
  expect([second.placeOf('other'), second.placeOf('s')]).toEqual([1, 2]);
  expect(second.books.sources).toEqual(['s', 'other', 's']);
  expect(second.books.rows.slice(0, 3)).toEqual(Int32Array.of(3, -1, -1));
});
