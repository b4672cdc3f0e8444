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
  for (const kind of STORAGE_KINDS) {
    const bytes = last?.bytes[kind] ?? null;
    const perDay = growthOf(kind, samples);
    const ends = kind === 'raw' && bytes !== null && perDay !== null && perDay > 0;
    kinds[kind] = {
      bytes,
      perDay,
      steadyBytes: ends ? Math.max(bytes, Math.round(perDay * retentionDays)) : null,
    };
  }
  const at = last ? fullAt(kinds, last.at, freeBytes) : null;
  return { kinds, fullAt: last && at !== null && at - last.at <= FURTHEST_MS ? at : null };
}

function growthOf(kind: StorageKind, samples: readonly StorageSample[]): number | null {
  const known = samples.flatMap(({ at, bytes }) => {
    const value = bytes[kind];
    return value === null ? [] : [{ at, value }];
  });
  const last = known.at(-1);
  const first = last && known.find(({ at }) => at >= last.at - LOOK_BACK_MS);
  if (!last || !first || last.at - first.at < LEAST_MS) return null;
  return Math.round(((last.value - first.value) * DAY_MS) / (last.at - first.at));
}

/** Growth is constant until raw data is steady, and then less. */
function fullAt(
  kinds: Readonly<Record<StorageKind, KindForecast>>,
  now: EpochMs,
  freeBytes: number,
): EpochMs | null {
  const all = Object.entries(kinds) as readonly (readonly [StorageKind, KindForecast])[];
  if (all.every(([, { perDay }]) => perDay === null)) return null;
  const growing = (left: StorageKind | null): number =>
    all.reduce((sum, [kind, { perDay }]) => sum + (kind === left ? 0 : Math.max(0, perDay ?? 0)), 0);
  const { raw } = kinds;
  const rawLeft = raw.steadyBytes === null || raw.bytes === null ? 0 : raw.steadyBytes - raw.bytes;
  const rawDays = raw.perDay !== null && raw.perDay > 0 ? rawLeft / raw.perDay : 0;
  const first = growing(null);
  if (first * rawDays >= freeBytes && first > 0) return Math.round(now + (freeBytes / first) * DAY_MS);
  const later = growing('raw');
  if (later <= 0) return null;
  return Math.round(now + (rawDays + (freeBytes - first * rawDays) / later) * DAY_MS);
}
