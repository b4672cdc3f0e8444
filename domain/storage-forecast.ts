import type { EpochMs } from './time.ts';

/** What fills a disk, by kind. */
export const STORAGE_KINDS = ['raw', 'ledger', 'storeOther', 'spool', 'registry'] as const;
export type StorageKind = (typeof STORAGE_KINDS)[number];

/** Bytes by kind at an instant; `null`: they lie on another server's disk. */
export interface StorageSample {
  readonly at: EpochMs;
  readonly bytes: Readonly<Record<StorageKind, number | null>>;
}

export interface KindForecast {
  readonly bytes: number | null;
  /** Over the last week or what there is of it; `null`: watched for less than six hours. */
  readonly perDay: number | null;
  /** Where retention ends growth; `null`: kept for good, or not known yet. */
  readonly steadyBytes: number | null;
}

export interface StorageForecast {
  readonly kinds: Readonly<Record<StorageKind, KindForecast>>;
  /** When the disk is full if all goes on like this; `null`: not in a hundred years, or not known yet. */
  readonly fullAt: EpochMs | null;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Growth of the last week: production differs from day to day, and what was long ago says little. */
const LOOK_BACK_MS = 7 * DAY_MS;
const LEAST_MS = 6 * HOUR_MS;
/** What lies further ahead is called never: no growth is known for so long, and no calendar names every such instant. */
const FURTHEST_MS = 36_525 * DAY_MS;

/**
 * How a disk will fill: each kind grows on as it did lately, raw data only until as much goes by retention as comes.
 * `samples` ascend in time; the last one is now.
 */
export function storageForecast({
  samples,
  retentionDays,
  freeBytes,
}: {
  readonly samples: readonly StorageSample[];
  readonly retentionDays: number;
  readonly freeBytes: number;
}): StorageForecast {
  const last = samples.at(-1);
  const kinds = {} as Record<StorageKind, KindForecast>;
  let rawDays = 0;
  for (const kind of STORAGE_KINDS) {
    const bytes = last?.bytes[kind] ?? null;
    const perDay = growthOf(kind, samples);
    let steadyBytes: number | null = null;
    if (kind === 'raw' && bytes !== null && perDay !== null && perDay > 0) {
      steadyBytes = Math.max(bytes, Math.round(perDay * retentionDays));
      rawDays = (steadyBytes - bytes) / perDay;
    }
    kinds[kind] = { bytes, perDay, steadyBytes };
  }
  const aheadMs = daysUntilFull(kinds, rawDays, freeBytes) * DAY_MS;
  return { kinds, fullAt: last && aheadMs <= FURTHEST_MS ? Math.round(last.at + aheadMs) : null };
}

function growthOf(kind: StorageKind, samples: readonly StorageSample[]): number | null {
  const known = samples.flatMap(({ at, bytes }) => {
    const value = bytes[kind];
    return value === null ? [] : [{ at, value }];
  });
  const last = known.at(-1);
  if (!last) return null;
  const first = known.find(({ at }) => at >= last.at - LOOK_BACK_MS) as typeof last;
  if (last.at - first.at < LEAST_MS) return null;
  return Math.round(((last.value - first.value) * DAY_MS) / (last.at - first.at));
}

/** Growth is constant until raw data is steady, and then less; without any there is no such day, be it infinity or no number. */
function daysUntilFull(
  kinds: Readonly<Record<StorageKind, KindForecast>>,
  rawDays: number,
  freeBytes: number,
): number {
  const growing = (left: StorageKind | null): number =>
    STORAGE_KINDS.reduce((sum, kind) => sum + (kind === left ? 0 : Math.max(0, kinds[kind].perDay ?? 0)), 0);
  const first = growing(null);
  return first * rawDays >= freeBytes
    ? freeBytes / first
    : rawDays + (freeBytes - first * rawDays) / growing('raw');
}
