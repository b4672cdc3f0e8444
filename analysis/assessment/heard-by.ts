import type { MachinePath } from '../../domain/path.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { Store } from '../../store/port.ts';

/** What had been heard of a machine by an instant. */
export interface HeardBy {
  /** Newest source time; `null`: never heard by then. */
  readonly lastHeard: EpochMs | null;
  /** The signals that it had sent, in name order. */
  readonly signals: readonly string[];
}

/** What the store has of machines up to and with `asOf`: what came later is no part of it. */
export async function heardBy(
  store: Pick<Store, 'facts' | 'signalNames'>,
  paths: readonly MachinePath[],
  asOf: EpochMs,
): Promise<ReadonlyMap<MachinePath, HeardBy>> {
  const found = new Map<MachinePath, HeardBy>();
  if (paths.length === 0) return found;
  const names = await store.signalNames(paths);
  const machines = paths.map((path, place) => ({
    path,
    signals: names[place] ?? [],
    // The silence that is open at the end begins with the newest instant.
    silenceMs: 0,
  }));
  for await (const { machine, series, silences } of store.facts({ machines, from: asOf, to: asOf + 1 })) {
    found.set(machine, {
      lastHeard: silences.at(-1)?.lastHeard ?? null,
      signals: series.map(({ signal }) => signal).sort(),
    });
  }
  return found;
}
