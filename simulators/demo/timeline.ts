import type { EpochMs } from '../../domain/time.ts';
import { day, second } from '../duration.ts';
import { payloadOf, type SimulatedEvent, topicOf } from '../event.ts';
import { mergeByTime } from '../plant/merge.ts';
import { GAUGE_INTERVAL_MS } from '../plant/spec.ts';
import { dayOf, machineDays } from './days.ts';
import { type DemoMachine, demoPlant } from './plant.ts';
import { spokenBy, spokenWholly } from './spoken.ts';

export interface DemoMessage {
  readonly topic: string;
  readonly payload: string;
}

/** The demo at an instant: what was, what is, and what comes. */
export interface DemoTimeline {
  /** Where history begins: 30 whole days before the UTC day of `now`. */
  readonly historyFrom: EpochMs;
  /** Paths of the machines. */
  readonly machines: readonly string[];
  /** The newest report of each machine before `now`. */
  readonly current: readonly DemoMessage[];
  /**
   * What a machine said from `since` until `now`, but for `current`: every change of state, and a sample every five
   * minutes. Oldest first, in batches. `see` is shown what really happened, as it is told.
   */
  history(
    machine: string,
    since: EpochMs,
    see?: (event: SimulatedEvent) => void,
  ): Generator<DemoMessage, void>;
  /** Everything from `now` on, in order of time, without end. */
  readonly live: Iterator<SimulatedEvent, void>;
}

const HISTORY_DAYS = 30;
/** One sample in ten: every five minutes. */
const SAMPLE_INTO = 10;
const BATCH = 200;

export function demoTimeline({
  seed,
  now,
  machines = demoPlant().machines,
}: {
  readonly seed: string | number;
  readonly now: EpochMs;
  readonly machines?: readonly DemoMachine[];
}): DemoTimeline {
  const newest = new Map<string, SimulatedEvent>();
  const streams = machines.map((machine) => {
    // Machines are never silent for longer, unless what they say is lost.
    const from = machine.loss ? dayOf(now - 60 * second) : now - GAUGE_INTERVAL_MS - 1;
    const events = machineDays({ machine, seed, from, to: Number.POSITIVE_INFINITY });
    let next = events.next();
    for (; !next.done && next.value.ts < now; next = events.next()) {
      newest.set(next.value.machine, next.value);
    }
    return spoken(machine, chained(next, events));
  });
  const byPath = new Map(machines.map((machine) => [machine.spec.path, machine]));
  return {
    historyFrom: dayOf(now) - HISTORY_DAYS * day,
    machines: [...byPath.keys()],
    current: [...newest.values()].map((event) => ({
      topic: topicOf(event.machine),
      payload: payloadOf(spokenWholly(byPath.get(event.machine) as DemoMachine, event)),
    })),
    live: mergeByTime(streams),
    *history(path, since, see) {
      const machine = byPath.get(path) as DemoMachine;
      const topic = topicOf(path);
      const payloads: string[] = [];
      for (const event of machineDays({ machine, seed, from: since, to: now, sampleInto: SAMPLE_INTO })) {
        see?.(event);
        if (newest.get(path)?.ts === event.ts) continue;
        payloads.push(payloadOf(spokenBy(machine, event)));
        if (payloads.length === BATCH) yield { topic, payload: `[${payloads.splice(0).join(',')}]` };
      }
      if (payloads.length > 0) yield { topic, payload: `[${payloads.join(',')}]` };
    },
  };
}

function* spoken(machine: DemoMachine, events: Iterable<SimulatedEvent>): Generator<SimulatedEvent, void> {
  for (const event of events) yield spokenBy(machine, event);
}

function* chained<T>(first: IteratorResult<T, void>, rest: Iterator<T, void>): Generator<T, void> {
  for (let next = first; !next.done; next = rest.next()) yield next.value;
}
