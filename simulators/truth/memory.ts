import type { Span } from '../../domain/time.ts';
import type { TrueInterval, TruePieces, TruthSink } from './truth.ts';

export interface MachineTruth {
  readonly intervals: TrueInterval[];
  readonly pieces: TruePieces[];
}

/** Keeps the truth, by machine. */
export function keepTruth(): TruthSink & { readonly machines: Map<string, MachineTruth> } {
  const machines = new Map<string, MachineTruth>();
  const of = (machine: string): MachineTruth => {
    let truth = machines.get(machine);
    if (!truth) {
      truth = { intervals: [], pieces: [] };
      machines.set(machine, truth);
    }
    return truth;
  };
  return {
    machines,
    interval: (machine, interval) => void of(machine).intervals.push(interval),
    pieces: (machine, pieces) => void of(machine).pieces.push(pieces),
  };
}

/** The span that all machines' truths lie in; `undefined` where there is none. */
export function windowOf(machines: ReadonlyMap<string, MachineTruth>): Span | undefined {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const { intervals } of machines.values()) {
    from = Math.min(from, intervals[0]?.from ?? from);
    to = Math.max(to, intervals.at(-1)?.to ?? to);
  }
  return from < to ? { from, to } : undefined;
}
