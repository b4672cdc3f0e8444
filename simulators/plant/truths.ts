import type { EpochMs, Span } from '../../domain/time.ts';
import type { Said } from '../outgoing.ts';
import type { PlantConfig } from '../plant-config.ts';
import { type KeptTruth, keepTruth, type MachineTruth } from '../truth/memory.ts';
import { recordTruth, type TruthSink } from '../truth/truth.ts';

/** The truths of a run, as it goes on. */
export interface Truths {
  /** It happened. */
  happened(event: Said): void;
  /** It is published, sooner or later. */
  published(event: Said): void;
  /** The truths of a part of the window, while the run goes on. */
  within(window: Span): TruthsOfWindow;
  /** Lets go of what no window from this instant on needs. */
  forgetBefore(ts: EpochMs): void;
  /** Ends everything. */
  close(to: EpochMs): TruthsOfWindow;
}

export interface TruthsOfWindow {
  /** Of what was published; `null` unless it was to be kept. */
  readonly published: ReadonlyMap<string, MachineTruth> | null;
  /** Of what happened, where it differs and must lie within bounds. */
  readonly real: ReadonlyMap<string, MachineTruth> | null;
}

export interface TruthsOptions {
  readonly from: EpochMs;
  readonly config: PlantConfig;
  /** For a verification. */
  readonly keep: boolean;
  /** Not everything that happens is published. */
  readonly loses: boolean;
  /** Each loss is announced. */
  readonly tellsLosses: boolean;
  /** Takes what happened. */
  readonly file: TruthSink | null;
}

export function openTruths({ from, config, keep, loses, tellsLosses, file }: TruthsOptions): Truths {
  const declared = new Map(config.machines.map((machine) => [machine.path, machine]));
  const kept = keep ? keepTruth() : null;
  const keptReal = keep && loses && tellsLosses ? keepTruth() : null;
  const open = (sinks: readonly (TruthSink | null)[]) =>
    recordTruth({
      from,
      maxSilenceMs: (machine) => declared.get(machine)?.maxSilenceMs ?? null,
      rollover: (machine) => declared.get(machine)?.counters?.count?.rollover,
      sink: everywhere(sinks),
    });
  const really = open([file, loses ? keptReal : kept]);
  const published = loses ? open([kept]) : null;
  return {
    happened: (event) => {
      if (event.kind === 'report') really.observe(event);
    },
    published(event) {
      if (event.kind === 'report') published?.observe(event);
      else if (event.kind === 'last-will') {
        published?.observe({ machine: event.machine, ts: event.ts, state: 'unknown' });
      }
    },
    within: ({ to }) => ({
      published: kept && upTo(kept, (published ?? really).open(to), to),
      real: keptReal && upTo(keptReal, really.open(to), to),
    }),
    forgetBefore(ts) {
      kept?.forgetBefore(ts);
      keptReal?.forgetBefore(ts);
    },
    close(to) {
      really.close(to);
      published?.close(to);
      return { published: kept?.machines ?? null, real: keptReal?.machines ?? null };
    },
  };
}

/** What is kept and what is still open, as if everything ended there. */
function upTo(
  { machines }: KeptTruth,
  open: ReturnType<ReturnType<typeof recordTruth>['open']>,
  to: EpochMs,
): ReadonlyMap<string, MachineTruth> {
  const truths = new Map<string, MachineTruth>();
  for (const [machine, tail] of open) {
    const { intervals, pieces } = machines.get(machine) ?? { intervals: [], pieces: [] };
    const ended = intervals
      .filter((interval) => interval.from < to)
      .map((interval) => (interval.to > to ? { ...interval, to } : interval));
    truths.set(machine, {
      intervals: [...ended, ...tail],
      pieces: pieces.filter(({ ts }) => ts < to),
    });
  }
  return truths;
}

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
