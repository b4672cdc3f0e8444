import type { MachinePath } from '../domain/path.ts';
import type { EpochMs } from '../domain/time.ts';
import type { Store } from '../store/port.ts';
import type { RawHorizons } from './raw-horizon.ts';

/** Longer than any silence, so that only the time before the first observation is reported. */
const AN_AGE_MS = 1e13;

/**
 * From when on there are facts of each machine: from its first observation, or from where older ones were removed. Machines
 * without data before `until` are absent.
 */
export async function firstHeard({
  store,
  machines,
  horizons,
  until,
}: {
  readonly store: Pick<Store, 'facts'>;
  readonly machines: readonly MachinePath[];
  readonly horizons: RawHorizons;
  readonly until: EpochMs;
}): Promise<ReadonlyMap<MachinePath, EpochMs>> {
  const first = new Map<MachinePath, EpochMs>();
  if (machines.length === 0) return first;
  const removed = horizons.all();
  for (const path of machines) {
    const horizon = removed.get(path);
    if (horizon) first.set(path, horizon.before);
  }
  const others = machines.filter((path) => !first.has(path));
  if (others.length === 0) return first;
  const wanted = others.map((path) => ({ path, signals: [], silenceMs: AN_AGE_MS }));
  for await (const { machine, silences } of store.facts({ from: 0, to: until, machines: wanted })) {
    const before = silences.find((silence) => silence.lastHeard === null);
    if (before?.nextHeard !== null && before !== undefined) first.set(machine, before.nextHeard);
  }
  return first;
}
