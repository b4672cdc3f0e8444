import type { MachineFacts, SeriesFacts, Silence } from '../../domain/facts.ts';
import type { SignalValue } from '../../domain/observation.ts';
import type { Machine } from '../../domain/plant.ts';
import type { EpochMs, Span } from '../../domain/time.ts';

/** One message of a machine as it arrived. */
export interface Arrival {
  readonly ts: EpochMs;
  readonly values: Readonly<Record<string, SignalValue>>;
}

/** What a store would answer about a machine, built from messages in order of arrival, as `domain/facts.ts` says. */
export function factsOf(
  machine: Pick<Machine, 'path' | 'maxSilenceMs'>,
  arrivals: readonly Arrival[],
  span: Span,
): MachineFacts {
  const bySignal = new Map<string, Map<EpochMs, SignalValue>>();
  for (const { ts, values } of arrivals) {
    if (ts >= span.to) continue;
    for (const [signal, value] of Object.entries(values)) {
      const series = bySignal.get(signal) ?? new Map<EpochMs, SignalValue>();
      bySignal.set(signal, series.set(ts, value));
    }
  }
  const heard = [...new Set([...bySignal.values()].flatMap((series) => [...series.keys()]))].sort(
    (a, b) => a - b,
  );
  return {
    machine: machine.path,
    series: [...bySignal].map(([signal, points]) => seriesOf(signal, points, span)),
    silences: machine.maxSilenceMs === null ? [] : silencesOf(heard, machine.maxSilenceMs, span),
  };
}

function seriesOf(signal: string, points: ReadonlyMap<EpochMs, SignalValue>, span: Span): SeriesFacts {
  const ts = [...points.keys()].sort((a, b) => a - b);
  const before = ts.filter((instant) => instant < span.from).length;
  const kept = ts.slice(Math.max(0, before - 1));
  return { signal, ts: kept, values: kept.map((instant) => points.get(instant) as SignalValue) };
}

function silencesOf(heard: readonly EpochMs[], silenceMs: number, span: Span): Silence[] {
  const first = heard[0];
  if (first === undefined) return [{ lastHeard: null, nextHeard: null }];
  const silences: Silence[] = first > span.from ? [{ lastHeard: null, nextHeard: first }] : [];
  for (const [index, lastHeard] of heard.entries()) {
    const nextHeard = heard[index + 1] ?? null;
    const end = nextHeard ?? span.to;
    if (end - lastHeard > silenceMs && end > span.from) silences.push({ lastHeard, nextHeard });
  }
  return silences;
}
