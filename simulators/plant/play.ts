import type { EpochMs } from '../../domain/time.ts';
import { type PlantEvent, payloadOf, type SimulatedEvent, topicOf } from '../event.ts';
import { withLoss } from '../faults/loss.ts';
import { type Outgoing, shuffled } from '../faults/shuffle.ts';
import { PLANTS, type SimulateOptions, SimulateUsageError } from '../options.ts';
import { PILOTS } from '../pilots/index.ts';
import { orAbort, pace, type Speed } from '../publish/pace.ts';
import type { Play, Played } from '../simulate.ts';
import { writeTruth } from '../truth/file.ts';
import { keepTruth } from '../truth/memory.ts';
import { recordTruth, type TruthSink } from '../truth/truth.ts';
import { plantEvents } from './generate.ts';
import { plantOf } from './growing.ts';
import { plantFrom } from './layout.ts';
import type { SimulatedPlant } from './spec.ts';

const HOUR_MS = 3_600_000;
/** Ingest refuses times further ahead than this. */
const AHEAD_MS = 300_000;
/** Messages between two looks at the event loop. */
const BREATHE_EVERY = 256;

/** Simulated time: where it starts, where it ends (`null`: with the signal) and how fast it passes. */
export interface Course {
  readonly start: EpochMs;
  readonly end: EpochMs | null;
  readonly speed: Speed;
}

/** contracts.md: start is `now − for`; at speed 1 without a start it is the wall clock. Throws {@link SimulateUsageError}. */
export function courseOf(options: SimulateOptions, now: EpochMs): Course {
  const { start, forMs, speed, mqtt, configOut, truth } = options;
  const publishes = mqtt !== undefined || (configOut === undefined && truth === undefined);
  const live = start === undefined && forMs === undefined && publishes;
  const pace: Speed = speed ?? (live ? 1 : 'max');
  const endless = pace === 1 && forMs === undefined && publishes;
  const lengthMs = forMs ?? 8 * HOUR_MS;
  const from = Math.floor(start ?? (pace === 1 ? now : now - lengthMs));
  if (endless) return { start: from, end: null, speed: pace };
  const end = from + lengthMs;
  const done = pace === 'max' ? now : now + lengthMs / pace;
  if (end > done + AHEAD_MS) {
    throw new SimulateUsageError(
      `simulated time would end at ${new Date(end).toISOString()}, ahead of the clock, and be refused; start earlier with --start, or take --speed 1`,
    );
  }
  return { start: from, end, speed: pace };
}

/** The plant that is asked for. Throws {@link SimulateUsageError}. */
function plantFor({ plant, machines, calendar }: SimulateOptions): SimulatedPlant {
  if (plant === undefined) return plantOf(machines ?? 12, calendar ?? 'two-shift');
  const known = PILOTS.find(({ pilot }) => pilot.industry === plant);
  if (!known) throw new SimulateUsageError(`--plant ${plant}: write one of ${PLANTS.join(', ')}`);
  for (const [name, value] of Object.entries({ machines, calendar })) {
    if (value !== undefined) {
      throw new SimulateUsageError(`--${name}: the plant ${plant} has its own; leave out one of the two`);
    }
  }
  return plantFrom(known.layout);
}

/** A plant to be played. */
export function playPlant(options: SimulateOptions, now: EpochMs): Play {
  const course = courseOf(options, now);
  const { faults = {}, overtime = 0 } = options;
  const seed = String(options.seed ?? 1);
  const plant = plantFor(options);
  const silences = new Map(plant.config.machines.map(({ path, maxSilenceMs }) => [path, maxSilenceMs]));
  const loses = (faults.loss?.share ?? 0) > 0;

  const openTruth = (sink: TruthSink) =>
    recordTruth({ from: course.start, maxSilenceMs: (machine) => silences.get(machine) ?? null, sink });

  return {
    config: plant.config,
    async run({ publisher, keepTruth: keep, signal, at }): Promise<Played> {
      if (!publisher && course.end === null) {
        throw new SimulateUsageError('without a broker the run needs an end; give --for');
      }
      const publishedTruth = keep ? keepTruth() : null;
      const realTruth = keep && loses ? keepTruth() : null;
      const file = options.truth === undefined ? null : writeTruth(options.truth);
      const really = openTruth(everywhere([file, loses ? realTruth : publishedTruth]));
      const published = openTruth(everywhere([loses ? publishedTruth : null]));
      let reached = course.start;

      function* happening(): Generator<PlantEvent, void> {
        for (const event of plantEvents(plant, { seed, start: course.start, overtime })) {
          if (signal.aborted || (course.end !== null && event.ts >= course.end)) return;
          reached = event.ts;
          really.observe(event);
          yield event;
        }
      }
      function* told(): Generator<SimulatedEvent, void> {
        for (const event of withLoss(happening(), faults.loss, seed)) {
          if (loses) published.observe(glimpseOf(event));
          yield event;
        }
      }

      const outgoing = shuffled(told(), faults, seed);
      if (publisher) {
        const due = pace({ speed: course.speed, start: course.start, signal });
        await publishAll({ outgoing, publisher, due, signal, at: (ts) => at(ts, course.end) });
      } else {
        let count = 0;
        for (const { event } of outgoing) {
          if (++count % 4096 === 0) {
            at(event.ts, course.end);
            await breathe();
          }
        }
      }
      const to = signal.aborted || course.end === null ? reached + 1 : course.end;
      really.close(to);
      published.close(to);
      file?.close();
      return {
        machines: plant.machines.length,
        window: { from: course.start, to },
        published: publishedTruth?.machines ?? null,
        // Where single messages vanish, nothing says so, and no bound can be promised.
        real: faults.loss && faults.loss.withinMs > 0 ? (realTruth?.machines ?? null) : null,
        log: null,
      };
    },
  };
}

async function publishAll(options: {
  readonly outgoing: Iterable<Outgoing>;
  readonly publisher: { publish(lane: number, topic: string, payload: string): Promise<void> | undefined };
  due(ts: EpochMs): Promise<void> | undefined;
  readonly signal: AbortSignal;
  at(ts: EpochMs): void;
}): Promise<void> {
  const { outgoing, publisher, due, signal, at } = options;
  let count = 0;
  for (const { event, due: instant } of outgoing) {
    const early = due(instant);
    if (early) await early;
    // One machine's messages stay on one connection, so that they arrive in the order published.
    const full = publisher.publish(event.index, topicOf(event.machine), payloadOf(event));
    if (full) await orAbort(full, signal);
    else if (++count % BREATHE_EVERY === 0) await breathe();
    at(instant);
  }
}

/** What the platform learns from a message. */
const glimpseOf = (event: SimulatedEvent) =>
  event.kind === 'report' ? event : { machine: event.machine, ts: event.ts, state: 'unknown' as const };

const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function everywhere(sinks: readonly (TruthSink | null)[]): TruthSink {
  const all = sinks.filter((sink) => sink !== null);
  return {
    interval: (machine, interval) => {
      for (const sink of all) sink.interval(machine, interval);
    },
    pieces: (machine, pieces) => {
      for (const sink of all) sink.pieces(machine, pieces);
    },
  };
}
