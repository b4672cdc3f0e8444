import type { EpochMs } from '../domain/time.ts';
import { LEDGER_KINDS, type LedgerKind, type Store } from '../store/port.ts';
import type { KeptChecks } from './kept-checks.ts';
import type { RawHorizons } from './raw-horizon.ts';

const DAY_MS = 86_400_000;

/** Since when each kind of a recorded ledger is kept; `null`: for good. */
export type LedgerKeptSince = Readonly<Record<LedgerKind, EpochMs | null>>;

/**
 * Removes what of the recorded ledger is older than it is kept, by whole days, and never what raw data can still give.
 * That it is removed is written down before it is.
 */
export async function removeLedger({
  store,
  horizons,
  kept,
  keptSince,
  rawBefore,
  purged,
}: {
  readonly store: Pick<Store, 'purgeLedger'>;
  readonly horizons: Pick<RawHorizons, 'ledger' | 'putLedger' | 'work' | 'tracks'>;
  /** What checks need goes with the days that they look at. */
  readonly kept: Pick<KeptChecks, 'removeBefore'>;
  readonly keptSince: LedgerKeptSince;
  /** Observations before it are removed. */
  readonly rawBefore: EpochMs;
  /** Up to where this process has removed each kind. */
  readonly purged: Map<LedgerKind, EpochMs>;
}): Promise<void> {
  const known = horizons.ledger();
  for (const kind of LEDGER_KINDS) {
    const since = keptSince[kind];
    const wanted =
      since === null ? Number.NEGATIVE_INFINITY : Math.min(rawBefore, Math.floor(since / DAY_MS) * DAY_MS);
    // What was written down by a process that was stopped then is still to be done.
    const before = Math.max(wanted, known[kind] ?? Number.NEGATIVE_INFINITY);
    if (!Number.isFinite(before) || before <= (purged.get(kind) ?? Number.NEGATIVE_INFINITY)) continue;
    if (before !== known[kind]) horizons.putLedger(kind, before);
    await store.purgeLedger(kind, before);
    if (kind === 'day') kept.removeBefore(before);
    if (kind === 'hour') {
      horizons.work.removeParts(before);
      horizons.tracks.removeBefore(before);
    }
    purged.set(kind, before);
  }
}
