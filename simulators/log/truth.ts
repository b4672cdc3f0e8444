import type { State } from '../../domain/state.ts';
import type { Span } from '../../domain/time.ts';
import type { MachineConfig, PlantConfig, SiteConfig } from '../plant-config.ts';
import { type Glimpse, recordTruth, type TruthSink } from '../truth/truth.ts';
import type { LogReading } from './readings.ts';

/** How the log's words are read, as its README says: the controller executes, or it doesn't. */
const STATE_OF_EXECUTION: Readonly<Record<string, State>> = {
  ACTIVE: 'running',
  READY: 'idle',
  PROGRAM_COMPLETED: 'idle',
};
/** The functional mode overrules the execution. */
const STATE_OF_MODE: Readonly<Record<string, State>> = {
  SETUP: 'setup',
  TEARDOWN: 'setup',
  MAINTENANCE: 'planned-stop',
};

/** How a machine whose log is played is declared: in the log's words, never silent, always scheduled. */
export function configOfLog(machine: string): PlantConfig {
  const [enterprise, site] = machine.split('/');
  const place: SiteConfig = {
    path: `${enterprise}/${site}`,
    zone: 'Asia/Shanghai',
    dayStart: '00:00',
    shifts: [],
  };
  const entry: MachineConfig = {
    path: machine,
    minorStopMs: 120_000,
    maxSilenceMs: null,
    state: { signal: 'pexecution', vocabulary: 'mtconnect' },
  };
  return { sites: [place], machines: [entry] };
}

/** From the first instant of the log to just after its last; `undefined` where it is empty. */
export function windowOfLog(readings: readonly LogReading[]): Span | undefined {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const { ts } of readings) {
    from = Math.min(from, ts);
    to = Math.max(to, ts + 1);
  }
  return from < to ? { from, to } : undefined;
}

/** The truth of a log: in order of time; where an instant has several values of a signal, the last in the file holds. */
export function recordLogTruth(options: {
  readonly machine: string;
  readonly readings: readonly LogReading[];
  readonly window: Span;
  readonly sink: TruthSink;
}): void {
  const { machine, readings, window, sink } = options;
  const instants = new Map<number, Map<string, number | string>>();
  for (const { ts, values } of readings) {
    const instant = instants.get(ts) ?? new Map<string, number | string>();
    for (const [name, value] of values) instant.set(name, value);
    instants.set(ts, instant);
  }
  const truth = recordTruth({ from: window.from, maxSilenceMs: () => null, sink });
  let execution: string | undefined;
  let mode: string | undefined;
  for (const [ts, values] of [...instants].sort(([a], [b]) => a - b)) {
    execution = textOf(values.get('pexecution')) ?? execution;
    mode = textOf(values.get('fmode')) ?? mode;
    const count = values.get('count');
    const glimpse: Glimpse = { machine, ts, state: stateOf(execution, mode) };
    truth.observe(typeof count === 'number' ? { ...glimpse, count } : glimpse);
  }
  truth.close(window.to);
}

const textOf = (value: number | string | undefined): string | undefined =>
  value === undefined ? undefined : String(value);

const stateOf = (execution: string | undefined, mode: string | undefined): State =>
  execution === undefined
    ? 'unknown'
    : (STATE_OF_MODE[mode ?? ''] ?? STATE_OF_EXECUTION[execution] ?? 'unknown');
