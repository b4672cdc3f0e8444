import type { BreakRule, Calendar, LocalDate } from './calendar-rules.ts';
import type { DerivedRule } from './derived/rule.ts';
import type { Line } from './line/line.ts';
import type { FailureDivisor } from './mean-of-failures.ts';
import type { Vocabulary } from './meaning.ts';
import type { ChangeoverRule } from './orders/changeovers.ts';
import { type CycleVersion, cyclesAt, type ScopedCycle } from './orders/cycles.ts';
import { type MachinePath, matchesScope } from './path.ts';
import type { ReasonTree } from './reason-tree.ts';
import type { DurationMs, Span } from './time.ts';
import type { TimeClassRule } from './time-classes.ts';
import { type ValueRule, valueRuleAt } from './values/rule.ts';

export type { BreakRule, MinuteOfDay, ShiftRule } from './calendar-rules.ts';

/** Planned maintenance in certain weeks, by the site's wall clock. */
export interface WeeklyMaintenance extends BreakRule {
  /** ISO weekdays on which it starts, 1 = Monday. */
  readonly days: readonly number[];
  /** Every so many weeks, counted from that of `since`; absent: every week. */
  readonly everyWeeks?: number;
  /** The first date on which it can start. */
  readonly since?: LocalDate;
  /** The last date on which it can start. */
  readonly until?: LocalDate;
}

/** Planned maintenance: week by week, or once. */
export type MaintenanceRule = WeeklyMaintenance | Span;

/** A site and a calendar of it; where parts of a site have calendars of their own, each is such a site. */
export interface Site extends Calendar {
  /** `enterprise/site`. */
  readonly path: string;
  /** IANA time zone. */
  readonly zone: string;
  /** The calendar's name, where it has one. */
  readonly calendar?: string;
  /** Planned maintenance of the whole site, and of its calendar. */
  readonly maintenance?: readonly MaintenanceRule[];
  /** The site's own lines of the table of time classes, before the common ones. */
  readonly classes?: readonly TimeClassRule[];
  /** What operators choose reasons from; absent: the tree that is shipped. */
  readonly reasons?: ReasonTree;
}

/** A part of a site that has a calendar of its own. */
export interface ScopedCalendar {
  /** Whole levels of a path below the site, up to a machine's own. */
  readonly scope: string;
  readonly site: Site;
}

/**
 * What a counter's value says. `cumulative`: all pieces so far; `delta`: those since the value before; `pulse`: each value
 * but 0 is a piece; `edge`: a piece is where it rises from 0, as a contact does.
 */
export const COUNTER_KINDS = ['cumulative', 'delta', 'pulse', 'edge'] as const;
export type CounterKind = (typeof COUNTER_KINDS)[number];

/** How a counter behaves. */
export interface CounterRule {
  /** Absent: cumulative. */
  readonly kind?: CounterKind;
  /** The value at which the counter starts again at zero; absent: a lower value is a reset. */
  readonly rollover?: number;
  /** More pieces an hour than this are implausible and flagged. */
  readonly maxPerHour?: number;
}

/** The units that an energy meter can count in. */
export const ENERGY_UNITS = ['Wh', 'kWh', 'MWh', 'J', 'kJ', 'MJ', 'GJ'] as const;
export type EnergyUnit = (typeof ENERGY_UNITS)[number];

/** The signal that counts a machine's energy, and in what. */
export interface EnergyMeter {
  readonly signal: string;
  readonly unit: EnergyUnit;
}

/** A machine as accounted: declared in the configuration, or found in the data and given the defaults. */
export interface Machine {
  readonly path: MachinePath;
  readonly declared: boolean;
  /** Planned run time per item (PRI) in integer microseconds; `null`: running time is not split. */
  readonly idealCycleUs: number | null;
  /** PRI by product, integer microseconds. */
  readonly productCycleUs: Readonly<Record<string, number>>;
  /** Further ideal cycles: those in force from an instant on, and those of wider scopes. */
  readonly cycles?: readonly CycleVersion[];
  readonly minorStopMs: DurationMs;
  /** How its changeovers are found from orders; absent: only the state setup is one. */
  readonly changeover?: ChangeoverRule;
  /** Longest silence that still counts as heard; `null`: silence never becomes unknown. */
  readonly maxSilenceMs: DurationMs | null;
  /** Below this share of known planned busy time a figure is not assessable. */
  readonly coverageFloor: number;
  readonly stateSignal: string;
  /** Id of the vocabulary that maps the source's words to states. */
  readonly vocabulary: string;
  /** The vocabulary itself, where it is none of those that are shipped as they are. */
  readonly words?: Vocabulary;
  /** Present: the machine reports no state; `stateSignal` is a measurement or a counter that tells it. */
  readonly derive?: DerivedRule;
  readonly counters: Readonly<Record<string, CounterRule>>;
  /** Its energy meter; absent: the signal `energy` in kWh. */
  readonly energy?: EnergyMeter;
  /** Planned maintenance beside the site's. */
  readonly maintenance?: readonly MaintenanceRule[];
}

/** How a machine tells its state. */
export type StateSource = Pick<Machine, 'stateSignal' | 'vocabulary' | 'words' | 'derive'>;

/** How the machines of a scope tell their state, where nothing is said of one itself. */
export interface ScopedStateSource {
  /** Whole levels of a path; a level `*` stands for any. */
  readonly scope: string;
  readonly state: StateSource;
}

/** Every site and machine that the configuration declares. */
export interface Plant {
  readonly sites: readonly Site[];
  readonly machines: readonly Machine[];
  /** Those of which something is said. */
  readonly lines?: readonly Line[];
  /** Calendars of parts of sites; the one with the longest scope counts. */
  readonly calendars?: readonly ScopedCalendar[];
  /** Of those that fit, the one with the longest scope counts; of equally long ones, the first. */
  readonly states?: readonly ScopedStateSource[];
  /** What means over failures divide by; absent: the failures. */
  readonly failureDivisor?: FailureDivisor;
  /** What is known of signals, and what their values must keep to; a machine's own rules come first. */
  readonly signals?: readonly ValueRule[];
  /** Ideal cycles of the products of a scope. */
  readonly products?: readonly ScopedCycle[];
}

/** What an undeclared machine, or an undeclared setting, is accounted with. */
export const MACHINE_DEFAULTS = {
  idealCycleUs: null,
  productCycleUs: {},
  minorStopMs: 120_000,
  maxSilenceMs: 600_000,
  coverageFloor: 0.8,
  stateSignal: 'state',
  vocabulary: 'kaidong',
  counters: {},
} as const satisfies Omit<Machine, 'path' | 'declared'>;

const DEFAULT_STATE: StateSource = {
  stateSignal: MACHINE_DEFAULTS.stateSignal,
  vocabulary: MACHINE_DEFAULTS.vocabulary,
};

/** How a machine tells its state where nothing is said of it itself. */
export function stateSourceAt(states: Plant['states'], path: MachinePath): StateSource {
  let found: ScopedStateSource | undefined;
  for (const one of states ?? []) {
    const longer = found === undefined || levelsOf(one.scope) > levelsOf(found.scope);
    if (longer && matchesScope(path, one.scope)) found = one;
  }
  return found?.state ?? DEFAULT_STATE;
}

const levelsOf = (scope: string): number => scope.split('/').length;

/** The signals whose pieces a ledger counts. */
export const COUNTED_SIGNALS = ['count', 'reject', 'rework', 'inspected'] as const;

/** How a machine's counters behave where nothing is said of them themselves. */
export function countersAt(signals: Plant['signals'], path: MachinePath): Machine['counters'] {
  const counters: Record<string, CounterRule> = {};
  const rules = signals?.filter(({ counter }) => counter);
  for (const signal of COUNTED_SIGNALS) {
    const counter = valueRuleAt(rules, path, signal)?.counter;
    if (counter) counters[signal] = counter;
  }
  return counters;
}

/** The machine that a path means: the declared one, or an undeclared one with the defaults. */
export function machineAt(plant: Plant, path: MachinePath): Machine {
  const declared = plant.machines.find((machine) => machine.path === path);
  const counters = countersAt(plant.signals, path);
  const cycles = cyclesAt(plant.products, path);
  return (
    declared ?? {
      ...{ path, declared: false, ...MACHINE_DEFAULTS, ...stateSourceAt(plant.states, path) },
      ...{ counters, ...(cycles.length > 0 && { cycles }) },
    }
  );
}
