import type { Annotated } from './annotations/stretches.ts';
import { appliedWords } from './applied-words.ts';
import { bisect } from './bisect.ts';
import type { CalendarPiece } from './calendar.ts';
import { calendarInput } from './calendar-input.ts';
import { type CanonicalValue, canonical } from './canonical.ts';
import { countsSince } from './counters.ts';
import type { DerivedRule } from './derived/rule.ts';
import { readingsOf } from './energy.ts';
import type { SeriesFacts, Silence } from './facts.ts';
import { encodeJson, instantList, jsonBytes, jsonList } from './json-bytes.ts';
import { LONGEST_WITHOUT_COUNT_MS, readingBefore } from './ledger-context.ts';
import type { MinorStop } from './minor-stops.ts';
import type { SignalValue } from './observation.ts';
import type { CycleTape } from './orders/cycles.ts';
import type { Machine, Site } from './plant.ts';
import { countedSignalsOf } from './signals.ts';
import { type EpochMs, intersect, type Span } from './time.ts';
import { wordsOf } from './vocabulary/index.ts';

/** Raised whenever the ledger's rules change, since it is an input of each digest. */
export const LEDGER_FORMULA = 'ledger/2';

/**
 * The formulas by which cells of a machine that nobody ever heard of are the same but for the formula's name in their
 * inputs. They are made anew where they are read, so that whoever raises {@link LEDGER_FORMULA} keeps the former one here.
 */
export const FORMULAS_OF_SILENCE: readonly string[] = [LEDGER_FORMULA];

/** What inputs are named by where they are those of a former version of the program. */
export interface InputNames {
  readonly formula: string;
  /** Of a vocabulary that was shipped: its id and version. */
  readonly vocabulary: string;
}

/** What one cell's inputs are taken from. */
export interface InputFacts {
  /** The ledger's series, in name order. */
  readonly series: readonly SeriesFacts[];
  readonly silences: readonly Silence[];
  readonly stops: readonly MinorStop[];
  readonly changeovers: readonly Span[];
  readonly pieces: readonly CalendarPiece[];
  /** The states that a measurement or a counter tells, where the machine reports none. */
  readonly derived: SeriesFacts | undefined;
  readonly cycles: CycleTape;
  /** Since when the machine can have an ideal cycle. */
  readonly cyclesFrom: EpochMs;
  /** What people said of stops, ascending and disjoint. */
  readonly annotated: readonly Annotated[];
  /** Whether an unknown stretch lies between a carried-in count and the cell. */
  readonly unknownBetween: (from: EpochMs, to: EpochMs) => boolean;
  /** Whether a failure began before an instant and its stretch goes on there. */
  readonly failedBefore: (instant: EpochMs) => boolean;
  /** Absent: as this version names them. */
  readonly named?: InputNames | undefined;
}

/**
 * Writes the inputs of a machine's cells as RFC 8785 canonical JSON in UTF-8. They hold what the cell follows from and
 * nothing that depends on how the facts were fetched: of each series the value before the cell and those inside it,
 * silences and minor stops only where they reach into the cell, of the calendar what it says of the cell's time, and the
 * rules. What is returned is good until the next call.
 */
export function inputsWriter(machine: Machine, site: Site | undefined, facts: InputFacts) {
  const out = jsonBytes();
  const { named } = facts;
  const rules = rulesOf(machine, site, named?.formula ?? LEDGER_FORMULA);
  const written = facts.series.map((series) => ({
    ...writtenOnce(series),
    isReading: readingsOf(machine, series.signal),
  }));
  const vocabulary = vocabularyInput(machine, facts.series, named?.vocabulary);
  const counted = countedSignalsOf(machine);
  const calendarOf = calendarInput(facts.pieces);

  /** Adds a series as a cell sees it; `false` where the cell sees nothing of it. */
  const addSeries = (
    { head, gapHead, series, ts, values, isReading }: (typeof written)[number],
    { from, to }: Span,
    isFirst: boolean,
  ): boolean => {
    const inside = lowerBound(series.ts, from);
    const end = lowerBound(series.ts, to);
    const isCounted = counted.includes(series.signal);
    // What is no count is passed over: the last one before it is what is counted on from.
    const rule = machine.counters[series.signal];
    const notBefore = from - LONGEST_WITHOUT_COUNT_MS;
    const carried =
      isCounted && inside < end ? readingBefore(series, inside, { isReading, notBefore }) : inside - 1;
    const first = Math.max(0, carried);
    if (first >= end) return false;
    const gap =
      isCounted &&
      first < inside &&
      inside < end &&
      countsSince(rule, series.values[first], series.values[inside]) &&
      facts.unknownBetween(series.ts[first] as EpochMs, from);
    // What was passed over before the cell is no input of it.
    const passedOver = first + 1 < inside && inside < end;
    const addItems = (list: typeof ts): void => {
      if (passedOver) {
        out.items(list, first, first + 1);
        out.encoded(COMMA);
      }
      out.items(list, passedOver ? inside : first, end);
    };
    if (!isFirst) out.encoded(COMMA);
    out.encoded(gap ? gapHead : head);
    addItems(ts);
    out.encoded(VALUE);
    addItems(values);
    out.encoded(CLOSE);
    return true;
  };

  return (cell: Span): Uint8Array => {
    out.encoded(OPEN);
    const annotations = annotationsIn(facts.annotated, cell);
    if (annotations.length > 0) out.text(`"annotations":${canonical(annotations)},`);
    out.encoded(CALENDAR);
    out.encoded(calendarOf(cell));
    const changeovers = clippedTo(facts.changeovers, cell);
    if (changeovers.length > 0) out.text(`,"changeovers":${canonical(changeovers)}`);
    out.encoded(rules.upToCrossing);
    out.text(canonical(crossingStops(facts.stops, cell)));
    out.text(`,"cycles":${canonical(cyclesIn(facts, cell))}`);
    if (machine.derive)
      out.text(`,"derived":${canonical(derivedInput(machine.derive, facts.derived, cell))}`);
    // Another meter than the usual one is an input where the machine has one.
    if (machine.energy) out.encoded(rules.energy);
    if (facts.failedBefore(cell.from)) out.encoded(FAILED);
    out.encoded(rules.upToFrom);
    out.text(String(cell.from));
    out.encoded(rules.upToSeries);
    let isFirst = true;
    for (const one of written) if (addSeries(one, cell, isFirst)) isFirst = false;
    out.encoded(SILENCES);
    out.text(canonical(silencesIn(machine, facts.silences, cell)));
    out.encoded(rules.upToTo);
    out.text(String(cell.to));
    out.encoded(VOCABULARY);
    const words = vocabulary(cell);
    if (typeof words === 'string') out.text(words);
    else out.encoded(words);
    out.encoded(CLOSE_INPUTS);
    return out.end();
  };
}

/** What all cells of a machine have in common, in the order in which it is written. */
function rulesOf(machine: Machine, site: Site | undefined, formula: string) {
  const counters = canonical(machine.counters as unknown as CanonicalValue);
  // The common table is part of the formula's version.
  const classes = site?.classes?.length
    ? `"classes":${canonical(site.classes as unknown as CanonicalValue)},`
    : '';
  return {
    upToCrossing: encodeJson(`,${classes}"counters":${counters},"crossing":`),
    energy: encodeJson(`,"energy":${canonical({ ...machine.energy })}`),
    upToFrom: encodeJson(`,"formula":"${formula}","from":`),
    upToSeries: encodeJson(
      `,"machine":${canonical(machine.path)},"maxSilenceMs":${machine.maxSilenceMs},"minorStopMs":${machine.minorStopMs},"series":[`,
    ),
    upToTo: encodeJson(`,"stateSignal":${canonical(machine.stateSignal)},"to":`),
  };
}

/** The parts of ascending spans that lie in a cell. */
const clippedTo = (spans: readonly Span[], cell: Span): CanonicalValue[] =>
  spans.flatMap((span) => {
    const part = intersect(span, cell);
    return part ? [[part.from, part.to]] : [];
  });

/** The ideal cycle that holds when a cell begins, and those that follow in it; `null`: the machine has none so far. */
function cyclesIn(
  { cycles: { at, cycleUs }, cyclesFrom }: Pick<InputFacts, 'cycles' | 'cyclesFrom'>,
  { from, to }: Span,
): CanonicalValue {
  if (cyclesFrom >= to) return null;
  const first = lowerBound(at, from + 1);
  const following = at
    .slice(first, lowerBound(at, to))
    .map((instant, place): CanonicalValue => [instant, cycleUs[first + place] as number | null]);
  return [[from, cycleUs[first - 1] as number | null], ...following];
}

/** The rule, and the states that it gives in a cell, from the one that holds at its begin. */
function derivedInput(
  rule: DerivedRule,
  series: SeriesFacts | undefined,
  { from, to }: Span,
): CanonicalValue {
  const { ts, values } = series ?? { ts: [], values: [] };
  const first = lowerBound(ts, from + 1);
  const states = ts
    .slice(first, lowerBound(ts, to))
    .map((at, place): CanonicalValue => [at, values[first + place] as string]);
  const holding = values[first - 1];
  if (holding !== undefined) states.unshift([from, holding as string]);
  return { rule: rule as unknown as CanonicalValue, states };
}

/** A vocabulary that is shipped is named; of another one what it says of the words of a cell is an input. */
function vocabularyInput(
  machine: Machine,
  series: readonly SeriesFacts[],
  name?: string,
): (cell: Span) => Uint8Array | string {
  const vocabulary = wordsOf(machine);
  if (!machine.words) {
    const named = encodeJson(canonical(name ?? `${vocabulary.id}/${vocabulary.version}`));
    return () => named;
  }
  const saidIn = (signal: string, { from, to }: Span): readonly string[] => {
    const { ts = [], values = [] } = series.find((one) => one.signal === signal) ?? {};
    const inside = lowerBound(ts, from);
    // What held before is no part of a cell at whose very begin something else was said.
    const first = ts[inside] === from ? inside : Math.max(0, inside - 1);
    return values.slice(first, lowerBound(ts, to)).map(String);
  };
  return (cell) =>
    canonical(appliedWords(vocabulary, saidIn(machine.stateSignal, cell), (signal) => saidIn(signal, cell)));
}

/** A series as bytes: hours, shifts and days have their inputs from the same ones. */
function writtenOnce(series: SeriesFacts) {
  const head = `"quality":"good","signal":${JSON.stringify(series.signal)},"ts":[`;
  const known = new Map<SignalValue, Uint8Array>();
  /** Words recur endlessly, counts don't. */
  const json = (value: SignalValue): Uint8Array => {
    if (typeof value !== 'string') return encodeJson(canonical(value));
    return known.getOrInsertComputed(value, () => encodeJson(JSON.stringify(value)));
  };
  return {
    series,
    head: encodeJson(`{${head}`),
    gapHead: encodeJson(`{"gap":true,${head}`),
    ts: instantList(series.ts),
    values: jsonList(series.values, json),
  };
}

const FAILED = encodeJson(',"failed":true');
const OPEN = encodeJson('{');
const CALENDAR = encodeJson('"calendar":');
const COMMA = encodeJson(',');
const VALUE = encodeJson('],"value":[');
const CLOSE = encodeJson(']}');
const VOCABULARY = encodeJson(',"vocabulary":');
const CLOSE_INPUTS = encodeJson('}');
const SILENCES = encodeJson('],"silences":');

/** The silences that make time of a cell unknown; one that lasts to the cell's end and beyond has no end in it. */
function silencesIn({ maxSilenceMs }: Machine, silences: readonly Silence[], cell: Span) {
  return silences
    .flatMap(({ lastHeard, nextHeard }) => {
      if (lastHeard === null || maxSilenceMs === null) return [];
      const unknown = { from: lastHeard + maxSilenceMs, to: nextHeard ?? Number.POSITIVE_INFINITY };
      return intersect(unknown, cell) ? [[lastHeard, unknown.to < cell.to ? nextHeard : null] as const] : [];
    })
    .sort((a, b) => a[0] - b[0]);
}

/** What people said of a cell's time; who said it, and in how many edits, is no input. */
function annotationsIn(annotated: readonly Annotated[], cell: Span): CanonicalValue[] {
  const said: { from: EpochMs; to: EpochMs; said: string; rest: Record<string, CanonicalValue> }[] = [];
  for (const one of annotated) {
    const span = intersect(one, cell);
    if (!span) continue;
    const { reason, class: entered, byHand, states } = one;
    const rest = {
      class: entered,
      reason,
      ...(byHand && { byHand }),
      ...(states && { states: [...states].sort() }),
    };
    const content = canonical(rest);
    const last = said.at(-1);
    if (last?.to === span.from && last.said === content) last.to = span.to;
    else said.push({ ...span, said: content, rest });
  }
  return said.map(({ from, to, rest }) => ({ ...rest, from, to }));
}

/** The minor stops that reach over a border of a cell, or are open in it, in their whole length; stops are ascending. */
function crossingStops(stops: readonly MinorStop[], cell: Span): (EpochMs | null)[][] {
  const first = bisect(stops.length, (index) => (stops[index] as MinorStop).to <= cell.from);
  const end = bisect(stops.length, (index) => (stops[index] as MinorStop).from < cell.to);
  // Only the outermost two can reach out.
  return [...new Set([first, end - 1])]
    .filter((index) => first <= index && index < end)
    .map((index) => stops[index] as MinorStop)
    .filter((stop) => stop.open || stop.from < cell.from || stop.to > cell.to)
    .map((stop) => [stop.from, stop.open ? null : stop.to]);
}

/** How many of the ascending instants lie before one. */
const lowerBound = (ts: readonly EpochMs[], instant: EpochMs): number =>
  bisect(ts.length, (index) => instant > (ts[index] as EpochMs));
