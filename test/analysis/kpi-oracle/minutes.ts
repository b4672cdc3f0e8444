import { calendarAt } from './wall-clock.ts';

/** A site as the oracle reads it: what the configuration of a site holds, of those parts that it uses. */
export interface OracleSite {
  readonly path: string;
  readonly zone: string;
  readonly dayStart: number;
  readonly shifts: readonly OracleShift[];
  readonly versions?: readonly {
    readonly from: string;
    readonly dayStart: number;
    readonly shifts: readonly OracleShift[];
  }[];
  readonly maintenance?: readonly {
    readonly days: readonly number[];
    readonly start: number;
    readonly end: number;
  }[];
}
export interface OracleShift {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly days: readonly number[];
  readonly breaks: readonly { readonly start: number; readonly end: number }[];
}
export interface OracleMachine {
  readonly path: string;
  readonly idealCycleUs: number | null;
  readonly productCycleUs: Readonly<Record<string, number>>;
  readonly minorStopMs: number;
  readonly maxSilenceMs: number | null;
}

/** What a machine said at an instant. */
export interface Said {
  readonly ts: number;
  readonly values: Readonly<Record<string, string | number>>;
}

export const MINUTE = 60_000;
const STATES = ['running', 'setup', 'idle', 'blocked', 'starved', 'held', 'down', 'planned-stop', 'off'];
const STOPS = ['down', 'held', 'blocked', 'starved', 'idle'];

/** A minute of a machine's time, judged as a whole: everything happens on whole minutes. */
export interface Minute {
  readonly ts: number;
  readonly class: string;
  readonly shift: string | null;
  readonly day: string;
  readonly order: string | null;
  readonly product: string | null;
  /** A failure begins here. */
  readonly failed: boolean;
  readonly pieces: Pieces;
}

/** What was counted at the instant at which the minute begins. */
export interface Pieces {
  readonly produced: number;
  readonly rejected: number;
  readonly reworked: number;
  readonly inspected: number;
  readonly energyWh: number;
  readonly producedUs: bigint;
  readonly rejectedUs: bigint;
}

export interface Facts {
  readonly site: OracleSite;
  readonly machine: OracleMachine;
  /** Ascending, one for an instant. */
  readonly said: readonly Said[];
}

/** The minutes of a span, each judged from all that was said. */
export function minutesOf(
  { site, machine, said }: Facts,
  span: { readonly from: number; readonly to: number; readonly asOf: number },
): readonly Minute[] {
  const begin = Math.min(span.from, said[0]?.ts ?? span.from);
  const length = (span.asOf - begin) / MINUTE;
  const spoken = new Map(said.map((one) => [(one.ts - begin) / MINUTE, one.values]));
  const states: string[] = [];
  const orders: string[] = [];
  const products: string[] = [];
  let [word, order, product] = ['', '', ''];
  let lastHeard = Number.NEGATIVE_INFINITY;
  for (let minute = 0; minute < length; minute++) {
    const values = spoken.get(minute);
    if (values) lastHeard = minute;
    word = `${values?.state ?? word}`;
    order = `${values?.order ?? order}`;
    product = `${values?.product ?? product}`;
    const silent = machine.maxSilenceMs !== null && (minute - lastHeard) * MINUTE >= machine.maxSilenceMs;
    states.push(silent || !STATES.includes(word) ? 'unknown' : word);
    orders.push(order);
    products.push(product);
  }
  const minor = minorStops(states, machine.minorStopMs / MINUTE);
  const grown = growth(said, begin, states);
  const minutes: Minute[] = [];
  let failedState = false;
  for (let minute = 0; minute < length; minute++) {
    const ts = begin + minute * MINUTE;
    if (ts >= span.to) break;
    const calendar = calendarAt(site, ts);
    const state = states[minute] as string;
    const own = classOf({
      state,
      planned: calendar.planned,
      minor: minor[minute] as boolean,
      ordered: orders[minute] !== '',
    });
    if (states[minute - 1] !== state) failedState = false;
    const failed: boolean = own === 'breakdown' && !failedState;
    failedState ||= failed;
    const planned = !['notScheduled', 'plannedStop', 'extra'].includes(own);
    const cycleUs = machine.productCycleUs[products[minute] as string] ?? machine.idealCycleUs ?? 0;
    const counted = (signal: string): number => (planned ? (grown.get(signal)?.get(minute) ?? 0) : 0);
    if (ts < span.from) continue;
    minutes.push({
      ts,
      class: own,
      ...{ shift: calendar.shift, day: calendar.day },
      order: orders[minute] || null,
      product: products[minute] || null,
      failed,
      pieces: {
        produced: counted('count'),
        rejected: counted('reject'),
        reworked: counted('rework'),
        inspected: counted('inspected'),
        energyWh: counted('energy'),
        producedUs: BigInt(cycleUs) * BigInt(counted('count')),
        rejectedUs: BigInt(cycleUs) * BigInt(counted('reject')),
      },
    });
  }
  return minutes;
}

function classOf({
  state,
  planned,
  minor,
  ordered,
}: {
  readonly state: string;
  readonly planned: string;
  readonly minor: boolean;
  readonly ordered: boolean;
}): string {
  if (planned !== 'scheduled' && (state === 'running' || state === 'setup')) return 'extra';
  if (planned === 'not-scheduled') return 'notScheduled';
  if (planned === 'break' || state === 'planned-stop') return 'plannedStop';
  if (state === 'unknown' || state === 'running') return state;
  if (state === 'setup') return 'changeover';
  if (minor) return 'minorStop';
  if (state === 'down') return 'breakdown';
  if (state === 'off') return 'idle';
  if (state !== 'idle') return 'delay';
  return ordered ? 'delay' : 'idle';
}

/** Which minutes lie in a stretch of stops between two running ones, shorter than the limit. */
function minorStops(states: readonly string[], limit: number): readonly boolean[] {
  const minor = new Array<boolean>(states.length).fill(false);
  for (let first = 0; first < states.length; first++) {
    if (!STOPS.includes(states[first] as string) || STOPS.includes(states[first - 1] ?? '')) continue;
    let end = first;
    while (STOPS.includes(states[end] ?? '')) end++;
    const after = states[end];
    const between = states[first - 1] === 'running' && (after === 'running' || after === undefined);
    if (between && end - first < limit) minor.fill(true, first, end);
  }
  return minor;
}

/** What each counter grew by at a minute, where nothing between it and the reading before is unknown. */
function growth(
  said: readonly Said[],
  begin: number,
  states: readonly string[],
): ReadonlyMap<string, ReadonlyMap<number, number>> {
  const grown = new Map<string, Map<number, number>>();
  for (const signal of ['count', 'reject', 'rework', 'inspected', 'energy']) {
    const own = new Map<number, number>();
    let before: { readonly minute: number; readonly value: number } | undefined;
    for (const { ts, values } of said) {
      if (!(signal in values)) continue;
      // The meter tells kilowatt-hours.
      const value = signal === 'energy' ? Math.round(Number(values[signal]) * 1000) : Number(values[signal]);
      const minute = (ts - begin) / MINUTE;
      if (before && minute < states.length) {
        const between = states.slice(before.minute, minute + 1);
        if (!between.includes('unknown'))
          own.set(minute, value < before.value ? value : value - before.value);
      }
      before = { minute, value };
    }
    grown.set(signal, own);
  }
  return grown;
}

/** Whether a machine ever said a signal before an instant. */
export const everSaid = ({ said }: Facts, signal: string): boolean =>
  said.some(({ values }) => signal in values);
