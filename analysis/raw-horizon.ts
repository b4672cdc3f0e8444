import { bisect } from '../domain/bisect.ts';
import type { MachineFacts, RemovedFacts, SeriesFacts, Silence } from '../domain/facts.ts';
import { contextOf } from '../domain/ledger-context.ts';
import type { SignalValue } from '../domain/observation.ts';
import type { MachinePath } from '../domain/path.ts';
import type { Machine } from '../domain/plant.ts';
import type { EpochMs, Span } from '../domain/time.ts';
import type { FactsQuery, LedgerKind, Store } from '../store/port.ts';
import { type KeptShelf, type KeptTracks, NO_TRACKS, NOTHING_KEPT } from './kept-shelf.ts';

/** Raw data of a machine was removed up to an instant, and this is what it said there. */
export interface RawHorizon extends RemovedFacts {
  readonly machine: MachinePath;
  /** When the machine was heard last before it. */
  readonly lastHeard: EpochMs;
  /** What its ledger behind the horizon follows from beside what comes there; of each signal ascending, the last one among them. */
  readonly carried: readonly CarriedValue[];
  /** Up to where it is kept what it worked on; `null`: an older version of the program kept nothing of it. */
  readonly workedUntil: EpochMs | null;
  /** The same of its classes, states and reasons. */
  readonly trackedUntil: EpochMs | null;
  /** When it was heard first; `null`: an older version of the program didn't keep that. */
  readonly firstHeard: EpochMs | null;
}

export interface CarriedValue {
  readonly signal: string;
  readonly ts: EpochMs;
  readonly value: SignalValue;
}

/** Durable: written before anything is removed. */
export interface RawHorizons {
  /** Of every machine of which raw data was ever removed. The same map as long as none changes. */
  all(): ReadonlyMap<MachinePath, RawHorizon>;
  /** Puts horizons; one of the same machine gives way. */
  put(horizons: readonly RawHorizon[]): void;
  /** What of the recorded ledger was removed: what begins before. Absent: nothing of that kind ever was. */
  ledger(): LedgerHorizons;
  putLedger(of: LedgerKind, before: EpochMs): void;
  /** What machines worked on before their horizons, and parts of hours. */
  readonly work: KeptShelf;
  /** What machines did, and for what reasons, before their horizons. */
  readonly tracks: KeptTracks;
}

export type LedgerHorizons = Readonly<Partial<Record<LedgerKind, EpochMs>>>;

/** Nothing was ever removed. */
export const NO_HORIZONS: RawHorizons = {
  all: () => new Map(),
  put: () => {},
  ledger: () => ({}),
  putLedger: () => {},
  work: NOTHING_KEPT,
  tracks: NO_TRACKS,
};

/** How long before the begin of a cell a derived state may still be undecided; design. */
const UNDECIDED_MS = 86_400_000;

/**
 * From when on a machine's cells can be made of facts as if none had been removed: no minor stop and no derived state of
 * theirs reaches behind the horizon. Cells that begin earlier stay as they are recorded.
 */
export function provableFrom(machine: Machine, horizon: Pick<RawHorizon, 'before'> | undefined): EpochMs {
  if (!horizon) return Number.NEGATIVE_INFINITY;
  const reach = -contextOf(machine, { from: 0, to: 0 }, Number.MAX_SAFE_INTEGER).from;
  return horizon.before + reach + (machine.derive ? UNDECIDED_MS : 0);
}

/** From when on anything is told of the time before a horizon by what it carries. */
export const toldSince = ({ before, carried }: Pick<RawHorizon, 'before' | 'carried'>): EpochMs =>
  carried.reduce((earliest, { ts }) => Math.min(earliest, ts), before);

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

/** The same, saying nothing of the states before the horizons: what is left tells only parts of them, and no count. */
export function withoutStatesBefore(facts: Store['facts']): Store['facts'] {
  return async function* (query) {
    for await (const found of facts(query)) {
      const { removed } = found;
      yield removed ? { ...found, removed: { ...removed, statesFrom: removed.before } } : found;
    }
  };
}

interface Completing {
  readonly horizon: RawHorizon;
  readonly wanted: FactsQuery['machines'][number];
  readonly span: Span;
}

function completed(facts: MachineFacts, completing: Completing): MachineFacts {
  const { wanted, horizon } = completing;
  const { before, statesFrom, unknownUntil } = horizon;
  const { series, silences } = facts;
  const found = new Map(series.map((one) => [one.signal, one]));
  return {
    ...facts,
    series: wanted.signals.flatMap((signal) => seriesBehind(signal, found.get(signal), completing)),
    silences: wanted.silenceMs === null ? silences : silencesBehind(silences, wanted.silenceMs, completing),
    removed: { before, statesFrom, unknownUntil },
  };
}

/** As a store would give it that holds what is carried, and nothing else from before the horizon. */
function seriesBehind(
  signal: string,
  found: SeriesFacts | undefined,
  { horizon: { before, carried }, span }: Completing,
): SeriesFacts[] {
  const since = bisect(found?.ts.length ?? 0, (place) => (found?.ts[place] as EpochMs) < before);
  const kept = carried.filter((one) => one.signal === signal && one.ts < span.to);
  const ts = [...kept.map((one) => one.ts), ...(found?.ts.slice(since) ?? [])];
  const values = [...kept.map(({ value }) => value), ...(found?.values.slice(since) ?? [])];
  const first = Math.max(0, bisect(ts.length, (place) => (ts[place] as EpochMs) < span.from) - 1);
  return ts.length === 0 ? [] : [{ signal, ts: ts.slice(first), values: values.slice(first) }];
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

/**
 * A store whose older observations were removed, as it is asked about machines: one of which nothing is left was heard all
 * the same, and what is recorded of it stays part of every scope that it lies in.
 */
export function storeBehind(store: Store, horizons: RawHorizons): Store {
  const heardBefore = (path: MachinePath): EpochMs | null => horizons.all().get(path)?.lastHeard ?? null;
  return {
    ...store,
    facts: factsBehind(store.facts, horizons),
    async machines() {
      const left = await store.machines();
      const found = new Set(left.map(({ path }) => path));
      const gone = [...horizons.all().values()].filter(({ machine }) => !found.has(machine));
      if (gone.length === 0) return left;
      return [...left, ...gone.map(({ machine: path, lastHeard }) => ({ path, lastHeard }))].sort((a, b) =>
        a.path < b.path ? -1 : 1,
      );
    },
    async machinePaths() {
      const left = new Set(await store.machinePaths());
      return [...left.union(new Set(horizons.all().keys()))].sort();
    },
    async lastHeard(machines) {
      const left = await store.lastHeard(machines);
      return left.map((heard, place) => heard ?? heardBefore(machines[place] as MachinePath));
    },
  };
}
