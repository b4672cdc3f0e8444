import { between, exponential, oneOf } from '../random.ts';
import type { PieceKind, Product } from './kind.ts';
import type { Lot } from './orders.ts';
import type { Task, Work, WorkOptions } from './work.ts';

/** Cycles, counted; lots with a changeover between them. */
export function pieceWork(kind: PieceKind, { random, reworkRandom, start, fromZero }: WorkOptions): Work {
  const tasks: Task[] = [];
  let product: Product = oneOf(random, kind.products);
  let lotLeft = between(random, kind.lotPieces);
  let lot: Lot = { number: 1, since: start, product, pieces: lotLeft };
  let burstLeft = 0;
  let inspectAfter = 0;
  let runLeftMs = exponential(random, kind.minorStops.meanRunMs);
  let count = kind.counterPerLot || fromZero ? 0 : between(random, [0, 90_000]);
  let reject = Math.floor(count * kind.rejects.usual);
  let rework = 0;

  return {
    tasks,
    output: () => ({
      ...{ count, reject, product: product.id },
      rework: kind.rework === undefined ? null : rework,
      lot,
    }),
    stretch(leftMs) {
      const [low, high] = kind.slower;
      const cycleMs = Math.round(product.cycleMs * (1 + low + random() ** 2 * (high - low)));
      runLeftMs -= Math.min(cycleMs, leftMs);
      return cycleMs;
    },
    finish() {
      const share = burstLeft > 0 ? kind.rejects.afterSetup : kind.rejects.usual;
      for (let piece = 0; piece < product.pieces; piece++) {
        if (random() < share) reject++;
        else if (kind.rework !== undefined && reworkRandom() < kind.rework) rework++;
      }
      count += product.pieces;
      lotLeft -= product.pieces;
      burstLeft--;
      if (inspectAfter > 0 && --inspectAfter === 0 && kind.firstArticle) {
        tasks.push({ state: 'held', reason: 'first-article', leftMs: between(random, kind.firstArticle) });
      }
      if (lotLeft <= 0) {
        tasks.push({
          state: 'idle',
          reason: 'waiting-for-setter',
          leftMs: between(random, [5_000, 240_000]),
        });
        const { reason: why, durationMs } = kind.changeover;
        tasks.push({ state: 'setup', reason: why, leftMs: between(random, durationMs) });
      } else if (runLeftMs <= 0) {
        const { durationMs, meanRunMs, stops } = kind.minorStops;
        tasks.push({ ...oneOf(random, stops), leftMs: between(random, durationMs) });
        runLeftMs = exponential(random, meanRunMs);
      }
      return true;
    },
    // The new product is named when its setup begins, long before its first piece.
    changesWith: (task) => task.reason === kind.changeover.reason && lotLeft <= 0,
    change(ts) {
      product = oneOf(random, kind.products);
      lotLeft = between(random, kind.lotPieces);
      lot = { number: lot.number + 1, since: ts, product, pieces: lotLeft };
      burstLeft = between(random, kind.rejects.burstCycles);
      inspectAfter = kind.firstArticle ? 2 : 0;
      if (kind.counterPerLot) {
        count = 0;
        reject = 0;
        rework = 0;
      }
    },
  };
}
