import type { State } from '../../domain/state.ts';
import type { EpochMs, Span } from '../../domain/time.ts';

/** A stretch of one state. */
export interface TrueInterval extends Span {
  readonly state: State;
  /** That is active, and so all through it; `null`: none. */
  readonly order: string | null;
}

/** Pieces that came with one observation. */
export interface TruePieces {
  readonly ts: EpochMs;
  readonly count: number;
  readonly reject: number;
  /** `null`: nobody counts them. */
  readonly rework: number | null;
  /** `null`: not named. */
  readonly product: string | null;
  /** `null`: none was active. */
  readonly order: string | null;
  /** Part of the time in which they were made is unknown. */
  readonly acrossUnknown: boolean;
}

/** Where a machine's truth goes, in ascending time: `truth/memory.ts` keeps it, `truth/file.ts` writes it. */
export interface TruthSink {
  interval(machine: string, interval: TrueInterval): void;
  pieces(machine: string, pieces: TruePieces): void;
}

/** What is known of a machine at an instant; what is left out, or `null`, stays as it was. */
export interface Glimpse {
  readonly machine: string;
  readonly ts: EpochMs;
  readonly state?: State;
  /** Cumulative; a lower value is a reset. */
  readonly count?: number | null;
  readonly reject?: number | null;
  readonly rework?: number | null;
  readonly product?: string | null;
  readonly order?: { readonly id: string } | null;
}

export interface TruthOptions {
  readonly from: EpochMs;
  /** Longest silence of a machine that still counts as heard; `null`: any. */
  maxSilenceMs(machine: string): number | null;
  /** Where a machine's counters go on at zero; absent: a lower value is a reset. */
  rollover?(machine: string): number | undefined;
  readonly sink: TruthSink;
}

interface Known {
  state: State;
  since: EpochMs;
  heard: EpochMs | null;
  count: number | null;
  reject: number | null;
  rework: number | null;
  product: string | null;
  order: string | null;
  /** Some time since the last counter value is unknown. */
  gap: boolean;
}

/** Turns what machines say, ascending in time for each, into contiguous intervals and increments. */
export function recordTruth({ from, maxSilenceMs, rollover, sink }: TruthOptions): {
  observe(glimpse: Glimpse): void;
  /** What {@link TruthSink.interval} would be told if everything ended at `to`, machine by machine; nothing ends. */
  open(to: EpochMs): ReadonlyMap<string, readonly TrueInterval[]>;
  /** Ends every interval. */
  close(to: EpochMs): void;
} {
  const known = new Map<string, Known>();

  const become = (
    machine: string,
    now: Known,
    { state, order = now.order }: { readonly state: State; readonly order?: string | null },
    ts: EpochMs,
  ): void => {
    if (state === now.state && order === now.order) return;
    if (ts > now.since) {
      sink.interval(machine, { from: now.since, to: ts, state: now.state, order: now.order });
    }
    if (state === 'unknown' || now.state === 'unknown') now.gap = true;
    now.state = state;
    now.order = order;
    now.since = ts;
  };

  /** The intervals that nothing has ended yet. */
  const tailOf = (machine: string, { state, order, since, heard }: Known, to: EpochMs): TrueInterval[] => {
    const limit = maxSilenceMs(machine);
    const known = limit === null || heard === null ? to : Math.min(to, heard + limit);
    return [
      { from: since, to: known, state, order },
      { from: Math.max(since, known), to, state: 'unknown' as const, order },
    ].filter((interval) => interval.from < interval.to);
  };

  const bySilence = (machine: string, now: Known, ts: EpochMs): void => {
    const limit = maxSilenceMs(machine);
    if (limit === null || now.heard === null || ts - now.heard <= limit) return;
    const state = now.state;
    become(machine, now, { state: 'unknown' }, now.heard + limit);
    become(machine, now, { state }, ts);
  };

  return {
    observe({ machine, ts, state, count, reject, rework, product, order }) {
      let now = known.get(machine);
      if (!now) {
        now = {
          state: 'unknown',
          since: from,
          heard: null,
          count: null,
          reject: null,
          rework: null,
          product: null,
          order: null,
          gap: false,
        };
        known.set(machine, now);
      }
      bySilence(machine, now, ts);
      now.heard = ts;
      const worksOn = order?.id ?? now.order;
      become(machine, now, { state: state ?? now.state, order: worksOn }, ts);
      now.product = product ?? now.product;
      if ((count ?? reject ?? null) === null) return;
      const turn = rollover?.(machine);
      const made = increment(now.count, count, turn);
      const rejected = increment(now.reject, reject, turn);
      const reworked = increment(now.rework, rework, undefined);
      if (made !== 0 || rejected !== 0 || reworked !== 0) {
        sink.pieces(machine, {
          ts,
          count: made,
          reject: rejected,
          rework: (rework ?? now.rework) === null ? null : reworked,
          product: now.product,
          order: now.order,
          acrossUnknown: now.gap,
        });
      }
      now.count = count ?? now.count;
      now.reject = reject ?? now.reject;
      now.rework = rework ?? now.rework;
      now.gap = false;
    },
    open: (to) => new Map([...known].map(([machine, now]) => [machine, tailOf(machine, now, to)])),
    close(to) {
      for (const [machine, now] of known) {
        for (const interval of tailOf(machine, now, to)) sink.interval(machine, interval);
      }
      known.clear();
    },
  };
}

/** The first value ever is a baseline. */
function increment(
  before: number | null,
  value: number | null | undefined,
  rollover: number | undefined,
): number {
  if (before === null || value === null || value === undefined) return 0;
  if (value >= before) return value - before;
  return rollover !== undefined && before < rollover ? value - before + rollover : value;
}
