import type { State } from '../../domain/state.ts';
import type { EpochMs, Span } from '../../domain/time.ts';
import { shiftsFrom } from '../calendar.ts';
import { hour, minute } from '../duration.ts';
import { maintenanceFrom } from '../maintenance.ts';
import { between, exponential, oneOf, type Random, randomOf } from '../random.ts';
import type { Hindrance } from './hindrance.ts';
import type { MachineKind, Maintenance, Stop } from './kind.ts';
import type { MachineSpec } from './spec.ts';

/** A stretch in which something outside the work itself holds the machine in a state. */
export interface Hold extends Span {
  readonly state: State;
  readonly reason: string | null;
}

/** A stretch of a machine's time: held in a state, or free to work. */
export type Segment = Span & { readonly hold: Pick<Hold, 'state' | 'reason'> | null };

export interface AgendaOptions {
  readonly seed: string;
  readonly start: EpochMs;
  /** Share of shift ends after which the machine works on. */
  readonly overtime: number;
  /** Counters begin at zero, so that a run can follow another one of the same machines. */
  readonly fromZero?: boolean;
  /** Machines say the orders that they work on. */
  readonly orders?: boolean;
  /** Until when an order that begins at an instant has to be done; absent: its lot is made whole. */
  readonly ordersCloseAt?: (ts: EpochMs) => EpochMs;
}

/** Parts between two machines last so long. */
const BUFFER_MS = 12 * minute;
/** About once a week where there are two shifts. */
const WEEKLY: Maintenance = { shareOfShifts: 0.09, durationMs: [25 * minute, 80 * minute] };

/** Contiguous segments from `start`, without end; neighbours differ. */
export function* agendaOf(spec: MachineSpec, options: AgendaOptions): Generator<Segment, never> {
  const rest = pieces(spec, options);
  let held: Segment = rest.next().value;
  for (;;) {
    const segment: Segment = rest.next().value;
    if (held.hold?.state === segment.hold?.state && held.hold?.reason === segment.hold?.reason) {
      held = { ...held, to: segment.to };
    } else {
      yield held;
      held = segment;
    }
  }
}

function* pieces(spec: MachineSpec, options: AgendaOptions): Generator<Segment, never> {
  // In order of precedence: who isn't there can't be short of material.
  const sources: Source[] = [
    restHours(spec, options),
    breaks(spec, options.start),
    planned(spec, options.start),
    maintenance(spec, options),
    breakdowns(spec, options),
    ...(spec.upstream ? [shortages(spec.upstream, options)] : []),
    ...spec.hindrances.map((hindrance) => hindered(hindrance, options)),
  ].map((holds) => ({ holds, current: holds.next().value ?? null }));
  for (let from = options.start; ; ) {
    let hold: Hold | null = null;
    let to = Number.POSITIVE_INFINITY;
    for (const source of sources) {
      while (source.current && source.current.to <= from) source.current = source.holds.next().value ?? null;
      const { current } = source;
      if (!current) continue;
      if (current.from > from) to = Math.min(to, current.from);
      else {
        to = Math.min(to, current.to);
        hold ??= current;
      }
    }
    yield { from, to, hold };
    from = to;
  }
}

interface Source {
  readonly holds: Generator<Hold, void>;
  current: Hold | null;
}

/** Off between shifts; with overtime the machine goes on for a while. */
function* restHours(
  { site, path }: MachineSpec,
  { seed, start, overtime }: AgendaOptions,
): Generator<Hold, void> {
  const random = randomOf(seed, path, 'overtime');
  let from = start;
  for (const shift of shiftsFrom(site, start)) {
    if (shift.from > from) {
      const works = random() < overtime ? between(random, [30 * minute, 110 * minute]) : 0;
      if (from + works < shift.from) yield { from: from + works, to: shift.from, state: 'off', reason: null };
    } else {
      // Where shift follows shift there may never be a rest; an empty one lets the other sources go on.
      yield { from: shift.from, to: shift.from, state: 'off', reason: null };
    }
    from = Math.max(from, shift.to);
  }
}

function* breaks({ site }: MachineSpec, start: EpochMs): Generator<Hold, void> {
  // Shifts go on without end: looking for a break in them would too.
  if (site.shifts.every((shift) => shift.breaks.length === 0)) return;
  for (const shift of shiftsFrom(site, start)) {
    for (const pause of shift.breaks) {
      if (pause.to > start) yield { ...pause, state: 'idle', reason: 'break' };
    }
  }
}

function* planned({ site, maintenance: rules = [] }: MachineSpec, start: EpochMs): Generator<Hold, void> {
  for (const window of maintenanceFrom(rules, site.zone, start)) {
    yield { ...window, state: 'planned-stop', reason: 'maintenance' };
  }
}

/** Beside what is planned, when something asks for it; early in a shift. */
function* maintenance(
  { site, path, kind }: MachineSpec,
  { seed, start }: AgendaOptions,
): Generator<Hold, void> {
  const random = randomOf(seed, path, 'maintenance');
  const { shareOfShifts, durationMs } = kind.maintenance ?? WEEKLY;
  for (const shift of shiftsFrom(site, start)) {
    const due = random() < shareOfShifts;
    const from = shift.from + between(random, [20 * minute, 4 * hour]);
    const to = from + between(random, durationMs);
    if (due && to > start) yield { from, to, state: 'planned-stop', reason: 'maintenance' };
  }
}

function* breakdowns(
  { path, kind }: { readonly path: string; readonly kind: MachineKind },
  { seed, start }: AgendaOptions,
): Generator<Hold, void> {
  const random = randomOf(seed, path, 'breakdowns');
  const { meanGapMs, durationMs, reasons } = kind.breakdowns;
  for (let at = start; ; ) {
    const from = at + exponential(random, meanGapMs);
    const to = from + longTailed(random, durationMs);
    yield { from, to, state: 'down', reason: oneOf(random, reasons) };
    at = to;
  }
}

/** Most repairs are short. */
const longTailed = (random: Random, [low, high]: readonly [number, number]): number =>
  low + Math.floor(random() ** 3 * (high - low));

/** Starved once the buffer behind a broken-down machine is empty, until its first part arrives. */
function* shortages(
  upstream: NonNullable<MachineSpec['upstream']>,
  options: AgendaOptions,
): Generator<Hold, void> {
  for (const { from, to } of breakdowns(upstream, options)) {
    if (to - from > BUFFER_MS) {
      yield { from: from + BUFFER_MS, to: to + 3 * minute, state: 'starved', reason: 'upstream-stopped' };
    }
  }
}

/** What several machines share: each of them draws the same. */
function* hindered(
  { name, where, meanGapMs, durationMs, causes }: Hindrance,
  { seed, start }: AgendaOptions,
): Generator<Hold, void> {
  const random = randomOf(seed, where, name);
  for (let at = start; ; ) {
    const from = at + exponential(random, meanGapMs);
    const { state, reason } = causeOf(causes, random());
    const to = from + between(random, durationMs);
    yield { from, to, state, reason };
    at = to;
  }
}

function causeOf(causes: Hindrance['causes'], draw: number): Stop {
  let left = draw;
  const cause = causes.find(({ share }) => {
    left -= share;
    return left < 0;
  });
  return cause ?? (causes.at(-1) as Stop);
}
