import type { Reading } from '../../domain/observation.ts';
import { type Grain, type Store, type StoreKind, type StoreRefusal, StoreUnavailable } from '../port.ts';
import { prepare } from './batch.ts';
import { influxBoard } from './board.ts';
import { readFacts } from './facts.ts';
import { readHeardIn } from './heard-in.ts';
import type { Query } from './influxql.ts';
import { ledgerLines, readHistory, readLedger } from './ledger.ts';
import { LineBytes } from './line-bytes.ts';
import { lineEncoder } from './line-protocol.ts';
import { machinePathReader } from './machine-paths.ts';
import { place, type WriteOutcome } from './place.ts';
import {
  readLastHeard,
  readLatest,
  readMachines,
  readPoints,
  readRanges,
  readRecall,
  readSignalNames,
} from './reads.ts';

/** What the versions of InfluxDB do differently. Each rejects with `StoreUnavailable` when the store can't answer now. */
export interface InfluxServer extends AsyncDisposable {
  readonly kind: StoreKind;
  readonly query: Query;
  /** For `ledger`, which may rest under another retention policy than `signals`. */
  readonly ledgerQuery: Query;
  /** Writes lines with times in ms; `into` names what they hold. Bytes are the caller's again when it has settled. */
  post(lines: string | Buffer, into: 'signals' | 'ledger'): Promise<WriteOutcome>;
  /** Removes points of `signals`, and of the board's measurements of every minute, older than `before`. */
  erase(before: number): Promise<void>;
  /** Removes points of a measurement of the recorded ledger, of one grain or of all (`null`), older than `before`. */
  eraseLedger(measurement: 'ledger' | 'ledger_history', grain: Grain | null, before: number): Promise<void>;
}

/**
 * Twice what the makers advise (standards §4.1): of 20,000 lines of 1,000 machines, sorted by machine, InfluxDB 1.6.7 takes an eighth
 * less CPU a line than of 10,000 in requests of 5,000, since it collects a request's values by series and field.
 */
export const LINES_PER_REQUEST = 10_000;
/** Lines may have hundreds of fields: so many are some 2 MB, far below what servers take at once (standards §4.3). */
const VALUES_PER_REQUEST = 100_000;
/** A cell's line is a hundred fields long: so many are 3 MB. */
const CELLS_PER_REQUEST = 1_000;
/** Requests of one batch under way at a time: one is encoded while the other is stored. */
const REQUESTS_AT_ONCE = 2;
const CLOSE_WITHIN_MS = 1000;

/** The port over any InfluxDB that speaks line protocol and InfluxQL. Closing waits for the writes under way. */
export function influxStore(server: InfluxServer): Store {
  const encode = lineEncoder();
  let writes: Promise<unknown> = Promise.resolve();
  let closed = false;
  const assertOpen = (): void => {
    if (closed) throw new Error(`the ${server.kind} store is closed`);
  };
  const whileOpen =
    (query: Query): Query =>
    (statements) => {
      assertOpen();
      return query(statements);
    };
  const query = whileOpen(server.query);
  const ledgerQuery = whileOpen(server.ledgerQuery);
  const machinePaths = machinePathReader(query);

  /** Free ones; as many are made as requests were ever under way at once. */
  const buffers: LineBytes[] = [];
  const send = async (readings: readonly Reading[]): Promise<WriteOutcome> => {
    const lines = buffers.pop() ?? new LineBytes();
    lines.clear();
    for (let index = 0; index < readings.length; index++) encode(readings[index] as Reading, lines);
    const outcome = await server.post(lines.written, 'signals');
    // Where it rejects, the bytes may still be on their way: that buffer isn't used again.
    buffers.push(lines);
    return outcome;
  };

  const writeBatch = async (batch: readonly Reading[]): Promise<readonly StoreRefusal[]> => {
    const prepared = prepare(batch);
    const refusals = [...prepared.refused];
    const count = prepared.readings.length;
    let next = 0;
    const worker = async (): Promise<void> => {
      while (next < count) {
        const start = next;
        next = endOfRequest(prepared.readings, start);
        refusals.push(...(await place(prepared, start, next, send)));
      }
    };
    await settled(Array.from({ length: REQUESTS_AT_ONCE }, worker));
    return refusals.sort((a, b) => a.reading - b.reading);
  };

  const postRecorded = async (lines: readonly string[]): Promise<void> => {
    for (let at = 0; at < lines.length; at += LINES_PER_REQUEST) {
      const some = lines.slice(at, at + LINES_PER_REQUEST);
      const outcome = await server.post(some.join('\n'), 'ledger');
      if (outcome.kind === 'stored') continue;
      if (outcome.kind === 'too-large' && some.length > 1) {
        await postRecorded(some.slice(0, some.length >> 1));
        await postRecorded(some.slice(some.length >> 1));
        continue;
      }
      // A cell older than the retention that an administrator has set would be gone the next hour anyway.
      if (!/retention policy/.test(outcome.detail))
        throw new StoreUnavailable(`InfluxDB refused what is recorded: ${outcome.detail}`);
    }
  };

  return {
    kind: server.kind,
    readingsAtOnce: LINES_PER_REQUEST * REQUESTS_AT_ONCE,
    board: influxBoard(async (lines) => {
      assertOpen();
      await postRecorded(lines);
    }),
    position: async () => null,
    // One batch after the other, so that a correction in a later one can't be overtaken by the value that it corrects.
    write: async (batch) => {
      assertOpen();
      const written = writes.then(() => writeBatch(batch));
      writes = written.catch(() => undefined);
      return written;
    },
    recall: (keys) => readRecall(query, keys),
    lastHeard: (machines) => readLastHeard(query, machines),
    machines: () => readMachines(query),
    machinePaths,
    latest: (machine) => readLatest(query, machine),
    signalNames: (machines) => readSignalNames(query, machines),
    heardIn: (asked) => readHeardIn(query, asked),
    facts: (asked) => readFacts(query, asked),
    points: (asked) => readPoints(query, asked),
    ranges: (asked) => readRanges(query, asked),
    purge: async (before) => {
      assertOpen();
      await server.erase(before);
    },
    recordLedger: async (cells) => {
      for (let at = 0; at < cells.length; at += CELLS_PER_REQUEST) {
        const { history, current } = await ledgerLines(ledgerQuery, cells.slice(at, at + CELLS_PER_REQUEST));
        await postRecorded(history);
        await postRecorded(current);
      }
    },
    purgeLedger: async (of, before) => {
      assertOpen();
      const grain = of === 'revisions' ? null : of;
      if (grain) await server.eraseLedger('ledger', grain, before);
      await server.eraseLedger('ledger_history', grain, before);
    },
    recordedLedger: (asked) => readLedger(ledgerQuery, asked),
    ledgerHistory: (asked) => readHistory(ledgerQuery, asked),
    [Symbol.asyncDispose]: async () => {
      if (closed) return;
      closed = true;
      // A server that went silent would hold us up until its time is over; what it didn't confirm is in the journal.
      await Promise.race([writes, new Promise((resolve) => setTimeout(resolve, CLOSE_WITHIN_MS).unref())]);
      await server[Symbol.asyncDispose]();
    },
  };
}

/** The place behind the last reading of the request that begins at a place; one reading is always in it. */
function endOfRequest(readings: readonly Reading[], start: number): number {
  const most = Math.min(readings.length, start + LINES_PER_REQUEST);
  let end = start;
  for (let values = 0; end < most && values < VALUES_PER_REQUEST; end++)
    values += (readings[end] as Reading).signals.length;
  return end;
}

/** Waits for all, then rejects with the first error: nothing of a batch is under way once its promise has settled. */
async function settled(promises: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(promises)).find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}
