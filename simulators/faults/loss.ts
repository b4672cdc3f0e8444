import type { EpochMs } from '../../domain/time.ts';
import type { LastWill, PlantEvent, SimulatedEvent } from '../event.ts';
import { exponential, type Random, randomOf } from '../random.ts';
import type { Fault } from './plan.ts';

interface Outage {
  readonly random: Random;
  from: EpochMs;
  to: EpochMs;
  /** The last will of this outage is published. */
  willed: boolean;
}

/**
 * What is published of what happens. A machine's connection fails in stretches that take the given share of its time;
 * the first message lost is replaced by the last will at the same instant, so that the unknown time is what is missing.
 */
export function* withLoss(
  events: Iterable<PlantEvent>,
  fault: Fault | undefined,
  seed: string,
): Generator<SimulatedEvent, void> {
  if (!fault || fault.share === 0) {
    yield* events;
    return;
  }
  if (fault.withinMs === 0) {
    yield* withoutSingles(events, fault.share, seed);
    return;
  }
  const meanGapMs = (fault.withinMs * (1 - fault.share)) / fault.share;
  const outages = new Map<string, Outage>();
  for (const event of events) {
    let outage = outages.get(event.machine);
    if (!outage) {
      const random = randomOf(seed, event.machine, 'loss');
      outage = { random, from: event.ts, to: event.ts, willed: false };
      next(outage, meanGapMs, fault.withinMs);
      outages.set(event.machine, outage);
    }
    while (event.ts >= outage.to) next(outage, meanGapMs, fault.withinMs);
    if (event.ts < outage.from) yield event;
    else if (!outage.willed) {
      outage.willed = true;
      yield {
        kind: 'last-will',
        machine: event.machine,
        index: event.index,
        ts: event.ts,
      } satisfies LastWill;
    }
  }
}

function next(outage: Outage, meanGapMs: number, withinMs: number): void {
  outage.from = outage.to + exponential(outage.random, meanGapMs);
  outage.to = outage.from + Math.max(1, Math.round(withinMs * (0.5 + outage.random())));
  outage.willed = false;
}

function* withoutSingles(
  events: Iterable<PlantEvent>,
  share: number,
  seed: string,
): Generator<PlantEvent, void> {
  const randoms = new Map<string, Random>();
  for (const event of events) {
    let random = randoms.get(event.machine);
    if (!random) {
      random = randomOf(seed, event.machine, 'loss');
      randoms.set(event.machine, random);
    }
    if (random() >= share) yield event;
  }
}
