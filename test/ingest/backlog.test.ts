import { truncateSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { createBacklog } from '../../ingest/backlog.ts';
import { addMachine, addSignal, type Machines, shapeOf } from '../../ingest/guard/machines.ts';
import { segmentFile } from '../../ingest/journal/folder.ts';
import { createGroupBuilder, segmentNumbers } from '../../ingest/journal/group-builder.ts';
import { encodeHeader } from '../../ingest/journal/record-codec.ts';
import { createJournalWriter } from '../../ingest/journal/writer.ts';
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
  let number = 0;
  async function write() {
    if (number > 0 && number % perSegment === 0) numbers = segmentNumbers(numbers.segment + 1);
    const group = createGroupBuilder(++number, numbers);
    group.add(shape, number, [number], { place: group.placeOf(MACHINE), continues: false });
    const { record, pieces } = group.finish();
    return { record, ...(await writer.append(group.segment, pieces)) };
  }
  return { dir, write };
}

const numbersOf = (batch: readonly { record: { kind: string; number: number } }[]): number[] =>
  batch.filter(({ record }) => record.kind === 'group').map(({ record }) => record.number);

test('what becomes durable while the disk is read is read too, over the end of a segment', async () => {
  const { dir, write } = journalOf({ perSegment: 5 });
  let last = await write();
  for (let count = 1; count < 3; count++) last = await write();
  const backlog = createBacklog({ dir, from: START, to: last.end });
  const seen = numbersOf(await backlog.take(2));
  for (let count = 0; count < 9; count++) {
    backlog.offer(await write());
    seen.push(...numbersOf(await backlog.take(1)));
  }
  while (!backlog.empty()) seen.push(...numbersOf(await backlog.take(2)));
  expect(seen).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
});

test('what was read before a damaged place is handed out, and the damage is reported only then', async () => {
  const { dir, write } = journalOf({ perSegment: 100 });
  await write();
  await write();
  const { end } = await write();
  truncateSync(segmentFile(dir, 1), end.offset - 1);
  const backlog = createBacklog({ dir, from: START, to: end });
  expect(numbersOf(await backlog.take(100))).toEqual([1, 2]);
  await expect(backlog.take(100)).rejects.toThrow(/segment 1 of the journal is damaged at \d+/);
  await expect(backlog.take(100)).rejects.toThrow(/damaged/);
});
