import { setTimeout as sleep } from 'node:timers/promises';
import type { DemoMachine } from '../simulators/demo/plant.ts';
import { changesAt } from '../simulators/demo/stops-said.ts';
import type { Told } from '../simulators/demo/told.ts';
import type { SimulatedEvent } from '../simulators/event.ts';
import { annotateDemo, type DemoFloorOptions, planDemo, saidUntil } from './demo-floor.ts';

const AGAIN_MS = 1_800_000;

/** The people of the demo's plants: planners and operators as history is told, and both as time goes on. */
export function demoPeople({
  said,
  machines,
  unless,
  ...given
}: Omit<DemoFloorOptions, 'now'> & {
  /** Up to where operators have said of each machine what they know. */
  readonly said: Told;
  /** Told of what goes wrong meanwhile. */
  unless(error: Error): void;
}) {
  const { signal, seed } = given;
  const byPath = new Map(machines.map((machine) => [machine.spec.path, machine]));

  /** Operators know what happened at a machine up to now. */
  const know = (path: string, happened: Iterable<SimulatedEvent>): void => {
    const people = byPath.get(path)?.floor;
    if (!people) return;
    const now = Date.now();
    annotateDemo({ path, happened }, { ...given, people, now });
    said.note([path], saidUntil(now));
  };

  /** One machine after the other, so that nobody who looks at a page waits long. */
  let planning: Promise<unknown> = Promise.resolve();
  const plan = (those: readonly DemoMachine[]): Promise<unknown> => {
    planning = planning.then(() => planDemo({ ...given, machines: those, now: Date.now() })).catch(unless);
    return planning;
  };

  return {
    /** Resolves when nothing is being entered any more. */
    settled: (): Promise<unknown> => planning,

    /** Sees a machine's history as it is told. */
    witness(path: string): { see(event: SimulatedEvent): void; done(): void } {
      const seen: SimulatedEvent[] = [];
      let why: string | null = null;
      return {
        see(event) {
          if (event.kind !== 'report' || event.reason === why) return;
          why = event.reason;
          seen.push(event);
        },
        // Who was told of some of it before knows the rest by going on.
        done() {
          const machine = byPath.get(path);
          if (!machine || said.until(path) !== null) return;
          know(path, seen);
          void plan([machine]);
        },
      };
    },

    /** Until the signal aborts. */
    async goOn(): Promise<void> {
      while (!signal.aborted) {
        await plan(machines);
        for (const machine of machines) {
          if (signal.aborted) return;
          const { path } = machine.spec;
          const from = said.until(path);
          const to = saidUntil(Date.now());
          if (from !== null && from < to) know(path, changesAt({ machine, seed, from, to }));
          await new Promise((resolve) => setImmediate(resolve));
        }
        await sleep(AGAIN_MS, undefined, { signal, ref: false }).catch(() => {});
      }
    },
  };
}
