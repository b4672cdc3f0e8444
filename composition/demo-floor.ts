import type { EditLog } from '../analysis/annotations/edit-log.ts';
import type { Analysis } from '../analysis/port.ts';
import type { HandoverNote, NotedShift, NoteOutcome } from '../domain/handover.ts';
import type { EpochMs } from '../domain/time.ts';
import { notesSaid } from '../simulators/demo/notes-said.ts';
import { ordersSaid } from '../simulators/demo/orders-said.ts';
import type { DemoMachine } from '../simulators/demo/plant.ts';
import { stopsSaid } from '../simulators/demo/stops-said.ts';
import type { SimulatedEvent } from '../simulators/event.ts';
import type { Floor as People } from '../simulators/floors/floor.ts';

/** Where people of a plant say things: of orders, of stops, of shifts. */
export interface Floor extends Pick<Analysis, 'work'> {
  readonly annotations: Pick<EditLog, 'add'>;
  readonly handover: {
    list(shift: NotedShift): readonly HandoverNote[];
    add(
      note: NotedShift & { readonly text: string; readonly by: string; readonly corrects: number | null },
      at: EpochMs,
    ): NoteOutcome;
  };
}

export interface DemoFloorOptions {
  readonly floor: Floor;
  readonly machines: readonly DemoMachine[];
  readonly seed: string | number;
  readonly now: EpochMs;
  readonly signal: AbortSignal;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const HISTORY_DAYS = 30;
/** Planners enter what begins until the day after tomorrow; how it was planned stays known for some days. */
const PLANNED_SINCE_DAYS = 4;
const PLANNED_UNTIL_DAYS = 2;
const SAID_AFTER_MS = 2 * HOUR_MS;

/** What stopped later still waits for somebody to say why. */
export const saidUntil = (now: EpochMs): EpochMs => now - SAID_AFTER_MS;

const dayOf = (ts: EpochMs): EpochMs => Math.floor(ts / DAY_MS) * DAY_MS;

/** Enters the demo's orders as planned, and its handover notes; what is entered already stays as it is. Returns how many were. */
export async function planDemo({ floor, machines, seed, now, signal }: DemoFloorOptions): Promise<number> {
  let entered = 0;
  const today = dayOf(now);
  const lines = new Set<string>();
  for (const machine of machines) {
    if (!machine.floor) continue;
    const { line, site } = machine.spec;
    if (!lines.has(line)) {
      lines.add(line);
      const span = { from: today - HISTORY_DAYS * DAY_MS, to: now };
      for (const { at, ...said } of notesSaid({ line, site, floor: machine.floor, seed, ...span })) {
        if (floor.handover.list(said).length > 0) continue;
        floor.handover.add({ ...said, corrects: null }, at);
        entered++;
      }
    }
    const span = { from: today - PLANNED_SINCE_DAYS * DAY_MS, to: today + PLANNED_UNTIL_DAYS * DAY_MS };
    for (const said of ordersSaid({ machine, seed, ...span })) {
      if (signal.aborted) return entered;
      if (floor.work.orderEntries(said.order).length > 0) continue;
      const { quantity: plannedQuantity, scrap: plannedScrap, ...rest } = said;
      const entry = { ...rest, plannedQuantity, plannedScrap, countedAt: null, note: null };
      await floor.work.enterOrder({ ...entry, from: said.plannedStart });
      entered++;
    }
    await breathe();
  }
  return entered;
}

/** What happened at a machine, in order of time. */
export type Happened = Iterable<SimulatedEvent>;

/**
 * Enters what operators know of a machine's stops in what happened, but for the newest; what is entered already stays as it is. Entered
 * as the history that it belongs to, not as from a tablet: the platform needn't look for the stops. Returns how many were.
 */
export function annotateDemo(
  { path, happened }: { readonly path: string; readonly happened: Happened },
  { floor, people, seed, now }: Omit<DemoFloorOptions, 'machines' | 'signal'> & { readonly people: People },
): number {
  let entered = 0;
  const to = saidUntil(now);
  for (const said of stopsSaid({ path, happened, floor: people, seed, now, to })) {
    const { at, ...stop } = said;
    const times = { madeAt: at, takenAt: at, receivedAt: at };
    const { is } = floor.annotations.add({
      ...{ ...stop, ...times, kind: 'annotate', follows: false },
      ...{ class: null, undoes: null, treeVersion: people.reasons.version },
    });
    if (is === 'added') entered++;
  }
  return entered;
}

const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
