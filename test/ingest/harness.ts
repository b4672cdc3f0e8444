import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Reading, SignalType } from '../../domain/observation.ts';
import type { Correction } from '../../domain/values/correction.ts';
import { createIngest, type Ingest, type IngestOptions } from '../../ingest/create-ingest.ts';
import type { IncomingMessage } from '../../ingest/message.ts';
import type {
  CorrectionLog,
  LateMarks,
  Quarantine,
  QuarantinedMessage,
  SignalCatalogue,
} from '../../ingest/ports.ts';
import { emptyContents } from '../../store/memory/contents.ts';
import { openMemoryStore } from '../../store/memory/open.ts';
import { type Store, type StoreRefusal, StoreUnavailable } from '../../store/port.ts';

export const NOW = Date.parse('2026-03-02T08:00:00Z');
export const MACHINE = 'acme/zhoushan/moulding/line1/imm-01';
export const TOPIC = `kaidong/v1/${MACHINE}`;

export function tempDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'kaidong-ingest-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A quarantine that keeps to the rules of the port: ids rise, a key ever seen is left alone. */
export function memoryQuarantine(): Quarantine & { readonly rows: Map<number, QuarantinedMessage> } {
  const rows = new Map<number, QuarantinedMessage>();
  const keys = new Set<string>();
  return {
    rows,
    put(messages) {
      for (const { key, ...message } of messages) {
        if (keys.has(key)) continue;
        keys.add(key);
        rows.set(keys.size, { id: keys.size, keptBytes: message.payload.length, ...message });
      }
    },
    list: ({ limit }) => ({ items: [...rows.values()].reverse().slice(0, limit), next: null }),
    select: (selection, after, limit) =>
      [...rows.values()]
        .filter(({ id, code, topic }) =>
          'ids' in selection
            ? selection.ids.includes(id)
            : (selection.code ?? code) === code && (selection.topic ?? topic) === topic,
        )
        .filter(({ id }) => id > after)
        .slice(0, limit),
    remove(ids) {
      for (const id of ids) rows.delete(id);
    },
  };
}

export function memoryCatalogue(): SignalCatalogue & { readonly pinned: Map<string, SignalType> } {
  const pinned = new Map<string, SignalType>();
  return {
    pinned,
    *load() {
      for (const [key, type] of pinned) {
        const [machine, signal] = key.split('\n') as [string, string];
        yield { machine, signal, type };
      }
    },
    pin(series) {
      for (const { machine, signal, type } of series) {
        const key = `${machine}\n${signal}`;
        if (!pinned.has(key)) pinned.set(key, type);
      }
    },
  };
}

export function memoryLateMarks(): LateMarks & {
  readonly until: Map<string, number>;
  readonly marks: { machine: string; from: number; to: number }[];
} {
  const until = new Map<string, number>();
  const marks: { machine: string; from: number; to: number }[] = [];
  return {
    until,
    marks,
    recordedUntil: (machine) => until.get(machine) ?? null,
    answeredUntil: () => null,
    watched: () => new Map(),
    touch: () => {},
    newestAnswered: () => null,
    newestRecorded: () => (until.size === 0 ? null : Math.max(...until.values())),
    mark: (more) => void marks.push(...more),
  };
}

export function memoryCorrections(): CorrectionLog & { readonly rows: Correction[] } {
  const rows: Correction[] = [];
  const positions = new Map<string, number>();
  let last = 0;
  return {
    rows,
    put(more, { journal, record }) {
      positions.set(journal, record);
      return more.map(({ more: _, ...one }) => {
        const id = one.id ?? ++last;
        const place = rows.findIndex((row) => row.id === id);
        if (place === -1) rows.push({ ...one, id });
        else rows[place] = { ...one, id };
        return id;
      });
    },
    positionOf: (journal) => positions.get(journal) ?? 0,
  };
}

/** A store that can be taken away, and that refuses what a test tells it to; its contents outlive it. */
export function flakyStore({ keepsPosition = false }: { readonly keepsPosition?: boolean } = {}) {
  const contents = emptyContents();
  const state = {
    away: false,
    /** Writes wait for it. */
    gate: Promise.resolve(),
    refuses: (_reading: Reading, _signal: string): string | null => null,
    written: [] as Reading[],
  };
  const open = (): Store => {
    const store = openMemoryStore({ contents });
    const present = <A extends unknown[], R>(method: (...args: A) => Promise<R>) => {
      return async (...args: A): Promise<R> => {
        if (state.away) throw new StoreUnavailable('the store is away');
        return method(...args);
      };
    };
    return {
      ...store,
      position: async () => (keepsPosition ? store.position() : null),
      lastHeard: present(store.lastHeard),
      recall: present(store.recall),
      write: present(async (batch, position) => {
        await state.gate;
        const refusals: StoreRefusal[] = [];
        const taken = batch.map((reading, index) => {
          const kept = reading.signals.map((signal) => {
            const detail = state.refuses(reading, signal);
            if (detail !== null) refusals.push({ reading: index, signal, detail });
            return detail === null;
          });
          return {
            ...reading,
            signals: reading.signals.filter((_, at) => kept[at]),
            values: reading.values.filter((_, at) => kept[at]),
          };
        });
        state.written.push(...taken.filter(({ signals }) => signals.length > 0));
        await store.write(
          taken.filter(({ signals }) => signals.length > 0),
          position,
        );
        return refusals;
      }),
    };
  };
  return { state, contents, open };
}

export interface Bench {
  readonly dir: string;
  readonly clock: { now: number };
  readonly store: ReturnType<typeof flakyStore>;
  readonly quarantine: ReturnType<typeof memoryQuarantine>;
  readonly catalogue: ReturnType<typeof memoryCatalogue>;
  readonly lateMarks: ReturnType<typeof memoryLateMarks>;
  readonly corrections: ReturnType<typeof memoryCorrections>;
  readonly events: { event: string; fields: Readonly<Record<string, unknown>> | undefined }[];
  /** Starts ingest on what is there: again after an `abandon()` it is a start after a kill. */
  start(options?: Partial<IngestOptions>): Promise<Ingest>;
}

export function bench({ keepsPosition = false, dir = tempDir() } = {}): Bench {
  const clock = { now: NOW };
  const store = flakyStore({ keepsPosition });
  const quarantine = memoryQuarantine();
  const catalogue = memoryCatalogue();
  const lateMarks = memoryLateMarks();
  const corrections = memoryCorrections();
  const events: Bench['events'] = [];
  return {
    ...{ dir, clock, store, quarantine, catalogue, lateMarks, corrections, events },
    async start(options = {}) {
      const ingest = await createIngest({
        dataDir: dir,
        store: store.open(),
        ...{ quarantine, catalogue, lateMarks },
        now: () => clock.now,
        spoolMaxBytes: 1e9,
        maxPayloadBytes: 4e6,
        tsAheadMs: 300_000,
        log: (event, fields) => void events.push({ event, fields }),
        retryPace: { firstMs: 1, longestMs: 2 },
        closeWithinMs: 200,
        ...options,
      });
      onTestFinished(() => ingest.abandon());
      return ingest;
    },
  };
}

export const message = (
  topic: string,
  payload: string | Uint8Array | object,
  more: Partial<IncomingMessage> = {},
): IncomingMessage => ({
  topic,
  payload:
    typeof payload === 'string'
      ? Buffer.from(payload)
      : payload instanceof Uint8Array
        ? payload
        : Buffer.from(JSON.stringify(payload)),
  receivedAt: NOW,
  retain: false,
  delivery: null,
  ...more,
});

/** Accepts a message; resolves when it is durable, rejects when it never will be. */
export const send = (ingest: Ingest, incoming: IncomingMessage): Promise<void> =>
  new Promise((resolve, reject) => ingest.accept(incoming, (error) => (error ? reject(error) : resolve())));

export const delivery = (packetId: number, dup = false, session = 'line-1') => ({ session, packetId, dup });
