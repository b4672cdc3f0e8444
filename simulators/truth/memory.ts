import type { EpochMs, Span } from '../../domain/time.ts';
import type { TrueInterval, TruePieces, TruthSink } from './truth.ts';

export interface MachineTruth {
  readonly intervals: TrueInterval[];
  readonly pieces: TruePieces[];
}

export interface KeptTruth extends TruthSink {
  readonly machines: Map<string, MachineTruth>;
  /** Lets go of what no ledger from this instant on depends on: a stop is judged on its whole length. */
  forgetBefore(ts: EpochMs): void;
}

/** Keeps the truth, by machine. */
export function keepTruth(): KeptTruth {
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
    forgetBefore(ts) {
      for (const { intervals, pieces } of machines.values()) {
        const ran = intervals.findLastIndex(({ from, state }) => state === 'running' && from < ts);
        const covers = intervals.findIndex(({ to }) => to > ts);
        intervals.splice(0, Math.max(0, Math.min(ran === -1 ? covers : ran, covers === -1 ? ran : covers)));
        const late = pieces.findIndex((piece) => piece.ts >= ts);
        pieces.splice(0, late === -1 ? pieces.length : late);
      }
    },
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
