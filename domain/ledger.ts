import { type ClassCursor, classCursor } from './class-cursor.ts';
import { classFactsOf, type JudgedFacts } from './class-facts.ts';
import { increments } from './counters.ts';
import { type CycleCursor, cycleCursor } from './cycle-cursor.ts';
import { settleMs } from './derived/rule.ts';
import { derivedSeries } from './derived/states.ts';
import { inputsWriter } from './ledger-inputs.ts';
import { type ClassMs, type LedgerFlag, type LedgerSums, TIME_CLASSES, zeroMs } from './ledger-row.ts';
import type { Meaning } from './meaning.ts';
import { cyclesOf, cycleTape, hasCyclesFrom } from './orders/cycles.ts';
import { pieceCounter } from './piece-count.ts';
import { digestSignalsOf, seriesOf } from './signals.ts';
import { STATES } from './state.ts';
import type { StateTape } from './state-tape.ts';
import { flagsOf } from './sums.ts';
import type { EpochMs, Span } from './time.ts';

export { contextOf, earlierContext } from './ledger-context.ts';
export { addSums } from './sums.ts';

/** A cell's ledger with the digest of its inputs. `to` is not later than `asOf`. */
export interface CellResult extends LedgerSums, Span {
  readonly digest: string;
}

/** The facts hold the signals of `ledgerSignalsOf`. */
export interface LedgerInput extends JudgedFacts {
  /** SHA-256 in hex; the inputs are canonical JSON in UTF-8, to be used at once. */
  readonly digestOf: (inputs: Uint8Array) => string;
}

/**
 * A machine's time ledger, cell by cell: a function of stored facts and `asOf` only (semantics "The time ledger").
 * Gives cells that are ascending and disjoint; called again it gives others (hours, days) of the same facts. A cell that
 * `asOf` cuts ends there and is provisional.
 */
export function machineLedger({
  digestOf,
  ...judged
}: LedgerInput): (cells: readonly Span[]) => CellResult[] {
  const { machine, site, facts, pieces, asOf } = judged;
  const classFacts = classFactsOf(judged, { reasons: false });
  const { tape, stops } = classFacts;
  const unknown = unknownSpans(tape);
  const versions = cyclesOf(machine, judged.entered?.cycles);
  const cycles = cycleTape(versions, seriesOf(facts, 'product'));
  const cyclesFrom = hasCyclesFrom(versions);
  const grown = {
    count: increments(seriesOf(facts, 'count'), machine.counters.count),
    reject: increments(seriesOf(facts, 'reject'), machine.counters.reject),
  };
  const firstCount = seriesOf(facts, 'count')?.ts[0] ?? Number.POSITIVE_INFINITY;
  const inputsOf = inputsWriter(machine, site, {
    series: digestSignalsOf(machine)
      .map((signal) => seriesOf(facts, signal))
      .filter((series) => series !== undefined),
    silences: facts.silences,
    stops,
    pieces,
    derived: derivedSeries(machine, facts, asOf),
    cycles,
    cyclesFrom,
    unknownBetween: (from, to) => unknown.some((span) => span.from < to && span.to > from),
  });

  const cellReader = (): ((whole: Span) => CellResult) => {
    const timeIn = timeCounter(classCursor(classFacts), cycleCursor(cycles));
    const piecesOf = (signal: 'count' | 'reject') =>
      pieceCounter({
        grown: grown[signal],
        unknown,
        classes: classCursor(classFacts),
        cycles: cycleCursor(cycles),
      });
    const countIn = piecesOf('count');
    const rejectIn = piecesOf('reject');
    return (whole) => {
      const cell = { from: whole.from, to: Math.max(whole.from, Math.min(whole.to, asOf)) };
      const flags = new Set<LedgerFlag>();
      if (whole.to + settleMs(machine.derive) > asOf) flags.add('provisional');
      if (!machine.declared) flags.add('undeclared');
      const { ms, withoutCycle } = timeIn(cell, flags);
      const hasCycles = cyclesFrom < cell.to;
      // Where a machine ran and no count of it was ever heard, nothing is known of its pieces: not that there were none.
      if (ms.running > 0 && hasCycles && firstCount >= cell.to) flags.add('no-count');
      const count = countIn(cell, flags);
      const reject = rejectIn(cell, flags);
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
      };
      return { ...cell, ...sums, flags: flagsOf(flags, sums), digest: digestOf(inputsOf(cell)) };
    };
  };
  return (cells) => cells.map(cellReader());
}

const UNKNOWN = STATES.indexOf('unknown');

/** The stretches in which a tape's state is unknown, ascending; the first reaches back to minus infinity. */
function unknownSpans({ at, meanings }: StateTape): Span[] {
  const spans: Span[] = [];
  for (let index = 0; index < meanings.length; index++) {
    if ((meanings[index] as Meaning).code !== UNKNOWN) continue;
    spans.push({ from: at[index] as EpochMs, to: at[index + 1] ?? Number.POSITIVE_INFINITY });
  }
  return spans;
}

const RUNNING = TIME_CLASSES.indexOf('running');
const MINOR_STOP = TIME_CLASSES.indexOf('minorStop');

/** Sums time by class, cell by cell, ascending. */
function timeCounter(classes: ClassCursor, cycles: CycleCursor) {
  const sums = new Float64Array(TIME_CLASSES.length);
  return (
    { from, to }: Span,
    flags: Set<LedgerFlag>,
  ): { readonly ms: ClassMs; readonly withoutCycle: boolean } => {
    sums.fill(0);
    let withoutCycle = false;
    for (let instant = from; instant < to; ) {
      classes.seek(instant);
      cycles.seek(instant);
      const { code, meaning } = classes;
      const next = Math.min(to, classes.until, cycles.until);
      sums[code] = (sums[code] as number) + (next - instant);
      if (code === RUNNING && cycles.cycleUs === null) withoutCycle = true;
      if (code === MINOR_STOP && classes.inOpenStop) flags.add('provisional');
      if (meaning.unmapped) flags.add('unmapped-state');
      instant = next;
    }
    const ms = zeroMs();
    for (const [place, name] of TIME_CLASSES.entries()) ms[name] = sums[place] as number;
    return { ms, withoutCycle };
  };
}
