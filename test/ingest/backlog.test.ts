import { closeSync, openSync, truncateSync, writeSync } from 'node:fs';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type Backlog, createBacklog } from '../../ingest/backlog.ts';
import { emptyGroupBooks } from '../../ingest/group-books.ts';
import { addMachine, addSignal, type Machines, shapeOf } from '../../ingest/guard/machines.ts';
import { segmentFile } from '../../ingest/journal/folder.ts';
import { createGroupBuilder, segmentNumbers } from '../../ingest/journal/group-builder.ts';
import { encodeHeader } from '../../ingest/journal/record-codec.ts';
import { createJournalWriter } from '../../ingest/journal/writer.ts';
import type { JournalPosition } from '../../store/port.ts';
import { tempDir } from './harness.ts';

const START = { segment: 1, offset: 0 };
const MACHINE = 'e/s/a/l/m';

/** A journal of groups with one reading each, `perSegment` to a segment, written group by group. */
function journalOf({ perSegment }: { perSegment: number }) {
  const dir = tempDir();
  const machines: Machines = new Map();
  const machine = addMachine(machines, MACHINE);
  addSignal(machine, 'speed', 'double');
  const shape = shapeOf(machine, ['speed']);
  const writer = createJournalWriter({
    dir,
    header: () =>
      encodeHeader({
        number: 0,
        journalId: 'j',
        books: [],
        writeDeliveries: (to) => [to.varint(0), to.varint(0)],
      }),
  });
  onTestFinished(() => writer.close());
  let numbers = segmentNumbers(1);
  const known = [numbers];
  let number = 0;
  async function write() {
    if (number > 0 && number % perSegment === 0) {
      numbers = segmentNumbers(numbers.segment + 1);
      known.push(numbers);
    }
    const group = createGroupBuilder(++number, numbers);
    group.add(shape, number, [number], { place: group.placeOf(MACHINE), continues: false });
    const { record, pieces } = group.finish();
    return { record, ...(await writer.append(group.segment, pieces)) };
  }
  const tablesOf = (segment: number) => known.find((one) => one.segment === segment)?.tables;
  return { dir, write, tablesOf };
}

/** A group that waits in memory. */
const waiting = (number: number, readingCount: number): Parameters<Backlog['offer']>[0] => ({
  record: {
    ...{ kind: 'group', number, readingCount, pins: [], quarantined: [], released: [], notes: [] },
    ...{ books: emptyGroupBooks(), readings: () => [] },
  },
  ...{ end: { segment: 1, offset: number }, bytes: 1 },
});

const numbersOf = (batch: readonly { record: { kind: string; number: number } }[]): number[] =>
  batch.filter(({ record }) => record.kind === 'group').map(({ record }) => record.number);

const upTo = (readings: number) => ({ readings, bytes: Number.POSITIVE_INFINITY });

test('what becomes durable while the disk is read is read too, over the end of a segment', async () => {
  const { dir, write } = journalOf({ perSegment: 5 });
  let last = await write();
  for (let count = 1; count < 3; count++) last = await write();
  const backlog = createBacklog({ dir, from: START, to: last.end, batchReadings: 10_000 });
  const seen = numbersOf(await backlog.take(upTo(2)));
  for (let count = 0; count < 9; count++) {
    backlog.offer(await write());
    seen.push(...numbersOf(await backlog.take(upTo(1))));
  }
  while (!backlog.empty()) seen.push(...numbersOf(await backlog.take(upTo(2))));
  expect(seen).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
});

test('what was read before a damaged place is handed out, and the damage is reported only then', async () => {
  const { dir, write } = journalOf({ perSegment: 100 });
  await write();
  await write();
  const { end } = await write();
  truncateSync(segmentFile(dir, 1), end.offset - 1);
  const backlog = createBacklog({ dir, from: START, to: end, batchReadings: 10_000 });
  expect(numbersOf(await backlog.take(upTo(100)))).toEqual([1, 2]);
  await expect(backlog.take(upTo(100))).rejects.toThrow(/segment 1 of the journal is damaged at \d+/);
  await expect(backlog.take(upTo(100))).rejects.toThrow(/damaged/);
});

test('records of many bytes end a batch before it has its readings; one alone is always taken', async () => {
  for (const from of ['memory', 'disk']) {
    const { dir, write } = journalOf({ perSegment: 100 });
    const placed = [await write(), await write(), await write()];
    const last = placed.at(-1) as (typeof placed)[number];
    const backlog = createBacklog({
      dir,
      from: START,
      to: from === 'disk' ? last.end : START,
      batchReadings: 10_000,
    });
    if (from === 'memory') for (const record of placed) backlog.offer(record);
    const small = { readings: 100, bytes: 1 };
    expect(numbersOf(await backlog.take(small)), from).toEqual(from === 'disk' ? [] : [1]);
    if (from === 'disk') expect(numbersOf(await backlog.take(small))).toEqual([1]);
    const [, second] = placed as [unknown, (typeof placed)[number]];
    expect(numbersOf(await backlog.take({ readings: 100, bytes: second.bytes + 1 })), from).toEqual([2, 3]);
  }
});

test('a store that stops for most of a second is waited for; one that hangs longer is not', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const backlog = createBacklog({ dir: tempDir(), from: START, to: START, batchReadings: 10_000 });
  let isRoom = false;
  const fill = async (number: number, byThen: () => Promise<unknown>): Promise<void> => {
    isRoom = false;
    backlog.offer(waiting(number, 12_500));
    // One is on its way to the disk already when it gets crowded.
    backlog.offer(waiting(number, 4_000));
    const room = backlog.room().then(() => {
      isRoom = true;
    });
    await vi.advanceTimersByTimeAsync(900);
    expect(isRoom).toBe(false);
    await byThen();
    await room;
    backlog.offer(waiting(number + 1, 1));
  };
  await fill(1, () => backlog.take(upTo(12_000)));
  expect(backlog.waiting()).toBe(4_001);
  await fill(3, () => vi.advanceTimersByTimeAsync(100));
  expect(backlog.waiting()).toBe(Number.POSITIVE_INFINITY);
});

test('what this run wrote is read back from where it has to be, with the numbers of its machines', async () => {
  const { dir, write, tablesOf } = journalOf({ perSegment: 3 });
  const written = [];
  for (let count = 0; count < 5; count++) written.push(await write());
  const [taken, last] = [written[1]?.end as JournalPosition, written[4]?.end as JournalPosition];
  const file = openSync(segmentFile(dir, 1), 'r+');
  writeSync(file, Buffer.alloc(taken.offset), 0, taken.offset, 0);
  closeSync(file);
  const batch = await createBacklog({ dir, from: taken, to: last, tablesOf, batchReadings: 100 }).take(
    upTo(100),
  );
  expect(numbersOf(batch)).toEqual([3, 4, 5]);
  for (const { record } of batch) {
    if (record.kind !== 'group') continue;
    expect(record.readings()).toMatchObject([
      { machine: MACHINE, machineNumber: 0, values: [record.number] },
    ]);
    expect(record.books.sources).toEqual([MACHINE]);
  }
  // What was overwritten is no record: whoever begins there finds nothing in the segment.
  const fromTheBeginning = createBacklog({ dir, from: taken, to: last, batchReadings: 100 });
  expect(numbersOf(await fromTheBeginning.take(upTo(100)))).toEqual([4, 5]);
});

test('of a store that is away, which nobody waits for, so much waits in memory and no more', () => {
  const backlog = createBacklog({ dir: tempDir(), from: START, to: START, batchReadings: 10_000 });
  for (let number = 1; number <= 6; number++) backlog.offer(waiting(number, 5_000));
  expect(backlog.waiting()).toBe(Number.POSITIVE_INFINITY);
});
