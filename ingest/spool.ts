import type { EpochMs } from '../domain/time.ts';
import type { JournalPosition } from '../store/port.ts';
import {
  createGroupBuilder,
  type GroupBuilder,
  type SegmentNumbers,
  segmentNumbers,
} from './journal/group-builder.ts';
import { encodeOutcome } from './journal/record-codec.ts';
import type { GroupRecord, OutcomeRecord } from './journal/records.ts';
import type { SegmentTables } from './journal/segment-tables.ts';
import { createJournalWriter } from './journal/writer.ts';
import type { IngestLog } from './log.ts';
import { type Retry, Stopped } from './retry.ts';
import type { SourceRows } from './source-rows.ts';
import { createSpoolAge } from './spool-age.ts';
import { createSpoolAlarm } from './spool-alarm.ts';

export interface SpoolOptions {
  readonly dir: string;
  readonly sources: SourceRows;
  /** The first segment that this run may begin. */
  readonly segment: number;
  /** The number of the last record of the runs before. */
  readonly lastNumber: number;
  readonly unappliedBytes: number;
  readonly segmentBytes: number;
  readonly maxBytes: number;
  readonly now: () => EpochMs;
  readonly log: IngestLog;
  readonly retry: Retry;
  readonly header: (lastNumber: number) => Buffer;
}

/** A group is given room for as much as the one before it took, and a little more, so that it seldom has to grow. */
const SPARE = { rows: 32, headBytes: 4 * 1024, bodyBytes: 4 * 1024 };

/** What became durable. */
export interface Committed<R> {
  readonly record: R;
  readonly end: JournalPosition;
  readonly bytes: number;
}

/** The journal as ingest writes it: numbers groups, begins segments, keeps to the byte cap, and outlasts a failing disk. */
export function createSpool(options: SpoolOptions) {
  const { dir, segmentBytes, maxBytes, now, log, retry } = options;
  const alarm = createSpoolAlarm({ maxBytes, now, log });
  const age = createSpoolAge({ bytes: options.unappliedBytes, now });
  let number = options.lastNumber;
  let unapplied = options.unappliedBytes;
  let numbers = segmentNumbers(options.segment, options.sources);
  /** Those of the segment before, of which the store may still want a part. */
  let numbersBefore: SegmentNumbers | null = null;
  let room = SPARE;
  let plannedBytes = 0;
  let writing: Promise<unknown> = Promise.resolve();
  /** What the disk says while it doesn't take a record. */
  let diskError: string | null = null;
  let waitingForRoom = false;
  let roomMade = Promise.withResolvers<void>();
  const writer = createJournalWriter({ dir, header: () => options.header(number) });

  /** One record after another; `settle` runs before the next one, so that a header never sees half of a step. */
  function append<R>(
    segmentOf: () => number,
    pieces: readonly Buffer[],
    record: R,
    settle: (done: Committed<R>) => void,
  ) {
    const done = writing.then(async () => {
      const appended = await retry(
        'journal-write',
        () => writer.append(segmentOf(), pieces),
        ({ message }) => {
          diskError = message;
        },
      );
      diskError = null;
      unapplied += appended.bytes;
      age.grew(appended.bytes);
      settle({ record, ...appended });
    });
    writing = done.catch(() => undefined);
    return done;
  }

  async function waitForRoom(bytes: number, stop: AbortSignal): Promise<void> {
    // A group larger than the whole spool may enter an empty one, or it could never.
    while (unapplied > 0 && unapplied + bytes > maxBytes) {
      if (stop.aborted) throw new Stopped('spool');
      waitingForRoom = true;
      alarm(unapplied, true);
      await roomMade.promise;
    }
    waitingForRoom = false;
  }

  return {
    /** A new group; the one before must be sealed. */
    open: (): GroupBuilder => createGroupBuilder(++number, numbers, room),

    /** Ends a group: nothing can be added any more. */
    seal(group: GroupBuilder) {
      const { record, pieces } = group.finish();
      const bytes = pieces.reduce((sum, { length }) => sum + length, 0);
      plannedBytes += bytes;
      const [head, body] = pieces;
      room = {
        rows: record.books.sources.length + SPARE.rows,
        headBytes: head.length + SPARE.headBytes,
        bodyBytes: body.length + SPARE.bodyBytes,
      };
      if (plannedBytes >= segmentBytes) {
        numbersBefore = numbers;
        numbers = segmentNumbers(numbers.segment + 1, options.sources);
        plannedBytes = 0;
      }
      return { record, pieces, bytes, segment: group.segment };
    },

    /** Makes a sealed group durable; waits while the spool is full. Rejects with {@link Stopped} when ingest stops first. */
    async commit(
      group: { record: GroupRecord; pieces: readonly Buffer[]; bytes: number; segment: number },
      stop: AbortSignal,
      settle: (done: Committed<GroupRecord>) => void,
    ): Promise<void> {
      await waitForRoom(group.bytes, stop);
      await append(() => group.segment, group.pieces, group.record, settle);
      alarm(unapplied, false);
    },

    /** Makes what the store refused durable, whether or not there is room: without it the spool can't drain. */
    async note(
      outcome: Omit<OutcomeRecord, 'number' | 'kind'>,
      settle: (done: Committed<OutcomeRecord>) => void,
    ) {
      const record: OutcomeRecord = { kind: 'outcome', number: ++number, ...outcome };
      await append(() => writer.segment() ?? numbers.segment, [encodeOutcome(record)], record, settle);
    },

    applied(bytes: number): void {
      unapplied -= bytes;
      age.shrank(bytes);
      alarm(unapplied, false);
      this.wake();
    },

    /** Lets those who wait for room look again. */
    wake(): void {
      roomMade.resolve();
      roomMade = Promise.withResolvers<void>();
    },

    /** What the numbers of a segment's records mean; `undefined`: it is known no more, or another run wrote it. */
    tablesOf: (segment: number): SegmentTables | undefined =>
      [numbers, numbersBefore].find((known) => known?.segment === segment)?.tables,

    full: () => waitingForRoom || diskError !== null,
    diskError: () => diskError,
    unappliedBytes: () => unapplied,
    waitingSince: age.oldest,
    lastNumber: () => number,

    async close(): Promise<void> {
      await writing;
      await writer.close();
    },
  };
}

export type Spool = ReturnType<typeof createSpool>;
