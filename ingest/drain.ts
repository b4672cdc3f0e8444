import { setTimeout as delay } from 'node:timers/promises';
import type { Reading } from '../domain/observation.ts';
import type { EpochMs } from '../domain/time.ts';
import type { JournalPosition, Store, StoreRefusal } from '../store/port.ts';
import type { Backlog } from './backlog.ts';
import type { BookKeeping } from './books.ts';
import type { Clocks } from './clocks.ts';
import type { DedupMemory } from './dedup/memory.ts';
import type { Machines } from './guard/machines.ts';
import type { GroupRecord, JournalReading } from './journal/records.ts';
import { correctionsIn, markLate } from './late-marks.ts';
import type { IngestLog } from './log.ts';
import type { LateMarks, SignalCatalogue } from './ports.ts';
import type { QuarantineDesk } from './quarantine-desk.ts';
import { type Retry, Stopped } from './retry.ts';
import type { Spool } from './spool.ts';
import { outcomeOf, type RefusalOutcome } from './store-refusals.ts';
import type { CorrectionNotes } from './values/correction-notes.ts';

const BATCH_READINGS = 10_000;
/** Readings in one batch of a store, about. */
export const batchReadingsOf = ({ readingsAtOnce }: Pick<Store, 'readingsAtOnce'>): number =>
  readingsAtOnce ?? BATCH_READINGS;
/** Of the journal: of readings with hundreds of values fewer make a batch. */
const BATCH_BYTES = 4 * 1024 * 1024;
/**
 * While little waits, batches begin at least so far apart: a batch costs a store as much as some hundreds of readings do, and
 * what saves it shortens the way of every message. The first after a pause goes at once.
 */
const BREATH_MS = 20;
const LITTLE_READINGS = 1_000;

export interface DrainOptions {
  readonly store: Store;
  readonly catalogue: SignalCatalogue;
  readonly lateMarks: LateMarks;
  readonly backlog: Backlog;
  readonly spool: Spool;
  readonly books: BookKeeping;
  readonly machines: Machines;
  readonly dedup: DedupMemory;
  readonly desk: QuarantineDesk;
  readonly notes: Pick<CorrectionNotes, 'flush'>;
  readonly retry: Retry;
  readonly log: IngestLog;
  readonly now: () => EpochMs;
  /** The last group that the runs before applied. */
  readonly appliedGroup: number;
  readonly clocks: Pick<Clocks, 'sourceTime'>;
  /** Told what is in the store now. */
  readonly onApplied: (readings: readonly Reading[], end: JournalPosition) => void;
}

/** Brings what is durable into the store, in order; what the store can't take just now waits, and so does all behind it. */
export function createDrain(options: DrainOptions) {
  const {
    store,
    catalogue,
    lateMarks,
    backlog,
    spool,
    books,
    machines,
    dedup,
    desk,
    notes,
    retry,
    log,
    now,
    clocks,
    onApplied,
  } = options;
  const batchSize = { readings: batchReadingsOf(store), bytes: BATCH_BYTES };
  let appliedGroup = options.appliedGroup;
  let storeOk = true;
  let lastError: string | null = null;
  let running: Promise<void> | null = null;
  let breathUntil = Number.NEGATIVE_INFINITY;
  let lastSegment = -1;

  function failed(error: Error): void {
    storeOk = false;
    lastError = error.message;
  }

  async function writeAll(
    readings: readonly Reading[],
    end: JournalPosition,
  ): Promise<readonly StoreRefusal[]> {
    const refusals = await retry('store-write', () => store.write(readings, end), failed);
    storeOk = true;
    return refusals;
  }

  async function applyBatch(): Promise<boolean> {
    const batch = await retry('journal-read', () => backlog.take(batchSize));
    const last = batch.at(-1);
    if (!last) return false;
    if (last.end.segment !== lastSegment) {
      // Once the store is past a segment, a start no longer reads it.
      notes.flush();
      lastSegment = last.end.segment;
    }
    const groups = batch.map(({ record }) => record).filter((record) => record.kind === 'group');
    const pins = groups.flatMap((group) => group.pins);
    if (pins.length > 0) await retry('signal-pin', () => catalogue.pin(pins));
    const readings = groups.flatMap((group) => group.readings());
    const corrected = await correctionsIn(lateMarks, store, readings);
    const refusals = readings.length > 0 ? await writeAll(readings, last.end) : [];
    if (refusals.length === 0) for (const group of groups) applyBooks(group);
    else await applyWithRefusals(groups, readings, refusals);
    await retry('quarantine-put', desk.flush);
    await retry('late-mark', () => markLate(lateMarks, readings, corrected));
    onApplied(readings, last.end);
    spool.applied(batch.reduce((sum, { record, bytes }) => sum + (record.kind === 'header' ? 0 : bytes), 0));
    return true;
  }

  function applyBooks(group: GroupRecord, outcome?: RefusalOutcome): void {
    books.apply(group.books);
    for (const reversal of outcome?.reversals ?? []) books.reverse(reversal);
    appliedGroup = group.number;
  }

  async function applyWithRefusals(
    groups: readonly GroupRecord[],
    readings: readonly JournalReading[],
    refusals: readonly StoreRefusal[],
  ): Promise<void> {
    let first = 0;
    for (const group of groups) {
      const end = first + group.readingCount;
      const start = first;
      const own = refusals
        .filter(({ reading }) => reading >= start && reading < end)
        .map((refusal) => ({ ...refusal, reading: refusal.reading - start }));
      first = end;
      if (own.length === 0) {
        applyBooks(group);
        continue;
      }
      const ofGroup = readings.slice(start, end);
      const outcome = outcomeOf({ books: group.books, readings: ofGroup }, own, {
        now: now(),
        sourceTime: clocks.sourceTime,
      });
      for (const { reading, signal } of own) {
        const { machine, ts } = ofGroup[reading] as JournalReading;
        const entry = machines.get(machine);
        if (entry) dedup.forget(entry, ts, signal);
      }
      const quarantined = outcome.quarantined.map(({ part, ...message }) => ({
        ...message,
        key: desk.keyOf(group.number, part),
      }));
      await spool.note(
        { of: group.number, reversals: outcome.reversals, quarantined },
        ({ record, end: at, bytes }) => {
          applyBooks(group, outcome);
          desk.take(record);
          backlog.offer({ record, end: at, bytes });
        },
      );
    }
  }

  async function run(): Promise<void> {
    do {
      const restMs = breathUntil - performance.now();
      if (restMs > 0 && backlog.waiting() < LITTLE_READINGS) await delay(restMs);
      breathUntil = performance.now() + BREATH_MS;
    } while (await applyBatch());
  }

  return {
    /** There is more to apply. */
    kick(): void {
      if (running || backlog.empty()) return;
      running = run()
        .catch((error: Error) => {
          // Stopping ends a run early; what isn't applied then is read back at the next start, as after any defect.
          if (!(error instanceof Stopped)) log('ingest-defect', { error: error.message, stack: error.stack });
        })
        .finally(() => {
          running = null;
        });
    },
    /** Resolves when the run ends. */
    idle: async (): Promise<void> => {
      while (running) await running;
    },
    storeOk: () => storeOk,
    lastError: () => lastError,
    appliedGroup: () => appliedGroup,
  };
}

export type Drain = ReturnType<typeof createDrain>;
