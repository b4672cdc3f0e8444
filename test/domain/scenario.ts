import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { EditKind } from '../../domain/annotations/edit.ts';
import { earlierForFollowed } from '../../domain/annotations/followed.ts';
import { calendarPieces, localHours, piecesFor, productionDays } from '../../domain/calendar.ts';
import { classPiecesOf } from '../../domain/class-pieces.ts';
import { statesKnownFrom } from '../../domain/derived/states.ts';
import type { Entered } from '../../domain/entered.ts';
import {
  type CellResult,
  contextOf,
  earlierContext,
  earlierFailure,
  machineLedger,
  piecesBefore,
} from '../../domain/ledger.ts';
import { statesMatterFrom } from '../../domain/ledger-context.ts';
import type { SignalValue } from '../../domain/observation.ts';
import { type CycleVersion, LEVELS_OF_MACHINE } from '../../domain/orders/cycles.ts';
import { MACHINE_DEFAULTS, type Machine, type MaintenanceRule, type Site } from '../../domain/plant.ts';
import type { EnteredClass, ReasonTree } from '../../domain/reason-tree.ts';
import { type ReasonPart, reasonSums, reasonWalk } from '../../domain/reasons.ts';
import type { EpochMs, Span } from '../../domain/time.ts';
import type { TimeClassRule } from '../../domain/time-classes.ts';
import { editOf } from './edits.ts';
import { type Arrival, factsOf } from './facts-of.ts';

/** Planned maintenance as a scenario writes it: weekly by the wall clock, or two times. */
type Maintained =
  | { readonly days: readonly number[]; readonly start: string; readonly end: string }
  | readonly [string, string];

/** An ideal cycle as a scenario writes it; of the machine itself where no levels are said. */
interface WrittenCycle {
  readonly product?: string;
  readonly from?: string;
  readonly cycleUs: number | null;
  readonly levels?: number;
}

/** A scenario file; times are `HH:MM[:SS[.mmm]]` on `date` at `offset`, or ISO 8601 with an offset. */
export interface ScenarioFile {
  readonly why: string;
  readonly source?: string;
  readonly date: string;
  readonly offset?: string;
  readonly machine?: Partial<Omit<Machine, 'maintenance' | 'cycles'>> & {
    readonly maintenance?: readonly Maintained[];
    readonly cycles?: readonly WrittenCycle[];
  };
  /** What was entered beside the signals. */
  readonly entered?: {
    readonly cycles?: readonly WrittenCycle[];
    /** The products of orders, each from a time on. */
    readonly orders?: Readonly<Record<string, readonly (readonly [string, string | null])[]>>;
  };
  readonly site?: {
    readonly zone: string;
    readonly dayStart?: string;
    readonly shifts?: readonly {
      readonly id: string;
      readonly start: string;
      readonly end: string;
      readonly days?: readonly number[];
      readonly breaks?: readonly (readonly [string, string])[];
    }[];
    /** What else a calendar says, as the domain has it. */
    readonly calendar?: Pick<Site, 'rotation' | 'holidays' | 'makeupAs' | 'exceptions' | 'versions'>;
    readonly classes?: readonly TimeClassRule[];
    readonly maintenance?: readonly Maintained[];
    readonly reasons?: ReasonTree;
  };
  readonly window: readonly [string, string];
  readonly cells?: 'whole' | 'hours' | 'days';
  readonly asOf?: string;
  /** In order of arrival. */
  readonly events: readonly (readonly [string, Readonly<Record<string, SignalValue>>])[];
  /** What people said of stops, in the order in which they said it; ids are what undos name. */
  readonly annotations?: readonly {
    readonly id: string;
    readonly kind?: EditKind;
    readonly from?: string;
    readonly to?: string;
    /** The edit goes on while the stop does. */
    readonly follows?: true;
    readonly at?: string;
    readonly reason?: string | null;
    readonly class?: EnteredClass;
    readonly undoes?: string;
  }[];
  readonly expect: {
    /** One entry a cell; classes that are not named are 0. */
    readonly ledger?: readonly {
      readonly ms: Readonly<Record<string, string | number>>;
      readonly counts?: Readonly<Record<string, number>>;
      readonly runningUs?: Readonly<Record<string, number>> | null;
      readonly quality?: Readonly<Record<string, number | null>>;
      /** Durations and pieces. */
      readonly orders?: Readonly<Record<string, string | number>>;
      readonly failures?: number;
      readonly energyWh?: Readonly<Record<string, number>> | null;
      readonly flags?: readonly string[];
    }[];
    /** Of the whole window: the value, rounded to the six decimals of the textbooks, or `null`. */
    readonly kpis?: Readonly<Record<string, number | null | Readonly<Record<string, unknown>>>>;
    /** By cell: class, state, reason, time, stops and the longest (absent: all of the time). */
    readonly reasons?: readonly (readonly (readonly [
      string,
      string,
      string | null,
      string | number,
      number,
      (string | number)?,
    ])[])[];
    /** From, to, state, word, reason, source; where something was entered, its reason and class. */
    readonly timeline?: readonly (readonly (string | null)[])[];
    /** What people see as stops: from, to, kind. */
    readonly stops?: readonly (readonly [string, string, string])[];
  };
}

const minutes = (clock: string): number => {
  const [hour, minute] = clock.split(':').map(Number);
  return (hour as number) * 60 + (minute as number);
};

/** `1h 2m 3s 4ms`, or milliseconds. */
export function duration(text: string | number): number {
  if (typeof text === 'number') return text;
  const unit: Record<string, number> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };
  return text
    .split(' ')
    .map((part) => /^([\d.]+)(h|m|s|ms)$/.exec(part))
    .reduce((sum, match) => sum + Number(match?.[1]) * (unit[match?.[2] ?? ''] ?? Number.NaN), 0);
}

export interface Scenario {
  readonly file: ScenarioFile;
  readonly machine: Machine;
  readonly site: Site | undefined;
  readonly span: Span;
  readonly asOf: EpochMs;
  readonly cells: readonly Span[];
  readonly arrivals: readonly Arrival[];
  readonly entered?: Entered;
  at(text: string): EpochMs;
}

export function readScenario(path: string): Scenario {
  const file = parse(readFileSync(path, 'utf8')) as ScenarioFile;
  const at = (text: string): EpochMs => {
    const iso = text.includes('T') ? text : `${file.date}T${text}${file.offset ?? 'Z'}`;
    return Temporal.Instant.from(iso).epochMilliseconds;
  };
  const maintained = (entries: readonly Maintained[] = []): MaintenanceRule[] =>
    entries.map((entry) =>
      'days' in entry
        ? { days: entry.days, start: minutes(entry.start), end: minutes(entry.end) }
        : { from: at(entry[0]), to: at(entry[1]) },
    );
  const written = (cycles: readonly WrittenCycle[]): CycleVersion[] =>
    cycles.map(({ product = null, from, cycleUs, levels = LEVELS_OF_MACHINE }) => ({
      ...{ product, cycleUs, levels },
      from: from === undefined ? null : at(from),
    }));
  const { cycles: configured, ...said } = file.machine ?? {};
  const edits = (file.annotations ?? []).map(({ from, to, at: instant, ...own }, place) =>
    editOf({
      ...own,
      seq: place + 1,
      from: at(from ?? instant ?? file.window[0]),
      to: at(to ?? instant ?? file.window[1]),
    }),
  );
  const { cycles: enteredCycles, orders } = file.entered ?? {};
  const entered: Entered = {
    ...(enteredCycles && { cycles: written(enteredCycles) }),
    ...(orders && {
      productsOf: (order) => (orders[order] ?? []).map(([from, product]) => ({ from: at(from), product })),
    }),
    ...(edits.length > 0 && { edits }),
  };
  const machine: Machine = {
    path: 'acme/zhoushan/moulding/line1/imm-01',
    declared: true,
    ...MACHINE_DEFAULTS,
    maxSilenceMs: null,
    ...said,
    ...(configured && { cycles: written(configured) }),
    maintenance: maintained(file.machine?.maintenance),
  };
  const site: Site | undefined = file.site && {
    path: 'acme/zhoushan',
    zone: file.site.zone,
    dayStart: minutes(file.site.dayStart ?? '00:00'),
    maintenance: maintained(file.site.maintenance),
    ...file.site.calendar,
    ...(file.site.classes && { classes: file.site.classes }),
    ...(file.site.reasons && { reasons: file.site.reasons }),
    shifts: (file.site.shifts ?? []).map((shift) => ({
      id: shift.id,
      start: minutes(shift.start),
      end: minutes(shift.end),
      days: shift.days ?? [1, 2, 3, 4, 5, 6, 7],
      breaks: (shift.breaks ?? []).map(([start, end]) => ({ start: minutes(start), end: minutes(end) })),
    })),
  };
  const span = { from: at(file.window[0]), to: at(file.window[1]) };
  const cells =
    file.cells === 'hours'
      ? localHours(site, span)
      : file.cells === 'days'
        ? productionDays(site, span)
        : [span];
  const arrivals = file.events.map(([when, values]) => ({ ts: at(when), values }));
  const asOf = file.asOf ? at(file.asOf) : span.to + 30 * 86_400_000;
  return { file, machine, site, span, asOf, cells, arrivals, entered, at };
}

/** The reasons behind each cell's ledger, from the facts that its ledger is made of. */
export function reasonsOf({
  machine,
  site,
  cells,
  arrivals,
  asOf,
  entered,
}: Pick<
  Scenario,
  'machine' | 'site' | 'cells' | 'arrivals' | 'asOf' | 'entered'
>): (readonly ReasonPart[])[] {
  const ends = cells.map(({ from, to }) => ({ from, to: Math.max(from, Math.min(to, asOf)) }));
  const span = { from: (cells[0] as Span).from, to: (cells.at(-1) as Span).to };
  // From far before, as the reason may have been given long ago.
  const { to } = contextOf(machine, span, asOf);
  const facts = factsOf(machine, arrivals, { from: Number.MIN_SAFE_INTEGER, to });
  const pieces = piecesFor(machine, site, calendarPieces(site, span));
  const rows = ends.map((cell) => ({ span: cell, sums: reasonSums() }));
  reasonWalk()(classPiecesOf({ machine, site, facts, pieces, asOf, entered }, span), rows);
  return rows.map(({ sums }) => sums.end());
}

const decoder = new TextDecoder();

/** The ledger as a caller makes it: facts of the context, and earlier ones where they are needed. `digest`: the inputs themselves. */
export function ledgerOf({
  machine,
  site,
  cells,
  arrivals,
  asOf,
  entered,
}: Pick<Scenario, 'machine' | 'site' | 'cells' | 'arrivals' | 'asOf' | 'entered'>): CellResult[] {
  const span = { from: (cells[0] as Span).from, to: (cells.at(-1) as Span).to };
  const context = contextOf(machine, span, asOf);
  const read = (from: EpochMs) => factsOf(machine, arrivals, { from, to: context.to });
  let facts = read(context.from);
  const earlier = earlierContext({ machine, facts, context, span });
  if (earlier !== null) facts = read(earlier);
  const needed = earlier ?? Math.max(context.from, statesMatterFrom(machine, span.from));
  const known = statesKnownFrom(machine, facts, { from: earlier ?? context.from, until: asOf });
  if (known > needed) facts = read(Number.MIN_SAFE_INTEGER);
  let from = known > needed ? Number.MIN_SAFE_INTEGER : (earlier ?? context.from);
  const before = piecesBefore(machine, site, span.from);
  if (earlierFailure({ machine, site, facts, entered, from: context.from, before, asOf }) !== null) {
    from = Number.MIN_SAFE_INTEGER;
    facts = read(from);
  }
  for (;;) {
    const since = earlierForFollowed({ machine, facts, entered, from, needed, until: asOf });
    if (since === undefined) break;
    from = since;
    facts = read(from);
  }
  const pieces = [...before, ...piecesFor(machine, site, calendarPieces(site, span))];
  const digestOf = (inputs: Uint8Array): string => decoder.decode(inputs);
  return machineLedger({ machine, site, facts, pieces, asOf, digestOf, entered })(cells);
}
