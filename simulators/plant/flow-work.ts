import { between, exponential, oneOf, type Random } from '../random.ts';
import type { FlowKind } from './kind.ts';
import type { Output, Task, Work } from './work.ts';

const NOTHING: Output = { count: null, reject: null, rework: null, product: null, lot: null };

/** Runs until one of its stops, and again after it. */
export function flowWork(kind: FlowKind, random: Random): Work {
  const { meanRunMs, durationMs, stops } = kind.minorStops;
  const tasks: Task[] = [];
  let runLeftMs = exponential(random, meanRunMs);
  return {
    tasks,
    output: () => NOTHING,
    stretch(leftMs) {
      const runMs = runLeftMs;
      runLeftMs = Math.max(1, runLeftMs - leftMs);
      return runMs;
    },
    finish() {
      tasks.push({ ...oneOf(random, stops), leftMs: between(random, durationMs) });
      runLeftMs = exponential(random, meanRunMs);
      return false;
    },
    changesWith: () => false,
    change() {},
  };
}
