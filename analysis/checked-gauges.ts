import { bisect } from '../domain/bisect.ts';
import { localHours, productionDays } from '../domain/calendar.ts';
import type { MachinePath } from '../domain/path.ts';
import type { Site } from '../domain/plant.ts';
import { type CheckedGauge, checkedGauge, type GaugeHour } from '../domain/plausibility/gauges.ts';
import { countedSignalsOf, DEFAULT_METER, signalsOf } from '../domain/signals.ts';
import type { DurationMs, EpochMs, Span } from '../domain/time.ts';
import type { Range, Store } from '../store/port.ts';
import { createBreather } from './breathe.ts';
import type { Member } from './members.ts';

const HOUR_MS = 3_600_000;
/** Widths that hours of the world's zones are multiples of, moved by their offset. */
const WIDTHS_MS: readonly DurationMs[] = [HOUR_MS, HOUR_MS / 2, HOUR_MS / 4, 60_000];
/** Hours of machines that one question to the store is about. */
const HOURS_AT_ONCE = 30_000;

/** A production day, or what of it lies in a span, and the whole hours that end in it. */
export interface HoursOfDay extends Span {
  readonly hours: readonly Span[];
  /** It is a whole production day. */
  readonly whole: boolean;
}

/** The days of a site that touch a span. Of one that the span cuts there are the hours that lie in the span. */
export function daysWithHours(site: Site, span: Span): readonly HoursOfDay[] {
  const days = productionDays(site, span);
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return [];
  const hours = localHours(site, { from: first.from - HOUR_MS, to: last.to });
  return days.map((day) => {
    const whole = day.from >= span.from && day.to <= span.to;
    const own = hours.filter(({ to }) => to > day.from && to <= day.to);
    return {
      ...{ from: Math.max(day.from, span.from), to: Math.min(day.to, span.to), whole },
      hours: whole ? own : own.filter(({ from, to }) => from >= span.from && to <= span.to),
    };
  });
}

/** A machine's measurements, in name order: what decides the ledger is looked at there. */
export function gaugeNames({ machine }: Member, names: readonly string[]): readonly string[] {
  const { signal: meter } = machine.energy ?? DEFAULT_METER;
  const apart = new Set([...signalsOf(machine), ...countedSignalsOf(machine), meter]);
  return names.filter((name) => !apart.has(name));
}

/** What gauges said on days, from stored observations: for each machine one list for each day, in order. */
export async function gaugesOfFacts({
  store,
  members,
  days,
  namesOf,
  signal,
}: {
  readonly store: Pick<Store, 'ranges'>;
  readonly members: readonly Member[];
  /** Ascending. */
  readonly days: readonly Pick<HoursOfDay, 'hours'>[];
  readonly namesOf: (machine: MachinePath) => readonly string[];
  readonly signal?: AbortSignal | undefined;
}): Promise<ReadonlyMap<MachinePath, readonly (readonly CheckedGauge[])[]>> {
  const made = new Map(
    members.map(({ machine }) => [machine.path, days.map((): CheckedGauge[] => [])] as const),
  );
  const breathe = createBreather();
  for (const run of runsOf(days)) {
    const some = Math.max(1, Math.floor(HOURS_AT_ONCE / run.hours.length));
    for (let at = 0; at < members.length; at += some) {
      const paths = members.slice(at, at + some).map(({ machine }) => machine.path);
      for (const [name, machines] of byName(paths, namesOf)) {
        signal?.throwIfAborted();
        const found = await store.ranges({ ...run.query, machines, signal: name });
        for (const [place, ranges] of found.entries())
          addRun(made.get(machines[place] as MachinePath) as CheckedGauge[][], { name, run, ranges });
        await breathe();
      }
    }
  }
  return made;
}

/** Which of the machines sent a signal, by its name in order. */
function byName(
  paths: readonly MachinePath[],
  namesOf: (machine: MachinePath) => readonly string[],
): readonly (readonly [string, readonly MachinePath[]])[] {
  const machines = new Map<string, MachinePath[]>();
  for (const path of paths)
    for (const name of namesOf(path)) machines.getOrInsertComputed(name, () => []).push(path);
  return [...machines].sort(([one], [other]) => (one < other ? -1 : 1));
}

/** Days that are read together: a gap parts them. */
interface Run {
  readonly query: Span & { readonly everyMs: DurationMs };
  readonly hours: readonly (Span & { readonly day: number })[];
}

function runsOf(days: readonly Pick<HoursOfDay, 'hours'>[]): readonly Run[] {
  const hours = days.flatMap((day, place) => day.hours.map((hour) => ({ ...hour, day: place })));
  const runs: (typeof hours)[] = [];
  for (const hour of hours) {
    const last = runs.at(-1);
    const fits = last && last.at(-1)?.to === hour.from && last.length < HOURS_AT_ONCE;
    if (fits) last.push(hour);
    else runs.push([hour]);
  }
  return runs.map((own) => {
    const [from, to] = [(own[0] as Span).from, (own.at(-1) as Span).to];
    const everyMs = WIDTHS_MS.find((width) =>
      own.every((hour) => hour.from % width === 0 && hour.to % width === 0),
    );
    return { hours: own, query: { from, to, everyMs: everyMs ?? 1000 } };
  });
}

function addRun(
  made: CheckedGauge[][],
  { name, run, ranges }: { readonly name: string; readonly run: Run; readonly ranges: readonly Range[] },
): void {
  const { hours } = run;
  const heard = new Map<number, GaugeHour>();
  for (const [start, min, max] of ranges) {
    const place = hourAt(hours, start);
    const hour = hours[place];
    if (!hour) continue;
    const known = heard.get(place);
    heard.set(place, {
      ...{ from: hour.from, to: hour.to },
      ...{ min: Math.min(min, known?.min ?? min), max: Math.max(max, known?.max ?? max) },
    });
  }
  for (const [day, own] of Map.groupBy(heard, ([place]) => (hours[place] as Run['hours'][number]).day)) {
    const gauge = checkedGauge(
      name,
      own.map(([, hour]) => hour),
    );
    (made[day] as CheckedGauge[]).push(gauge);
  }
}

const hourAt = (hours: readonly Span[], at: EpochMs): number =>
  bisect(hours.length, (place) => (hours[place] as Span).to <= at);
