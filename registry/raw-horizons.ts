import type { DatabaseSync } from 'node:sqlite';
import type { EpochMs } from '../domain/time.ts';
import { openKeptTracks } from './kept-tracks.ts';
import { openKeptWork } from './kept-work.ts';
import { inTransaction } from './transaction.ts';

type Value = number | bigint | boolean | string;

type LedgerKindName = 'hour' | 'shift' | 'day' | 'revisions';

export interface RawHorizonRow {
  readonly machine: string;
  readonly before: EpochMs;
  readonly lastHeard: EpochMs;
  readonly statesFrom: EpochMs | null;
  readonly unknownUntil: EpochMs | null;
  readonly workedUntil: EpochMs | null;
  readonly trackedUntil: EpochMs | null;
  readonly firstHeard: EpochMs | null;
  readonly carried: readonly { readonly signal: string; readonly ts: EpochMs; readonly value: Value }[];
}

/** Up to where raw data was removed: written by whoever removes it, read by every process that makes ledgers of facts. */
export function openRawHorizons(db: DatabaseSync) {
  const version = db.prepare('SELECT version FROM raw_horizon_version');
  const raise = db.prepare('UPDATE raw_horizon_version SET version = version + 1');
  const put = db.prepare('INSERT OR REPLACE INTO raw_horizon VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const every = db.prepare('SELECT * FROM raw_horizon');
  const putLedger = db.prepare('INSERT OR REPLACE INTO ledger_horizon VALUES (?, ?)');
  const everyLedger = db.prepare('SELECT kind, before_ts FROM ledger_horizon');
  let known: ReadonlyMap<string, RawHorizonRow> = new Map();
  let knownVersion: unknown = 0;
  return {
    work: openKeptWork(db),
    tracks: openKeptTracks(db),

    /** Read again only where somebody changed them. */
    all(): ReadonlyMap<string, RawHorizonRow> {
      const now = version.get()?.version;
      if (now === knownVersion) return known;
      known = new Map(
        every.all().map((row) => {
          const machine = row.machine as string;
          const horizon = {
            machine,
            before: row.before_ts as EpochMs,
            lastHeard: row.last_heard as EpochMs,
            statesFrom: row.states_from as EpochMs | null,
            unknownUntil: row.unknown_until as EpochMs | null,
            workedUntil: row.worked_until as EpochMs | null,
            trackedUntil: row.tracked_until as EpochMs | null,
            firstHeard: row.first_heard as EpochMs | null,
            carried: carriedIn(row.carried as string),
          };
          return [machine, horizon];
        }),
      );
      knownVersion = now;
      return known;
    },

    put(horizons: readonly RawHorizonRow[]): void {
      if (horizons.length === 0) return;
      inTransaction(db, () => {
        for (const horizon of horizons) {
          const { machine, before, lastHeard, statesFrom, unknownUntil } = horizon;
          const { carried, workedUntil, trackedUntil, firstHeard } = horizon;
          const told = carried.map(({ signal, ts, value }) => [signal, ts, typeof value, String(value)]);
          put.run(
            ...([machine, before, lastHeard, JSON.stringify(told), statesFrom, unknownUntil] as const),
            ...([workedUntil, trackedUntil, firstHeard] as const),
          );
        }
        raise.run();
      });
    },

    /** By what was removed: the instant before which it is gone. */
    ledger(): Readonly<Partial<Record<LedgerKindName, EpochMs>>> {
      return Object.fromEntries(
        everyLedger.all().map((row) => [row.kind as string, row.before_ts as EpochMs]),
      );
    },

    putLedger(of: LedgerKindName, before: EpochMs): void {
      putLedger.run(of, before);
    },
  };
}

function carriedIn(text: string): RawHorizonRow['carried'] {
  const told = JSON.parse(text) as readonly [string, EpochMs, string, string][];
  return told.map(([signal, ts, type, value]) => ({ signal, ts, value: valueIn(type, value) }));
}

/** `String` of a double reads back as the same double. */
function valueIn(type: string, text: string): Value {
  switch (type) {
    case 'number':
      return Number(text);
    case 'bigint':
      return BigInt(text);
    case 'boolean':
      return text === 'true';
    default:
      return text;
  }
}
