import type { MachinePath } from '../../domain/path.ts';
import type { LatestValue, StoredMachine } from '../port.ts';
import { heldSeries, lastHeardOf, type Picture } from './picture.ts';

/** Answers from memory: the picture holds the newest value of every series. */
export function storedMachines({ machines }: Picture): readonly StoredMachine[] {
  const stored: StoredMachine[] = [];
  for (const [path, machine] of machines) {
    const lastHeard = lastHeardOf(machine);
    if (lastHeard !== null) stored.push({ path, lastHeard });
  }
  return stored.sort((a, b) => (a.path < b.path ? -1 : 1));
}

export function signalNames({ machines }: Picture, path: MachinePath): readonly string[] {
  const machine = machines.get(path);
  return machine ? [...new Set(heldSeries(machine).map(({ signal }) => signal.name))].sort() : [];
}

export function latestValues({ machines }: Picture, path: MachinePath): readonly LatestValue[] {
  const machine = machines.get(path);
  if (!machine) return [];
  const newest = new Map<string, LatestValue>();
  for (const { signal, type, last, value } of heldSeries(machine)) {
    if ((newest.get(signal.name)?.ts ?? Number.NEGATIVE_INFINITY) > last) continue;
    newest.set(signal.name, { signal: signal.name, type, ts: last, value });
  }
  return [...newest.values()].sort((a, b) => (a.signal < b.signal ? -1 : 1));
}
