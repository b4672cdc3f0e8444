import type { ClassMs } from '../../domain/ledger-row.ts';
import type { State } from '../../domain/state.ts';
import type { EpochMs, Span } from '../../domain/time.ts';
import { shiftsFrom } from '../calendar.ts';
import { maintenanceFrom } from '../maintenance.ts';
import type { MachineConfig, SiteConfig } from '../plant-config.ts';
import type { MachineTruth } from '../truth/memory.ts';
import type { TrueInterval } from '../truth/truth.ts';

/** What a ledger row must say, worked out from the truth alone, independently of the platform. */
export interface TrueLedger {
  readonly ms: Record<keyof ClassMs, number>;
  /** `null` without an ideal cycle. */
  readonly runningUs: { productive: number; rejectLoss: number; speedLoss: number } | null;
  readonly counts: { produced: number; good: number; reject: number; duringUnknown: number; extra: number };
  /** Good pieces that were reworked; `null`: none of its pieces say. */
  rework: number | null;
}

export interface LedgerOfTruth {
  readonly whole: TrueLedger;
  /** By shift id; `null`: outside every shift. */
  readonly byShift: ReadonlyMap<string | null, TrueLedger>;
  /** By the ISO 8601 UTC start of the local hour. */
  readonly byHour: ReadonlyMap<string, TrueLedger>;
  /** By the order that is active; `null`: none. */
  readonly byOrder: ReadonlyMap<string | null, TrueLedger>;
  /** Pieces by the product that was named last; `null`: none was. */
  readonly byProduct: ReadonlyMap<string | null, TrueLedger['counts']>;
}

export interface LedgerInput extends Span {
  readonly truth: MachineTruth;
  readonly machine: MachineConfig;
  /** `undefined`: no calendar, always scheduled, hours in UTC. */
  readonly site: SiteConfig | undefined;
  /** What comes later has no say; default: `to`. */
  readonly asOf?: EpochMs;
}

/**
 * semantics.md "The time ledger", slice by slice: between two cuts neither state, shift, break nor hour changes. It is that
 * as of `asOf`.
 */
export function ledgerOfTruth({
  truth: whole,
  machine,
  site,
  from,
  to,
  asOf = to,
}: LedgerInput): LedgerOfTruth {
  const truth = { ...whole, intervals: whole.intervals.filter((interval) => interval.from < asOf) };
  const minor = minorStops(truth.intervals, machine.minorStopMs, asOf);
  const shifts = site && site.shifts.length > 0 ? shiftsWithin(site, from, to) : null;
  const hours = hoursWithin(site?.zone ?? 'UTC', from, to);
  const windows = windowsWithin(machine, { zone: site?.zone ?? 'UTC', from, to });
  const cuts = new Set<EpochMs>([from, to]);
  const cut = (span: Span): void => {
    for (const ts of [span.from, span.to]) if (ts > from && ts < to) cuts.add(ts);
  };
  truth.intervals.forEach(cut);
  hours.forEach(cut);
  windows.forEach(cut);
  for (const shift of shifts ?? []) [shift, ...shift.breaks].forEach(cut);
  const instants = [...cuts].sort((a, b) => a - b);

  const hasCycle = machine.idealCycleMs !== undefined;
  const sum = emptyLedger(hasCycle);
  const byShift = new Map<string | null, TrueLedger>();
  const byHour = new Map<string, TrueLedger>();
  const byOrder = new Map<string | null, TrueLedger>();
  const byProduct = new Map<string | null, TrueLedger>();
  const piece = truth.pieces.values();
  let pieces = piece.next();
  while (!pieces.done && pieces.value.ts < from) pieces = piece.next();
  let at = 0;
  let shiftAt = 0;
  let hourAt = 0;
  for (let index = 0; index + 1 < instants.length; index++) {
    const start = instants[index] as EpochMs;
    const end = instants[index + 1] as EpochMs;
    while ((truth.intervals[at]?.to ?? Number.POSITIVE_INFINITY) <= start) at++;
    while (shifts && (shifts[shiftAt]?.to ?? Number.POSITIVE_INFINITY) <= start) shiftAt++;
    while ((hours[hourAt]?.to ?? Number.POSITIVE_INFINITY) <= start) hourAt++;
    const interval = truth.intervals[at];
    const shift = shifts?.[shiftAt];
    const scheduled = !shifts || (shift !== undefined && shift.from <= start);
    const pause = [...(scheduled ? (shift?.breaks ?? []) : []), ...windows].some((span) =>
      holds(span, start),
    );
    const state = interval && interval.from <= start ? interval.state : 'unknown';
    const order = interval && interval.from <= start ? interval.order : null;
    const timeClass = classOf({
      ...{ state, scheduled, pause },
      minor: interval ? minor.has(interval) : false,
      ordered: order !== null,
    });
    const cells = [
      sum,
      cellOf(byShift, scheduled && shift ? shift.id : null, hasCycle),
      cellOf(byHour, new Date(hours[hourAt]?.from ?? start).toISOString(), hasCycle),
      cellOf(byOrder, order, hasCycle),
    ];
    for (const cell of cells) cell.ms[timeClass] += end - start;
    for (; !pieces.done && pieces.value.ts < end; pieces = piece.next()) {
      const { count, reject, rework, product, acrossUnknown } = pieces.value;
      const cycle = machine.products?.[product ?? '']?.idealCycleMs ?? machine.idealCycleMs ?? 0;
      const cycleUs = Math.round(cycle * 1000);
      for (const cell of [...cells, cellOf(byProduct, product, false)]) {
        const { counts, runningUs } = cell;
        if (rework !== null) cell.rework ??= 0;
        if (acrossUnknown) counts.duringUnknown += count;
        else if (['extra', 'notScheduled', 'plannedStop'].includes(timeClass)) counts.extra += count;
        else {
          counts.produced += count;
          counts.reject += reject;
          counts.good += count - reject;
          if (rework !== null) cell.rework = (cell.rework ?? 0) + rework;
          if (runningUs) {
            runningUs.productive += cycleUs * (count - reject);
            runningUs.rejectLoss += cycleUs * reject;
          }
        }
      }
    }
  }
  for (const { ms, runningUs } of [sum, ...byShift.values(), ...byHour.values(), ...byOrder.values()]) {
    if (runningUs) runningUs.speedLoss = ms.running * 1000 - runningUs.productive - runningUs.rejectLoss;
  }
  const piecesOf = new Map([...byProduct].map(([product, { counts }]) => [product, counts]));
  return { whole: sum, byShift, byHour, byOrder, byProduct: piecesOf };
}

const holds = (span: Span, ts: EpochMs): boolean => span.from <= ts && ts < span.to;

/** The first rule that fits. */
function classOf(slice: {
  state: State;
  scheduled: boolean;
  pause: boolean;
  minor: boolean;
  ordered: boolean;
}): keyof ClassMs {
  const { state, scheduled, pause, minor, ordered } = slice;
  if ((state === 'running' || state === 'setup') && (!scheduled || pause)) return 'extra';
  if (!scheduled) return 'notScheduled';
  if (pause || state === 'planned-stop') return 'plannedStop';
  if (minor) return 'minorStop';
  if (state === 'idle' && ordered) return 'delay';
  return CLASS_OF_STATE[state];
}

const CLASS_OF_STATE: Readonly<Record<State, keyof ClassMs>> = {
  running: 'running',
  setup: 'changeover',
  idle: 'idle',
  off: 'idle',
  blocked: 'delay',
  starved: 'delay',
  held: 'delay',
  down: 'breakdown',
  'planned-stop': 'plannedStop',
  unknown: 'unknown',
};

const STOPS: ReadonlySet<State> = new Set(['down', 'held', 'blocked', 'starved', 'idle']);

/** The intervals of the short stretches between two running ones; one still open at the end counts so far. */
function minorStops(intervals: readonly TrueInterval[], minorStopMs: number, to: EpochMs): Set<TrueInterval> {
  const minor = new Set<TrueInterval>();
  for (let index = 0; index < intervals.length; index++) {
    if (intervals[index]?.state !== 'running') continue;
    const stretch: TrueInterval[] = [];
    let next = index + 1;
    for (; STOPS.has(intervals[next]?.state ?? 'unknown'); next++)
      stretch.push(intervals[next] as TrueInterval);
    const follower = intervals[next];
    if (follower && follower.state !== 'running') continue;
    const lengthMs = Math.min(stretch.at(-1)?.to ?? 0, to) - (stretch[0]?.from ?? 0);
    if (stretch.length > 0 && lengthMs < minorStopMs) for (const interval of stretch) minor.add(interval);
  }
  return minor;
}

function shiftsWithin(site: SiteConfig, from: EpochMs, to: EpochMs) {
  const shifts = [];
  for (const shift of shiftsFrom(site, from)) {
    if (shift.from >= to) break;
    shifts.push(shift);
  }
  return shifts;
}

function windowsWithin(
  { maintenance = [] }: MachineConfig,
  { zone, from, to }: Span & { readonly zone: string },
): Span[] {
  const windows: Span[] = [];
  for (const window of maintenanceFrom(maintenance, zone, from)) {
    if (window.from >= to) break;
    windows.push(window);
  }
  return windows;
}

function hoursWithin(zone: string, from: EpochMs, to: EpochMs): Span[] {
  const hours: Span[] = [];
  let hour = Temporal.Instant.fromEpochMilliseconds(from)
    .toZonedDateTimeISO(zone)
    .round({ smallestUnit: 'hour', roundingMode: 'floor' });
  while (hour.epochMilliseconds < to) {
    const next = hour.add({ hours: 1 });
    hours.push({ from: hour.epochMilliseconds, to: next.epochMilliseconds });
    hour = next;
  }
  return hours;
}

const emptyLedger = (hasCycle: boolean): TrueLedger => ({
  ms: {
    notScheduled: 0,
    plannedStop: 0,
    extra: 0,
    running: 0,
    changeover: 0,
    breakdown: 0,
    delay: 0,
    minorStop: 0,
    idle: 0,
    unknown: 0,
  },
  runningUs: hasCycle ? { productive: 0, rejectLoss: 0, speedLoss: 0 } : null,
  counts: { produced: 0, good: 0, reject: 0, duringUnknown: 0, extra: 0 },
  rework: null,
});

function cellOf<K>(cells: Map<K, TrueLedger>, key: K, hasCycle: boolean): TrueLedger {
  let cell = cells.get(key);
  if (!cell) {
    cell = emptyLedger(hasCycle);
    cells.set(key, cell);
  }
  return cell;
}
