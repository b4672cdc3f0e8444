import type { EpochMs } from '../domain/time.ts';
import { type PlantEvent, payloadOf, topicOf } from './event.ts';
import { plantEvents } from './plant/generate.ts';
import { plantOf } from './plant/growing.ts';
import type { PlantConfig } from './plant-config.ts';
import { orAbort, pace } from './publish/pace.ts';
import { type BrokerOptions, openPublisher } from './publish/publisher.ts';

export interface DemoMessage {
  readonly topic: string;
  readonly payload: string;
}

/** The plant of `serve --demo` at an instant: what was, what is, and what comes, without overlap or gap. */
export interface DemoTimeline {
  /** The newest report of each machine before `now`. */
  readonly current: readonly DemoMessage[];
  /** Everything before `now` but `current`, oldest first, as batches of one machine each. */
  history(): Generator<DemoMessage & { readonly upTo: EpochMs }, void>;
  /** Everything from `now` on, in order of time, without end. */
  readonly live: Iterator<PlantEvent, void>;
  readonly historyFrom: EpochMs;
}

export interface DemoPlant {
  /** Sites and machines for the configuration. */
  readonly config: PlantConfig;
  at(now: EpochMs): DemoTimeline;
}

const DAY_MS = 86_400_000;
const MACHINES = 12;
const BATCH = 200;

/**
 * A small plant that works around the clock. Each UTC day (in the plant's zone it begins at 08:00, with the day shift) is
 * its own simulation, so that the same instant always looks the same, whenever the demo is started. History begins
 * with the day before: 24 to 48 hours.
 */
export function demoPlant(seed: string | number): DemoPlant {
  const plant = plantOf(MACHINES, 'continuous');
  function* days(from: EpochMs): Generator<PlantEvent, void> {
    for (let start = from; ; start += DAY_MS) {
      const day = new Date(start).toISOString().slice(0, 10);
      for (const event of plantEvents(plant, {
        seed: `${seed}/${day}`,
        start,
        overtime: 0,
        fromZero: true,
      })) {
        if (event.ts >= start + DAY_MS) break;
        yield event;
      }
    }
  }
  return {
    config: plant.config,
    at(now) {
      const today = Math.floor(now / DAY_MS) * DAY_MS;
      const historyFrom = today - DAY_MS;
      const live = days(today);
      const newest = new Map<string, PlantEvent>();
      let next = live.next();
      for (; !next.done && next.value.ts < now; next = live.next())
        newest.set(next.value.machine, next.value);
      return {
        historyFrom,
        current: [...newest.values()].map((event) => ({
          topic: topicOf(event.machine),
          payload: payloadOf(event),
        })),
        live: chained(next, live),
        *history() {
          const pending = new Map<string, string[]>();
          for (const event of days(historyFrom)) {
            if (event.ts >= now) break;
            if (newest.get(event.machine)?.ts === event.ts) continue;
            const payloads = pending.get(event.machine) ?? [];
            pending.set(event.machine, payloads);
            payloads.push(payloadOf(event));
            if (payloads.length < BATCH) continue;
            yield { topic: topicOf(event.machine), payload: `[${payloads.join(',')}]`, upTo: event.ts };
            payloads.length = 0;
          }
          for (const [machine, payloads] of pending) {
            if (payloads.length > 0)
              yield { topic: topicOf(machine), payload: `[${payloads.join(',')}]`, upTo: now };
          }
        },
      };
    },
  };
}

function* chained<T>(first: IteratorResult<T, void>, rest: Iterator<T, void>): Generator<T, void> {
  for (let next = first; !next.done; next = rest.next()) yield next.value;
}

export interface DemoOptions {
  readonly broker: BrokerOptions;
  readonly seed?: string | number;
  readonly now?: () => EpochMs;
  /** Ends the demo. */
  readonly signal: AbortSignal;
  /** Called as history fills in; `share` reaches 1 when it is complete. */
  progress?(progress: { readonly share: number; readonly messages: number }): void;
}

/** Messages of history in flight: few, so that live messages never wait behind them. */
const HISTORY_IN_FLIGHT = 16;

/**
 * Publishes each machine's current state, then what happens as it happens, and meanwhile the history, until the signal
 * aborts. Rejects when the broker can't be reached at first; later it reconnects.
 */
export async function demo({
  broker,
  seed = 1,
  now = Date.now,
  signal,
  progress,
}: DemoOptions): Promise<void> {
  await using publisher = await openPublisher({ ...broker, qos: 1, connections: 1 });
  await using background = await openPublisher({
    ...broker,
    qos: 1,
    connections: 1,
    inFlight: HISTORY_IN_FLIGHT,
  });
  const begin = now();
  const timeline = demoPlant(seed).at(begin);
  for (const { topic, payload } of timeline.current) publisher.publish(0, topic, payload);

  const play = async (): Promise<void> => {
    const due = pace({ speed: 1, start: begin, signal });
    for (let next = timeline.live.next(); !next.done; next = timeline.live.next()) {
      const early = due(next.value.ts);
      if (early) await early;
      if (signal.aborted) return;
      const full = publisher.publish(0, topicOf(next.value.machine), payloadOf(next.value));
      if (full) await orAbort(full, signal);
    }
  };
  const recall = async (): Promise<void> => {
    let messages = 0;
    for (const { topic, payload, upTo } of timeline.history()) {
      if (signal.aborted) return;
      const full = background.publish(0, topic, payload);
      if (full) await orAbort(full, signal);
      else await new Promise((resolve) => setImmediate(resolve));
      messages++;
      const share = (upTo - timeline.historyFrom) / (begin - timeline.historyFrom);
      progress?.({ share: Math.min(share, 0.999), messages });
    }
    if (await background.drain(120_000)) progress?.({ share: 1, messages });
  };
  await Promise.all([play(), recall()]);
  await publisher.drain(2_000);
}
