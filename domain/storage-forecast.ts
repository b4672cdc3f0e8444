import type { EpochMs } from './time.ts';

/** What fills a disk, by kind. */
export const STORAGE_KINDS = ['raw', 'ledger', 'evidence', 'storeOther', 'spool', 'registry'] as const;
export type StorageKind = (typeof STORAGE_KINDS)[number];

/** Bytes by kind at an instant; `null`: they lie on another server's disk, or weren't told apart. */
export interface StorageSample {
  readonly at: EpochMs;
  readonly bytes: Readonly<Record<StorageKind, number | null>>;
}

/** How long a kind is kept. */
export interface KindRetention {
  readonly days: number;
  /** The share of its growth that goes on after that, since some of it is kept for good; 0: none of it. */
  readonly goesOn: number;
}
export type StorageRetention = Readonly<Partial<Record<StorageKind, KindRetention>>>;

/** Cells of a day that are kept beside its 24 hours: itself, and shifts, of which most plants have two. */
const CELLS_BESIDE_HOURS = 3;

/** How long ledgers are kept, by grain in days; `null`: for good. Where hours alone are removed, the others grow on. */
export function ledgerRetention(days: {
  readonly hourDays: number | null;
  readonly shiftDays: number | null;
  readonly dayDays: number | null;
}): KindRetention | null {
  const { hourDays, shiftDays, dayDays } = days;
  if (hourDays === null) return null;
  if (shiftDays === null || dayDays === null)
    return { days: hourDays, goesOn: CELLS_BESIDE_HOURS / (24 + CELLS_BESIDE_HOURS) };
  return { days: Math.max(hourDays, shiftDays, dayDays), goesOn: 0 };
}

const SETTINGS: readonly (readonly [StorageKind, string])[] = [
  ['raw', 'data.retentionDays'],
  ['ledger', 'ledger.hourDays'],
  ['evidence', 'data.evidenceDays'],
  ['registry', 'data.quarantineDays'],
];

/** The settings that say how long the kinds that grow are kept, of the fastest first; of all kinds where none is known to. */
export function settingsThatHelp(kinds: StorageForecast['kinds']): readonly string[] {
  const perDay = ([kind]: (typeof SETTINGS)[number]): number => kinds[kind].perDay ?? 0;
  const growing = SETTINGS.filter((one) => perDay(one) > 0).sort((a, b) => perDay(b) - perDay(a));
  return (growing.length > 0 ? growing : SETTINGS).map(([, setting]) => setting);
}

export interface KindForecast {
  readonly bytes: number | null;
  /** Over the last week or what there is of it; `null`: watched for less than six hours. */
  readonly perDay: number | null;
  /** Its size when retention takes as much as comes, or all but `steadyPerDay`; `null`: kept for good, or not known yet. */
  readonly steadyBytes: number | null;
  /** What it grows by from then on, of what is kept for good. `null` with `steadyBytes`. */
  readonly steadyPerDay: number | null;
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
 * How a disk will fill: each kind grows on as it did lately, and what is kept for so long only until as much goes by
 * retention as comes. `samples` ascend in time; the last one is now.
 */
export function storageForecast({
  samples,
  retention,
  freeBytes,
}: {
  readonly samples: readonly StorageSample[];
  readonly retention: StorageRetention;
  readonly freeBytes: number;
}): StorageForecast {
  const last = samples.at(-1);
  const kinds = {} as Record<StorageKind, KindForecast>;
  const slowing: Slowing[] = [];
  for (const kind of STORAGE_KINDS) {
    const bytes = last?.bytes[kind] ?? null;
    const perDay = growthOf(kind, samples);
    const kept = retention[kind];
    let steadyBytes: number | null = null;
    let steadyPerDay: number | null = null;
    if (kept && bytes !== null && perDay !== null && perDay > 0) {
      steadyBytes = Math.max(bytes, Math.round(perDay * kept.days));
      steadyPerDay = Math.round(perDay * kept.goesOn);
      slowing.push({ day: (steadyBytes - bytes) / perDay, by: perDay - steadyPerDay });
    }
    kinds[kind] = { bytes, perDay, steadyBytes, steadyPerDay };
  }
  const aheadMs = daysUntilFull(kinds, slowing, freeBytes) * DAY_MS;
  return { kinds, fullAt: last && aheadMs <= FURTHEST_MS ? Math.round(last.at + aheadMs) : null };
}

/** From a day on a kind grows by so much less. */
interface Slowing {
  readonly day: number;
  readonly by: number;
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

/** Growth is constant from one slowing to the next; without any there is no such day, be it infinity or no number. */
function daysUntilFull(
  kinds: Readonly<Record<StorageKind, KindForecast>>,
  slowing: readonly Slowing[],
  freeBytes: number,
): number {
  // What lies on another server's disk by now doesn't fill this one.
  const here = STORAGE_KINDS.map((kind) => kinds[kind]).filter(({ bytes }) => bytes !== null);
  let growth = here.reduce((sum, { perDay }) => sum + Math.max(0, perDay ?? 0), 0);
  let [today, left] = [0, freeBytes];
  for (const { day, by } of slowing.toSorted((a, b) => a.day - b.day)) {
    const comes = growth * (day - today);
    if (comes >= left) break;
    left -= comes;
    today = day;
    growth -= by;
  }
  return today + left / growth;
}
