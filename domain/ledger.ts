import { type ClassCursor, classCursor } from './class-cursor.ts';
import { classFactsOf, type JudgedFacts } from './class-facts.ts';
import { increments } from './counters.ts';
import { type CycleCursor, cycleCursor } from './cycle-cursor.ts';
import { settleMs } from './derived/rule.ts';
import { derivedSeries } from './derived/states.ts';
import { energyIncrements } from './energy.ts';
import type { RemovedFacts } from './facts.ts';
import { failureCounter, failuresOf } from './failures.ts';
import { type InputNames, inputsWriter } from './ledger-inputs.ts';
import {
  type ClassMs,
  type LedgerFlag,
  type LedgerSums,
  type OrderSums,
  TIME_CLASSES,
  zeroMs,
} from './ledger-row.ts';
import type { Meaning } from './meaning.ts';
import { undecidedFrom } from './orders/changeovers.ts';
import { cyclesOf, cycleTape, hasCyclesFrom } from './orders/cycles.ts';
import { productSeries } from './orders/products.ts';
import { type PieceCount, pieceCounter } from './piece-count.ts';
import { DEFAULT_METER, digestSignalsOf, seriesOf } from './signals.ts';
import { STATES } from './state.ts';
import type { StateTape } from './state-tape.ts';
import { flagsOf } from './sums.ts';
import { type EpochMs, intersect, type Span } from './time.ts';
import { BUSY, CHANGEOVER_STATES } from './time-classes.ts';

export { earlierFailure, piecesBefore } from './failure-context.ts';
export { contextOf, earlierContext } from './ledger-context.ts';
export { addSums } from './sums.ts';

/** A cell's ledger with the digest of its inputs. `to` is not later than `asOf`. */
export interface CellResult extends LedgerSums, Span {
  readonly digest: string;
}

/** The facts hold the signals of `ledgerSignalsOf`; the pieces begin with `piecesBefore` the first cell. */
export interface LedgerInput extends JudgedFacts {
  /** SHA-256 in hex; the inputs are canonical JSON in UTF-8, to be used at once. */
  readonly digestOf: (inputs: Uint8Array) => string;
  /** What the inputs are named by; absent: as this version names them. */
  readonly named?: InputNames | undefined;
}

/**
 * A machine's time ledger, cell by cell: a function of stored facts and `asOf` only (semantics "The time ledger").
 * Gives cells that are ascending and disjoint; called again it gives others (hours, days) of the same facts. A cell that
 * `asOf` cuts ends there and is provisional.
 */
export function machineLedger({
  digestOf,
  named,
  ...judged
}: LedgerInput): (cells: readonly Span[]) => CellResult[] {
  const { machine, site, facts, pieces, asOf } = judged;
  const classFacts = classFactsOf(judged, { reasons: false });
  const { tape, stops, annotated } = classFacts;
  const unknown = unknownSpans(tape, facts.removed);
  const versions = cyclesOf(machine, judged.entered?.cycles);
  const cycles = cycleTape(versions, productSeries(facts, judged.entered));
  const cyclesFrom = hasCyclesFrom(versions);
  const meter = machine.energy ?? DEFAULT_METER;
  const counted = (signal: string) => increments(seriesOf(facts, signal), machine.counters[signal]);
  const grown = {
    count: counted('count'),
    reject: counted('reject'),
    rework: counted('rework'),
    inspected: counted('inspected'),
    energy: energyIncrements(seriesOf(facts, meter.signal), meter, machine.counters[meter.signal]),
  };
  const firstHeard = (signal: string): EpochMs => seriesOf(facts, signal)?.ts[0] ?? Number.POSITIVE_INFINITY;
  const first = {
    count: firstHeard('count'),
    rework: firstHeard('rework'),
    inspected: firstHeard('inspected'),
    energy: firstHeard(meter.signal),
  };
  const failures = failureCounter(failuresOf(classFacts));
  const undecided = undecidedFrom(tape, machine.changeover, asOf);
  const withoutHolidays = pieces.filter((piece) => piece.noHolidayData);
  const inputsOf = inputsWriter(machine, site, {
    series: digestSignalsOf(machine)
      .map((signal) => seriesOf(facts, signal))
      .filter((series) => series !== undefined),
    silences: facts.silences,
    stops,
    annotated,
    changeovers: classFacts.changeovers,
    pieces,
    derived: derivedSeries(machine, facts, asOf),
    cycles,
    cyclesFrom,
    unknownBetween: (from, to) => unknown.some((span) => span.from < to && span.to > from),
    failedBefore: failures.failedBefore,
    named,
  });

  const cellReader = (): ((whole: Span) => CellResult) => {
    const timeIn = timeCounter(classCursor(classFacts), cycleCursor(cycles), undecided);
    const piecesOf = (signal: keyof typeof grown) =>
      grown[signal].at.length === 0
        ? () => NO_PIECES
        : pieceCounter({
            grown: grown[signal],
            unknown,
            classes: classCursor(classFacts),
            cycles: cycleCursor(cycles),
          });
    const countIn = piecesOf('count');
    const rejectIn = piecesOf('reject');
    const reworkIn = piecesOf('rework');
    const inspectedIn = piecesOf('inspected');
    const energyIn = piecesOf('energy');
    return (whole) => {
      const cell = { from: whole.from, to: Math.max(whole.from, Math.min(whole.to, asOf)) };
      const flags = new Set<LedgerFlag>();
      if (whole.to + settleMs(machine.derive) > asOf) flags.add('provisional');
      if (!machine.declared) flags.add('undeclared');
      if (withoutHolidays.some((piece) => intersect(piece, cell))) flags.add('holiday-data-missing');
      const { ms, orders, withoutCycle } = timeIn(cell, flags);
      const hasCycles = cyclesFrom < cell.to;
      // Where a machine ran and no count of it was ever heard, nothing is known of its pieces: not that there were none.
      if (ms.running > 0 && hasCycles && first.count >= cell.to) flags.add('no-count');
      const count = countIn(cell, flags);
      const reject = rejectIn(cell, flags);
      const rework = reworkIn(cell, flags);
      const inspected = inspectedIn(cell, flags);
      const energy = energyIn(cell, flags);
      const splits = hasCycles && !withoutCycle && !count.withoutCycle && !reject.withoutCycle;
      const productive = count.idealUs - reject.idealUs;
      const sums = {
        ms,
        runningUs: splits
          ? {
              productive,
              rejectLoss: reject.idealUs,
              speedLoss: BigInt(ms.running) * 1000n - count.idealUs,
            }
          : null,
        counts: {
          produced: count.counted,
          good: count.counted - reject.counted,
          reject: reject.counted,
          duringUnknown: count.duringUnknown,
          extra: count.extra,
        },
        quality: {
          // Where nothing was made, nothing was reworked.
          rework: first.rework >= cell.to && count.counted > 0 ? null : rework.counted,
          inspected: first.inspected >= cell.to ? count.counted : inspected.counted,
        },
        orders: { ...orders, produced: count.ordered },
        failures: failures.countIn(cell),
        energyWh:
          first.energy >= cell.to && ms.running > 0
            ? null
            : { planned: energy.counted, outside: energy.extra, duringUnknown: energy.duringUnknown },
      };
      return { ...cell, ...sums, flags: flagsOf(flags, sums), digest: digestOf(inputsOf(cell)) };
    };
  };
  return (cells) => cells.map(cellReader());
}

const UNKNOWN = STATES.indexOf('unknown');
const CAN_CHANGE = STATES.map((state) => CHANGEOVER_STATES.includes(state));

/**
 * The stretches in which a tape's state is unknown, ascending; the first reaches back to minus infinity. Where
 * observations were removed, the last one before is told, not read from what is left.
 */
function unknownSpans({ at, meanings }: StateTape, removed: RemovedFacts | undefined): Span[] {
  const begin = removed?.before ?? Number.NEGATIVE_INFINITY;
  const told = removed?.unknownUntil ?? null;
  const spans: Span[] = told === null ? [] : [{ from: Number.NEGATIVE_INFINITY, to: told }];
  for (let index = 0; index < meanings.length; index++) {
    if ((meanings[index] as Meaning).code !== UNKNOWN) continue;
    const to = at[index + 1] ?? Number.POSITIVE_INFINITY;
    if (to > begin) spans.push({ from: Math.max(at[index] as EpochMs, begin), to });
  }
  return spans;
}

const NO_PIECES: PieceCount = {
  counted: 0,
  extra: 0,
  duringUnknown: 0,
  ordered: 0,
  idealUs: 0n,
  withoutCycle: false,
};

const UNKNOWN_TIME = TIME_CLASSES.indexOf('unknown');
/** Actual unit busy time (AUBT) by place in {@link TIME_CLASSES}. */
const IS_BUSY = TIME_CLASSES.map((name) => BUSY.has(name));

const RUNNING = TIME_CLASSES.indexOf('running');
const CHANGEOVER = TIME_CLASSES.indexOf('changeover');
const MINOR_STOP = TIME_CLASSES.indexOf('minorStop');

/** Sums time by class, cell by cell, ascending. */
function timeCounter(classes: ClassCursor, cycles: CycleCursor, undecided: EpochMs) {
  const sums = new Float64Array(TIME_CLASSES.length);
  return (
    { from, to }: Span,
    flags: Set<LedgerFlag>,
  ): {
    readonly ms: ClassMs;
    readonly orders: Omit<OrderSums, 'produced'>;
    readonly withoutCycle: boolean;
  } => {
    sums.fill(0);
    const orders = { ms: 0, unknownMs: 0, busyMs: 0, runningMs: 0 };
    let withoutCycle = false;
    for (let instant = from; instant < to; ) {
      classes.seek(instant);
      cycles.seek(instant);
      const { code, meaning } = classes;
      const next = Math.min(to, classes.until, cycles.until);
      sums[code] = (sums[code] as number) + (next - instant);
      if (classes.orderActive) {
        orders.ms += next - instant;
        if (code === UNKNOWN_TIME) orders.unknownMs += next - instant;
        if (IS_BUSY[code]) orders.busyMs += next - instant;
        if (code === RUNNING) orders.runningMs += next - instant;
      }
      if (code === RUNNING && cycles.cycleUs === null) withoutCycle = true;
      if (code === MINOR_STOP && classes.inOpenStop) flags.add('provisional');
      if (next > undecided && CAN_CHANGE[meaning.code] && code !== CHANGEOVER) flags.add('provisional');
      if (meaning.unmapped) flags.add('unmapped-state');
      instant = next;
    }
    const ms = zeroMs();
    for (const [place, name] of TIME_CLASSES.entries()) ms[name] = sums[place] as number;
    return { ms, orders, withoutCycle };
  };
}
