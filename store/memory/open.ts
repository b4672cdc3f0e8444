import type { Store } from '../port.ts';
import { emptyContents, type MemoryContents } from './contents.ts';
import { olderCells, purgeCells, recordCells, recordedCells } from './ledger.ts';
import {
  factsOf,
  heardSpans,
  latestValues,
  pointsOf,
  purgeBefore,
  rangesOf,
  recallReading,
  signalNamesOf,
  storeReadings,
} from './observations.ts';

export interface MemoryStoreOptions {
  /** What to begin with, kept by the caller: a second store on the same contents is a restart. */
  readonly contents?: MemoryContents;
}

/** A store that forgets when the process ends, for tests and trials; exempt from durability, exact in all else. */
export function openMemoryStore({ contents = emptyContents() }: MemoryStoreOptions = {}): Store {
  let closed = false;
  const open = (): MemoryContents => {
    if (closed) throw new Error('the memory store is closed');
    return contents;
  };
  return {
    kind: 'memory',
    position: async () => open().position,
    async write(batch, position) {
      const refusals = storeReadings(open(), batch);
      if (position) contents.position = position;
      return refusals;
    },
    recall: async (keys) => keys.map((key) => recallReading(open().machines.get(key.machine), key)),
    lastHeard: async (paths) => paths.map((path) => open().machines.get(path)?.heard.at(-1) ?? null),
    machines: async () =>
      [...open().machines]
        .map(([path, { heard }]) => ({ path, lastHeard: heard.at(-1) as number }))
        .sort((a, b) => (a.path < b.path ? -1 : 1)),
    machinePaths: async () => [...open().machines.keys()].sort(),
    latest: async (machine) => latestValues(open().machines.get(machine)),
    signalNames: async (paths) => paths.map((path) => signalNamesOf(open().machines.get(path))),
    heardIn: async ({ machines, spans }) =>
      machines.map((path) => heardSpans(open().machines.get(path), spans)),
    async *facts({ from, to, machines }) {
      for (const wanted of machines) yield factsOf(open().machines.get(wanted.path), { from, to }, wanted);
    },
    points: async (query) => pointsOf(open().machines.get(query.machine), query),
    ranges: async (query) => rangesOf(open(), query),
    purge: async (before) => purgeBefore(open(), before),
    recordLedger: async (cells) => recordCells(open(), cells),
    recordedLedger: async (query) => recordedCells(open(), query),
    purgeLedger: async (of, before) => purgeCells(open(), of, before),
    ledgerHistory: async (query) => olderCells(open(), query),
    async [Symbol.asyncDispose]() {
      closed = true;
    },
  };
}
