import type { DatabaseSync } from 'node:sqlite';
import type { SignalType } from '../domain/observation.ts';
import { inTransaction } from './transaction.ts';

export interface PinnedSignal {
  readonly machine: string;
  readonly signal: string;
  readonly type: SignalType;
}

/** The type that each signal's first value pinned. */
export function openSignalCatalogue(db: DatabaseSync) {
  const all = db.prepare('SELECT machine, signal, type FROM signal ORDER BY machine, signal');
  const insert = db.prepare(
    'INSERT INTO signal (machine, signal, type) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const ofMachine = db.prepare('SELECT machine, signal, type FROM signal WHERE machine = ? ORDER BY signal');
  const countMachines = db.prepare('SELECT count(DISTINCT machine) AS count FROM signal');

  /** Pins what there is room for; returns everything that the machine has then. */
  function pinOfMachine(wanted: readonly PinnedSignal[], most: number): readonly PinnedSignal[] {
    const machine = (wanted[0] as PinnedSignal).machine;
    const known = ofMachine.all(machine) as unknown as PinnedSignal[];
    const names = new Set(known.map(({ signal }) => signal));
    for (const one of wanted) {
      if (names.has(one.signal) || names.size >= most) continue;
      insert.run(one.machine, one.signal, one.type);
      names.add(one.signal);
      known.push(one);
    }
    return known;
  }

  return {
    load(): Iterable<PinnedSignal> {
      return all.all() as unknown as PinnedSignal[];
    },

    /** Durable on return; a signal already pinned, also by another process, is left alone. */
    pin(series: readonly PinnedSignal[]): void {
      if (series.length === 0) return;
      inTransaction(db, () => {
        for (const { machine, signal, type } of series) insert.run(machine, signal, type);
      });
    },

    /** Every signal of these machines, as it is pinned now. */
    of(machines: readonly string[]): readonly PinnedSignal[] {
      return machines.flatMap((machine) => ofMachine.all(machine) as unknown as PinnedSignal[]);
    },

    /**
     * Pins signals before anything of them is written down, so that several processes agree on their types: who comes
     * first decides. Signals beyond the caps aren't pinned. Returns every signal of these machines as it is pinned now, and
     * whether a machine found no room. Durable on return.
     */
    agree(
      series: readonly PinnedSignal[],
      caps: { readonly maxMachines: number; readonly maxSignalsPerMachine: number },
    ): { readonly pinned: readonly PinnedSignal[]; readonly full: boolean } {
      if (series.length === 0) return { pinned: [], full: false };
      return inTransaction(db, () => {
        let full = false;
        let room: number | null = null;
        const pinned: PinnedSignal[] = [];
        for (const [machine, wanted] of Map.groupBy(series, (one) => one.machine)) {
          if (ofMachine.get(machine) === undefined) {
            room ??= caps.maxMachines - (countMachines.get()!.count as number);
            if (room <= 0) {
              full = true;
              continue;
            }
            room--;
          }
          pinned.push(...pinOfMachine(wanted, caps.maxSignalsPerMachine));
        }
        return { pinned, full };
      });
    },
  };
}
