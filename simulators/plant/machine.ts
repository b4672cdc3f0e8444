import type { State } from '../../domain/state.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { PlantEvent } from '../event.ts';
import { between, exponential, oneOf, randomOf } from '../random.ts';
import { type AgendaOptions, agendaOf } from './agenda.ts';
import { gaugesOf } from './gauges.ts';
import type { Product, Stop } from './kind.ts';
import { GAUGE_INTERVAL_MS, type MachineSpec } from './layout.ts';

/** Work that must be finished before the next cycle; interrupted work goes on afterwards. */
type Task = Stop & { leftMs: number };

/** A rest of this length costs a warm-up. */
const COLD_AFTER_MS = 90 * 60_000;

/**
 * Everything a machine says from `start` on, without end, at strictly ascending times: at each change of state, with
 * each finished cycle, and at least every {@link GAUGE_INTERVAL_MS}. It depends on seed, start and the machine only.
 */
export function* machineEvents(spec: MachineSpec, options: AgendaOptions): Generator<PlantEvent, never> {
  const { kind, path, index } = spec;
  const random = randomOf(options.seed, path, 'work');
  const sample = gaugesOf(kind, path, options.seed);
  let product: Product = oneOf(random, kind.products);
  let lotLeft = between(random, kind.lotPieces);
  let burstLeft = 0;
  let inspectAfter = 0;
  let runLeftMs = exponential(random, kind.minorStops.meanRunMs);
  let count = kind.counterPerLot || options.fromZero ? 0 : between(random, [0, 90_000]);
  let reject = Math.floor(count * kind.rejects.usual);
  let state: State = 'unknown';
  let reason: string | null = null;
  let last = Number.NEGATIVE_INFINITY;
  let unsaid = true;
  let tick = options.start + between(random, [1, GAUGE_INTERVAL_MS]);
  const tasks: Task[] = [];

  const report = (ts: EpochMs, sampled: boolean): PlantEvent => {
    last = ts;
    unsaid = false;
    const gauges = sampled ? sample(ts, state) : null;
    return {
      kind: 'report',
      machine: path,
      index,
      ts,
      state,
      reason,
      count,
      reject,
      product: product.id,
      gauges,
    };
  };
  /** Samples up to `ts`: before anything that is so from `ts` on is set. */
  function* until(ts: EpochMs): Generator<PlantEvent, void> {
    for (; tick < ts; tick += GAUGE_INTERVAL_MS) if (tick > last) yield report(tick, true);
  }
  /** Reports up to `ts`, and at `ts` where there is something new. */
  function* enter(ts: EpochMs, next: State, why: string | null): Generator<PlantEvent, void> {
    yield* until(ts);
    if (next === state && why === reason && !unsaid) return;
    state = next;
    reason = why;
    yield report(ts, last === Number.NEGATIVE_INFINITY);
  }
  const nextLot = (): void => {
    product = oneOf(random, kind.products);
    lotLeft = between(random, kind.lotPieces);
    burstLeft = between(random, kind.rejects.burstCycles);
    inspectAfter = kind.firstArticle ? 2 : 0;
    if (kind.counterPerLot) {
      count = 0;
      reject = 0;
    }
  };
  const finishCycle = (): void => {
    const share = burstLeft > 0 ? kind.rejects.afterSetup : kind.rejects.usual;
    for (let piece = 0; piece < product.pieces; piece++) if (random() < share) reject++;
    count += product.pieces;
    lotLeft -= product.pieces;
    burstLeft--;
    unsaid = true;
    if (inspectAfter > 0 && --inspectAfter === 0 && kind.firstArticle) {
      tasks.push({ state: 'held', reason: 'first-article', leftMs: between(random, kind.firstArticle) });
    }
    if (lotLeft <= 0) {
      tasks.push({ state: 'idle', reason: 'waiting-for-setter', leftMs: between(random, [5_000, 240_000]) });
      const { reason: why, durationMs } = kind.changeover;
      tasks.push({ state: 'setup', reason: why, leftMs: between(random, durationMs) });
    } else if (runLeftMs <= 0) {
      const { durationMs, meanRunMs, stops } = kind.minorStops;
      tasks.push({ ...oneOf(random, stops), leftMs: between(random, durationMs) });
      runLeftMs = exponential(random, meanRunMs);
    }
  };

  let restMs = 0;
  for (const segment of agendaOf(spec, options)) {
    let ts = segment.from;
    if (segment.hold) {
      yield* enter(ts, segment.hold.state, segment.hold.reason);
      if (segment.hold.state === 'off') restMs += segment.to - segment.from;
      continue;
    }
    if (restMs >= COLD_AFTER_MS) {
      const { reason: why, durationMs } = kind.warmUp;
      tasks.unshift({ state: 'setup', reason: why, leftMs: between(random, durationMs) });
    }
    restMs = 0;
    while (ts < segment.to) {
      const [task] = tasks;
      if (task) {
        // The new product is named when its setup begins, long before its first piece.
        if (task.reason === kind.changeover.reason && lotLeft <= 0) {
          yield* until(ts);
          nextLot();
        }
        yield* enter(ts, task.state, task.reason);
        const spent = Math.min(task.leftMs, segment.to - ts);
        task.leftMs -= spent;
        ts += spent;
        if (task.leftMs === 0) tasks.shift();
        continue;
      }
      yield* enter(ts, 'running', null);
      const [low, high] = kind.slower;
      const cycleMs = Math.round(product.cycleMs * (1 + low + random() ** 2 * (high - low)));
      runLeftMs -= Math.min(cycleMs, segment.to - ts);
      // A cycle that is cut off yields nothing; one that would end with the segment is cut off too.
      const end = Math.min(ts + cycleMs, segment.to);
      if (end < segment.to) {
        yield* until(end);
        finishCycle();
      }
      ts = end;
    }
  }
  throw new Error('an agenda has no end');
}
