import type { State } from '../../domain/state.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { PlantEvent } from '../event.ts';
import { between, randomOf } from '../random.ts';
import { type AgendaOptions, agendaOf } from './agenda.ts';
import { gaugesOf } from './gauges.ts';
import { ordersOf } from './orders.ts';
import { GAUGE_INTERVAL_MS, type MachineSpec } from './spec.ts';
import { workOf } from './work.ts';

/** A rest of this length costs a warm-up. */
const COLD_AFTER_MS = 90 * 60_000;

/** What is said of what happens; the rest happens all the same. Nothing given: everything is said. */
export interface Telling {
  /** Nothing is said of earlier instants. */
  readonly from?: EpochMs;
  /** Changes of state alone, and one sample in so many. */
  readonly sampleInto?: number;
}

export interface MachineOptions extends AgendaOptions {
  readonly telling?: Telling;
}

/**
 * Everything a machine says from `start` on, without end, at strictly ascending times: at each change of state, with
 * each finished cycle, and at least every {@link GAUGE_INTERVAL_MS}. It depends on seed, start and the machine only; what
 * is told of it has no influence on it.
 */
export function* machineEvents(spec: MachineSpec, options: MachineOptions): Generator<PlantEvent, never> {
  const { kind, path, index } = spec;
  const { from = Number.NEGATIVE_INFINITY, sampleInto } = options.telling ?? {};
  const random = randomOf(options.seed, path, 'work');
  const sample = gaugesOf(kind, path, options.seed);
  const { seed, start, fromZero = false } = options;
  const reworkRandom = randomOf(seed, path, 'rework');
  const work = workOf(kind, { random, reworkRandom, start, fromZero });
  const orderOf =
    options.orders && kind.work === 'pieces' ? ordersOf({ ...spec, kind }, options.ordersCloseAt) : null;
  let state: State = 'unknown';
  let reason: string | null = null;
  let last = Number.NEGATIVE_INFINITY;
  let unsaid = true;
  let tick = options.start + between(random, [1, GAUGE_INTERVAL_MS]);
  let ticks = 0;

  /** `notable`: said also where only some reports are. */
  const report = (ts: EpochMs, sampled: boolean, notable: boolean): PlantEvent | null => {
    last = ts;
    unsaid = false;
    const gauges = sampled ? sample(ts, state) : null;
    if (ts < from || (sampleInto !== undefined && !notable)) return null;
    const { lot, ...output } = work.output();
    const order = orderOf && lot ? orderOf(lot) : null;
    return { kind: 'report', machine: path, index, ts, state, reason, ...output, order, gauges };
  };
  /** Samples up to `ts`: before anything that is so from `ts` on is set. */
  function* until(ts: EpochMs): Generator<PlantEvent, void> {
    for (; tick < ts; tick += GAUGE_INTERVAL_MS) {
      const said = tick > last ? report(tick, true, ticks % (sampleInto ?? 1) === 0) : null;
      ticks++;
      if (said) yield said;
    }
  }
  /** Reports up to `ts`, and at `ts` where there is something new. */
  function* enter(ts: EpochMs, next: State, why: string | null): Generator<PlantEvent, void> {
    yield* until(ts);
    const changed = next !== state || why !== reason;
    if (!changed && !unsaid) return;
    state = next;
    reason = why;
    const said = report(ts, last === Number.NEGATIVE_INFINITY, changed);
    if (said) yield said;
  }

  let restMs = 0;
  for (const segment of agendaOf(spec, options)) {
    let ts = segment.from;
    if (segment.hold) {
      yield* enter(ts, segment.hold.state, segment.hold.reason);
      // What flows cools down whatever holds it.
      if (segment.hold.state === 'off' || kind.work === 'flow') restMs += segment.to - segment.from;
      continue;
    }
    if (restMs >= COLD_AFTER_MS) {
      const { reason: why, durationMs } = kind.warmUp;
      work.tasks.unshift({ state: 'setup', reason: why, leftMs: between(random, durationMs) });
    }
    restMs = 0;
    while (ts < segment.to) {
      const [task] = work.tasks;
      if (task) {
        if (work.changesWith(task)) {
          yield* until(ts);
          work.change(ts);
        }
        yield* enter(ts, task.state, task.reason);
        const spent = Math.min(task.leftMs, segment.to - ts);
        task.leftMs -= spent;
        ts += spent;
        if (task.leftMs === 0) work.tasks.shift();
        continue;
      }
      yield* enter(ts, 'running', null);
      // A stretch that is cut off yields nothing; one that would end with the segment is cut off too.
      const end = Math.min(ts + work.stretch(segment.to - ts), segment.to);
      if (end < segment.to) {
        yield* until(end);
        unsaid = work.finish() || unsaid;
      }
      ts = end;
    }
  }
  throw new Error('an agenda has no end');
}
