import type { EpochMs } from '../../domain/time.ts';
import { second } from '../duration.ts';
import { payloadOf, type SimulatedEvent, topicOf } from '../event.ts';
import { orAbort, pace } from '../publish/pace.ts';
import { type BrokerOptions, openPublisher, type Publisher } from '../publish/publisher.ts';
import type { DemoMachine } from './plant.ts';
import { type DemoTimeline, demoTimeline } from './timeline.ts';
import type { Told } from './told.ts';

export interface DemoOptions {
  readonly broker: BrokerOptions;
  readonly seed: string | number;
  /** Absent: those of all pilots. */
  readonly machines?: readonly DemoMachine[];
  readonly told: Told;
  readonly now?: () => EpochMs;
  /** Shown what really happens at a machine, change by change, as its history is told. */
  witness?(machine: string): { see(event: SimulatedEvent): void; done(): void };
  /** Ends the demo. */
  readonly signal: AbortSignal;
  /** Called as history fills in; `share` reaches 1 when all of it is acknowledged. */
  progress?(progress: { readonly share: number; readonly machine: string }): void;
}

/** Messages of history in flight: few, so that live messages never wait behind them. */
const HISTORY_IN_FLIGHT = 4;
const NOTE_EVERY_MS = 30 * second;

/**
 * Publishes each machine's current state, then what happens as it happens, and meanwhile the history that isn't told yet,
 * until the signal aborts. One machine's history after the other, since a ledger is made of one machine's facts.
 * Rejects when the broker can't be reached at first; later it reconnects.
 */
export async function demo(options: DemoOptions): Promise<void> {
  const { broker, seed, machines, told, now = Date.now, signal, progress, witness } = options;
  await using publisher = await openPublisher({ ...broker, qos: 1, connections: 1 });
  await using background = await openPublisher({
    ...broker,
    qos: 1,
    connections: 1,
    inFlight: HISTORY_IN_FLIGHT,
  });
  const begin = now();
  const timeline = demoTimeline({ seed, now: begin, ...(machines ? { machines } : {}) });
  for (const { topic, payload } of timeline.current) publisher.publish(0, topic, payload);

  const whole = new Set<string>();
  const recall = async (): Promise<void> => {
    for (const machine of timeline.machines) {
      const watching = witness?.(machine);
      const see = watching?.see;
      if (!(await tell({ timeline, machine, told, publisher: background, signal, see }))) return;
      watching?.done();
      whole.add(machine);
      told.note([machine], begin);
      progress?.({ share: whole.size / timeline.machines.length, machine });
    }
  };
  await Promise.all([
    play({
      timeline,
      begin,
      publisher,
      signal,
      reached: (until) => told.note(whole, until),
    }),
    recall(),
  ]);
}

/** Publishes what isn't told of a machine's history. Returns whether all of it is acknowledged. */
async function tell({
  timeline,
  machine,
  told,
  publisher,
  signal,
  see,
}: {
  readonly timeline: DemoTimeline;
  readonly see: ((event: SimulatedEvent) => void) | undefined;
  readonly machine: string;
  readonly told: Told;
  readonly publisher: Publisher;
  readonly signal: AbortSignal;
}): Promise<boolean> {
  const since = Math.max(timeline.historyFrom, told.until(machine) ?? 0);
  for (const { topic, payload } of timeline.history(machine, since, see)) {
    if (signal.aborted) return false;
    const full = publisher.publish(0, topic, payload);
    if (full) await orAbort(full, signal);
    else await new Promise((resolve) => setImmediate(resolve));
  }
  return !signal.aborted && (await publisher.drain(120 * second));
}

/** Publishes what happens as it happens; `reached` is called now and then with what is acknowledged, and at the end. */
async function play({
  timeline,
  begin,
  publisher,
  signal,
  reached,
}: {
  readonly timeline: DemoTimeline;
  readonly begin: EpochMs;
  readonly publisher: Publisher;
  readonly signal: AbortSignal;
  reached(until: EpochMs): void;
}): Promise<void> {
  const due = pace({ speed: 1, start: begin, signal });
  let noted = performance.now();
  let until = begin;
  const note = async (withinMs: number): Promise<void> => {
    noted = performance.now();
    if (await publisher.drain(withinMs)) reached(until);
  };
  for (let next = timeline.live.next(); !next.done; next = timeline.live.next()) {
    const early = due(next.value.ts);
    if (early) await early;
    if (signal.aborted) break;
    const full = publisher.publish(0, topicOf(next.value.machine), payloadOf(next.value));
    // Another machine may have something to say at this very instant.
    until = next.value.ts;
    if (full) await orAbort(full, signal);
    if (performance.now() - noted > NOTE_EVERY_MS) await note(10 * second);
  }
  await note(2 * second);
}
