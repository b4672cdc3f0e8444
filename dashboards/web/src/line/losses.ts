import type { LedgerRow, TimeClass } from '../api.ts';

/** Planned time in which a machine could have run. Unknown time is told beside it: it is no loss, and no gain. */
export const LOSS_CLASSES: readonly TimeClass[] = ['breakdown', 'delay', 'changeover', 'minorStop', 'idle'];

/** What one machine lost to one class of time. */
export interface Loss {
  readonly machine: string;
  readonly name: TimeClass;
  readonly ms: number;
  /** In the time before; `null`: that isn't known. */
  readonly beforeMs: number | null;
}

/** Every loss of every machine, the largest first. */
export function lossesOf(
  rows: readonly LedgerRow[],
  before: readonly LedgerRow[] | undefined,
): readonly Loss[] {
  const earlier = new Map(before?.map((row) => [row.key.machine, row.ms]));
  return rows
    .flatMap(({ key, ms }) =>
      LOSS_CLASSES.map((name) => ({
        machine: key.machine ?? '',
        name,
        ms: ms[name],
        beforeMs: before ? (earlier.get(key.machine)?.[name] ?? null) : null,
      })),
    )
    .filter(({ ms, beforeMs }) => ms > 0 || (beforeMs ?? 0) > 0)
    .sort((a, b) => b.ms - a.ms || (a.machine < b.machine ? -1 : 1));
}

/** How much more, in ms, as a reader would count it: a change of less than a second is none. */
export function changeOf({ ms, beforeMs }: Pick<Loss, 'ms' | 'beforeMs'>): number | null {
  if (beforeMs === null) return null;
  return Math.abs(ms - beforeMs) < 1000 ? 0 : ms - beforeMs;
}
