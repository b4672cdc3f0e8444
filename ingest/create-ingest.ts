import { join } from 'node:path';
import type { Reading } from '../domain/observation.ts';
import { type Store, StoreUnavailable } from '../store/port.ts';
import { createAgreement } from './agreement.ts';
import { createBacklog } from './backlog.ts';
import { createBooks } from './books.ts';
import { createCheckpoints } from './checkpoints.ts';
import { createClocks } from './clocks.ts';
import { DECODERS } from './decode/index.ts';
import { createDedupMemory } from './dedup/memory.ts';
import { createDiscovery } from './discovery.ts';
import { batchReadingsOf, createDrain } from './drain.ts';
import { explainMessage } from './explain.ts';
import { addMachine, addSignal, type Machines } from './guard/machines.ts';
import { NAME_CAPS } from './guard/type-guard.ts';
import { createInbox } from './inbox.ts';
import type { Ingest, IngestOptions } from './ingest.ts';
import { encodeHeader } from './journal/record-codec.ts';
import { markLate } from './late-marks.ts';
import type { IngestLog } from './log.ts';
import { createLookups } from './lookups.ts';
import { sparkplugRules } from './mapping/sparkplug-rules.ts';
import { createPipeline } from './pipeline.ts';
import type { CorrectionLog } from './ports.ts';
import { createQuarantineDesk } from './quarantine-desk.ts';
import { recover } from './recover.ts';
import { createRedeliveries } from './redeliveries.ts';
import { createReplay } from './replay.ts';
import { untilApplied } from './replay-applied.ts';
import { createReplayInstants } from './replay-instants.ts';
import { createRetry, RETRY_PACE } from './retry.ts';
import { createRouter, NO_MAPPING } from './route.ts';
import { createSourceMeter } from './source-meter.ts';
import { createTraffics } from './source-traffic.ts';
import { createSparkplug } from './sparkplug/in-ingest.ts';
import { createSpool } from './spool.ts';
import { createCorrectionNotes } from './values/correction-notes.ts';
import { createValueGuard } from './values/value-guard.ts';
import { within } from './within.ts';

export type { Ingest, IngestOptions, IngestStatus } from './ingest.ts';

const SEGMENT_BYTES = 64 * 1024 * 1024;
/** Ten minutes of 600 readings a second with 8 signals; of more, the oldest part is asked from the store. */
const DEDUP_BYTES = 24 * 1024 * 1024;
const CLOCK_TOLERANCE_MS = 5000;
const LIST_CORRECTIONS_MS = 1000;
const CLOSE_WITHIN_MS = 4000;
const END_WITHIN_MS = 1000;

/** Opens ingest on a data folder: reads back what the run before left, and goes on from there. */
export async function createIngest(options: IngestOptions): Promise<Ingest> {
  const { store, quarantine, catalogue, lateMarks, now, log, tsAheadMs, maxPayloadBytes } = options;
  const dir = join(options.dataDir, 'journal');
  const caps = options.caps ?? NAME_CAPS;
  const stopping = new AbortController();
  const stop = stopping.signal;
  const retry = createRetry({ log, pace: options.retryPace ?? RETRY_PACE, stop });

  const machines: Machines = new Map();
  for (const { machine, signal, type } of catalogue.load()) {
    addSignal(machines.get(machine) ?? addMachine(machines, machine), signal, type);
  }
  const books = createBooks();
  const dedup = createDedupMemory({
    maxBytes: options.dedupBytes ?? DEDUP_BYTES,
    mostTexts: options.remembered,
  });
  const redeliveries = createRedeliveries({ now });
  const storePosition = await positionOf(store, log);
  const before = await recover({ dir, storePosition, books, machines, dedup, redeliveries, log });

  const { journalId } = before;
  const desk = createQuarantineDesk({ quarantine, journalId, log });
  for (const record of before.unsure.refusals) desk.take(record);
  const { replayHolds } = options;
  // What the run before replayed is removed, so what it still holds stayed.
  if (desk.flushed()) replayHolds?.freeAll();
  markLate(lateMarks, before.unsure.stored);
  const { values } = options;
  const corrections = values?.corrections ?? NO_LIST;
  const notes = createCorrectionNotes({ corrections, journal: journalId, log });
  const listed = corrections.positionOf(journalId);
  for (const record of before.unsure.noted) if (record.number > listed) notes.take(record);

  const clocks = createClocks(options.clocks?.corrections ?? []);
  let clockToleranceMs = options.clocks?.toleranceMs ?? CLOCK_TOLERANCE_MS;
  const sparkplugSays = sparkplugRules(options.mapping?.rules ?? [], options.sparkplug?.machineOf);
  const sparkplug = createSparkplug({
    ...options.sparkplug,
    ...(sparkplugSays ? { machineOf: sparkplugSays.machineOf, wantsDigits: sparkplugSays.wantsDigits } : {}),
    mostSessions: caps.maxMachines,
    replay: (selection) => replay(selection),
    log,
  });
  const discovery = createDiscovery();
  const router = createRouter({
    decoders: [...DECODERS, sparkplugSays?.named(sparkplug.decoder) ?? sparkplug.decoder],
    mapping: options.mapping ?? NO_MAPPING,
    corrected: clocks.corrected,
    seen: discovery.note,
    mostRoutes: options.remembered,
  });
  const traffics = createTraffics(books);
  const meter = createSourceMeter({
    log,
    clockToleranceMs: () => clockToleranceMs,
    correctionsOf: clocks.of,
    traffics: traffics.all,
    rows: traffics.rows,
  });
  const inbox = createInbox({
    router,
    redeliveries,
    books,
    traffics,
    meter,
    log,
    fullMessages: options.inboxMessages,
  });
  const spool = createSpool({
    dir,
    sources: traffics.rows,
    segment: before.lastSegment + 1,
    lastNumber: before.lastNumber,
    unappliedBytes: before.unappliedBytes,
    segmentBytes: options.segmentBytes ?? SEGMENT_BYTES,
    maxBytes: options.spoolMaxBytes,
    now,
    log,
    retry,
    header: (number) =>
      encodeHeader({
        number,
        journalId,
        books: books.snapshot(),
        writeDeliveries: (writer) => redeliveries.write(writer, inbox.isDone),
      }),
  });
  const valueGuard = values?.plant.signals?.length ? createValueGuard({ plant: values.plant }) : null;
  const listing = setInterval(notes.flush, LIST_CORRECTIONS_MS).unref();
  const backlog = createBacklog({
    ...{ dir, from: before.applied, to: before.end },
    tablesOf: spool.tablesOf,
    batchReadings: batchReadingsOf(store),
  });
  const checkpoints = createCheckpoints({ dir, log });
  const listeners = new Set<(readings: readonly Reading[]) => void>();
  const drain = createDrain({
    ...{
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
    },
    appliedGroup: before.lastAppliedGroup,
    onApplied(readings, end) {
      checkpoints.note(end);
      for (const listener of listeners) tell(listener, readings, log);
    },
  });
  const { appliedGroup, storeOk } = drain;
  const lookUp = createLookups({ store, machines, dedup, now, storeOk, appliedGroup });
  const { shared } = options;
  const agreement = shared
    ? createAgreement({ shared, catalogue, machines, dedup, caps, tsAheadMs, retry })
    : null;
  const pipeline = createPipeline({
    ...{
      inbox,
      lookUp,
      books,
      spool,
      backlog,
      drain,
      desk,
      notes,
      machines,
      dedup,
      caps,
      tsAheadMs,
      appliedGroup,
      sources: traffics.rows,
    },
    agreement,
    ...{ maxPayloadBytes, log, stop, valueGuard },
  });
  const replay = createReplay({
    ...{ quarantine, inbox, router, maxPayloadBytes, stop, log },
    holds: replayHolds ?? null,
    instants: createReplayInstants({ store, machines, dedup, caps, claimAt: shared?.claimAt ?? null }),
    beforePlacing: (readings) => agreement?.learnOf(readings),
    kick: () => pipeline.kick(),
  });
  drain.kick();

  async function drained(): Promise<void> {
    do {
      await pipeline.idle();
      drain.kick();
      await drain.idle();
    } while (!stop.aborted && !(inbox.empty() && backlog.empty()));
    await checkpoints.flush();
  }

  async function end(): Promise<void> {
    sparkplug.close();
    stopping.abort();
    spool.wake();
    await pipeline.idle();
    // A store that went silent may hold the last write; it is in the journal, and is made again at the next start.
    await within(END_WITHIN_MS, drain.idle());
    await spool.close();
    clearInterval(listing);
    notes.flush();
  }

  let closing: Promise<void> | null = null;
  async function close(): Promise<void> {
    await within(options.closeWithinMs ?? CLOSE_WITHIN_MS, drained());
    await end();
    await checkpoints.flush();
  }

  return {
    accept(message, durable) {
      if (closing) durable(new Error('ingest is closing'));
      else if (inbox.accept(message, durable)) pipeline.kick();
    },
    get full() {
      return spool.full() || inbox.crowded();
    },
    books: () => ({
      ...books.answer(now()),
      spool: {
        bytes: spool.unappliedBytes(),
        maxBytes: options.spoolMaxBytes,
        waitingSince: spool.waitingSince(),
      },
    }),
    sources() {
      const asOf = now();
      return { asOf, sources: books.sources().map((source) => meter.standing(traffics.of(source), asOf)) };
    },
    heardAt(source) {
      const traffic = traffics.known(source);
      return traffic ? meter.lastHeardOf(traffic) : null;
    },
    refused: (query) => quarantine.list(query),
    replay: untilApplied(replay, { drain, backlog, spool, stop }),
    explain: (input) =>
      explainMessage(input, {
        ...{ router, machines, caps, tsAheadMs, maxPayloadBytes, valueGuard, now: now() },
        beforeGuard: agreement?.learnOf,
      }),
    listCorrections: notes.flush,
    remap(mapping) {
      router.replace(mapping);
      discovery.forget((topic) => !('overlooked' in router.fresh(topic).to));
    },
    retire: router.retire,
    setClocks({ toleranceMs, corrections }) {
      clockToleranceMs = toleranceMs;
      clocks.replace(corrections);
      router.recorrect();
    },
    discovered: discovery.snapshot,
    onApplied(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onSparkplug: sparkplug.onNews,
    isOnline: sparkplug.decoder.isOnline,
    unitOf: sparkplugSays?.unitOf(sparkplug.decoder.unitOf) ?? sparkplug.decoder.unitOf,
    sourceOf: (machine) => machines.get(machine)?.source ?? null,
    status: () => ({
      full: spool.full(),
      diskError: spool.diskError(),
      spooledBytes: spool.unappliedBytes(),
      storeOk: drain.storeOk(),
      lastError: drain.storeOk() ? null : drain.lastError(),
    }),
    drained,
    abandon() {
      closing ??= end();
      return closing;
    },
    [Symbol.asyncDispose]() {
      closing ??= close();
      return closing;
    },
  };
}

/** Nobody lists what happens to values. */
const NO_LIST: CorrectionLog = { put: (corrections) => corrections.map(() => 0), positionOf: () => 0 };

async function positionOf(store: Store, log: IngestLog) {
  try {
    return await store.position();
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
    // What the store has already is written again, which changes nothing.
    log('store-away-at-start', { error: error.message });
    return null;
  }
}

function tell(
  listener: (readings: readonly Reading[]) => void,
  readings: readonly Reading[],
  log: IngestLog,
): void {
  try {
    listener(readings);
  } catch (error) {
    log('applied-listener-failed', { error: String(error) });
  }
}
