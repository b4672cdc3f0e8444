import type { MachineFacts, SeriesFacts, Silence } from '../domain/facts.ts';
import { contextOf } from '../domain/ledger-context.ts';
import type { SignalValue } from '../domain/observation.ts';
import type { MachinePath } from '../domain/path.ts';
import type { Machine } from '../domain/plant.ts';
import type { EpochMs, Span } from '../domain/time.ts';
import type { FactsQuery, Store } from '../store/port.ts';

/** Raw data of a machine was removed up to an instant, and this is what it said there. */
export interface RawHorizon {
  readonly machine: MachinePath;
  /** Observations before it are removed. */
  readonly before: EpochMs;
  /** When the machine was heard last before it. */
  readonly lastHeard: EpochMs;
  /** The last value of each signal that its ledger is made of. */
  readonly carried: readonly { readonly signal: string; readonly ts: EpochMs; readonly value: SignalValue }[];
}

/** Durable: written before anything is removed. */
export interface RawHorizons {
  /** Of every machine of which raw data was ever removed. The same map as long as none changes. */
  all(): ReadonlyMap<MachinePath, RawHorizon>;
  /** Puts horizons; one of the same machine gives way. */
  put(horizons: readonly RawHorizon[]): void;
}

/** Nothing was ever removed. */
export const NO_HORIZONS: RawHorizons = { all: () => new Map(), put: () => {} };

/** How long before the begin of a cell a derived state may still be undecided; design. */
const UNDECIDED_MS = 86_400_000;

/**
 * From when on a machine's cells can be made of facts as if none had been removed: no minor stop and no derived state of
 * theirs reaches behind the horizon. Cells that begin earlier stay as they are recorded.
 */
export function provableFrom(machine: Machine, horizon: RawHorizon | undefined): EpochMs {
  if (!horizon) return Number.NEGATIVE_INFINITY;
  const reach = -contextOf(machine, { from: 0, to: 0 }, Number.MAX_SAFE_INTEGER).from;
  return horizon.before + reach + (machine.derive ? UNDECIDED_MS : 0);
}

/**
 * The facts of a store whose older observations were removed: what was known at a machine's horizon goes before them. What
 * came later from behind the horizon is left out, since what lay beside it is gone.
 */
export function factsBehind(facts: Store['facts'], horizons: RawHorizons): Store['facts'] {
  return async function* (query) {
    const known = horizons.all();
    const asked = new Map(known.size === 0 ? [] : query.machines.map((one) => [one.path, one]));
    for await (const found of facts(query)) {
      const horizon = known.get(found.machine);
      const wanted = asked.get(found.machine);
      yield horizon && wanted ? completed(found, { horizon, wanted, span: query }) : found;
    }
  };
}

interface Completing {
  readonly horizon: RawHorizon;
  readonly wanted: FactsQuery['machines'][number];
  readonly span: Span;
}

function completed(facts: MachineFacts, completing: Completing): MachineFacts {
  const { wanted } = completing;
  const { series, silences } = facts;
  const found = new Map(series.map((one) => [one.signal, one]));
  return {
    ...facts,
    series: wanted.signals.flatMap((signal) => seriesBehind(signal, found.get(signal), completing)),
    silences: wanted.silenceMs === null ? silences : silencesBehind(silences, wanted.silenceMs, completing),
  };
}

function seriesBehind(
  signal: string,
  found: SeriesFacts | undefined,
  { horizon: { before, carried }, span }: Completing,
): SeriesFacts[] {
  const first = found ? found.ts.findIndex((ts) => ts >= before) : -1;
  const ts = first < 0 ? [] : (found?.ts ?? []).slice(first);
  const values = first < 0 ? [] : (found?.values ?? []).slice(first);
  const then = carried.find((one) => one.signal === signal);
  // A later one from before the span has taken its place.
  if (then && then.ts < span.to && !((ts[0] ?? Number.POSITIVE_INFINITY) < span.from))
    return [{ signal, ts: [then.ts, ...ts], values: [then.value, ...values] }];
  return ts.length === 0 ? [] : [{ signal, ts, values }];
}

function silencesBehind(
  found: readonly Silence[],
  silenceMs: number,
  { horizon: { before, lastHeard }, span }: Completing,
): readonly Silence[] {
  return found.flatMap((silence): Silence[] => {
    const { nextHeard } = silence;
    if (nextHeard !== null && nextHeard < before) return [];
    if (silence.lastHeard !== null && silence.lastHeard >= before) return [silence];
    return (nextHeard ?? span.to) - lastHeard > silenceMs ? [{ lastHeard, nextHeard }] : [];
  });
}
