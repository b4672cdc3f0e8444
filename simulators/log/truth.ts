import type { State } from '../../domain/state.ts';
import type { Span } from '../../domain/time.ts';
import type { MachineConfig, PlantConfig, SiteConfig } from '../plant-config.ts';
import { type Glimpse, recordTruth, type TruthSink } from '../truth/truth.ts';
import type { LogReading } from './readings.ts';

/** How the log's words are read, as its README says; the rest of MTConnect's Execution as the vocabulary has it. */
const STATE_OF_EXECUTION: Readonly<Record<string, State>> = {
  ACTIVE: 'running',
  READY: 'idle',
  PROGRAM_COMPLETED: 'idle',
  WAIT: 'idle',
  OPTIONAL_STOP: 'held',
  PROGRAM_OPTIONAL_STOP: 'held',
  FEED_HOLD: 'held',
  INTERRUPTED: 'held',
  PROGRAM_STOPPED: 'held',
  STOPPED: 'down',
};
/** What overrules the execution, by key and word; the first that fits. */
const OVERRULING: readonly (readonly [key: string, word: string, state: State])[] = [
  ['avail', 'UNAVAILABLE', 'unknown'],
  ['estop', 'TRIGGERED', 'down'],
  ['fmode', 'SETUP', 'setup'],
  ['fmode', 'TEARDOWN', 'setup'],
  ['fmode', 'MAINTENANCE', 'planned-stop'],
];

/** The longest that raw data may be kept. A log is of the year that it was recorded in, and what it says is there to be looked at. */
const RETENTION_DAYS = 36_525;

/** How a machine whose log is played is declared: in the log's words, never silent, always scheduled, its raw data kept. */
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
  return { sites: [place], machines: [entry], data: { retentionDays: RETENTION_DAYS } };
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
  const words = new Map<string, string>();
  for (const [ts, values] of [...instants].sort(([a], [b]) => a - b)) {
    for (const key of ['pexecution', 'avail', 'estop', 'fmode']) {
      const word = values.get(key);
      if (word !== undefined) words.set(key, String(word));
    }
    const count = values.get('count');
    const glimpse: Glimpse = { machine, ts, state: stateOf(words) };
    truth.observe(typeof count === 'number' ? { ...glimpse, count } : glimpse);
  }
  truth.close(window.to);
}

function stateOf(words: ReadonlyMap<string, string>): State {
  const state = STATE_OF_EXECUTION[words.get('pexecution') ?? ''];
  if (state === undefined) return 'unknown';
  return OVERRULING.find(([key, word]) => words.get(key) === word)?.[2] ?? state;
}
