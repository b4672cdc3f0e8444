import type { MachinePath } from '../../domain/path.ts';
import type { DurationMs, EpochMs, Span } from '../../domain/time.ts';
import type { HeardQuery } from '../port.ts';
import { BY_MACHINE, identifier, instantOf, machineOf, machinesAre, type Query, where } from './influxql.ts';
import { HEARD } from './names.ts';

const MACHINES_AT_ONCE = 50;
const STATEMENTS_AT_ONCE = 200;
/** A gap of some days off is counted along; a longer one begins another statement. */
const NEAR_MS = 7 * 86_400_000;

/** Spans that one `GROUP BY time` cuts: of one length, their beginnings a multiple of it apart. */
interface Comb extends Span {
  readonly everyMs: DurationMs;
  readonly offsetMs: DurationMs;
}

/**
 * In which spans machines were heard, counted in the store. Days of one length make one statement, wherever a zone's
 * clock doesn't change; a day of 23 or 25 hours, and the days after it, make others.
 */
export async function readHeardIn(
  query: Query,
  { machines, spans }: HeardQuery,
): Promise<readonly (readonly boolean[])[]> {
  const places = new Map(spans.map(({ from, to }, place) => [keyOf(from, to - from), place]));
  const combs = combsOf(spans);
  const heard = new Map(machines.map((path) => [path, new Array<boolean>(spans.length).fill(false)]));
  const paths = [...heard.keys()];
  for (let at = 0; at < paths.length; at += MACHINES_AT_ONCE) {
    const among = machinesAre(paths.slice(at, at + MACHINES_AT_ONCE));
    for (let first = 0; first < combs.length; first += STATEMENTS_AT_ONCE) {
      const some = combs.slice(first, first + STATEMENTS_AT_ONCE);
      for await (const { statement, tags, values } of query(some.map((comb) => statementOf(comb, among)))) {
        const { everyMs } = some[statement] as Comb;
        const answers = heard.get(machineOf(tags)) as boolean[];
        for (const [begin, count] of values as [EpochMs, number][]) {
          const place = places.get(keyOf(begin, everyMs));
          if (place !== undefined && count > 0) answers[place] = true;
        }
      }
    }
  }
  return machines.map((path: MachinePath) => heard.get(path) as readonly boolean[]);
}

const keyOf = (from: EpochMs, lengthMs: DurationMs): string => `${from}+${lengthMs}`;

function combsOf(spans: readonly Span[]): readonly Comb[] {
  const alike = Map.groupBy(spans, ({ from, to }) => keyOf(phaseOf(from, to - from), to - from));
  return [...alike.values()].flatMap((teeth) => {
    const combs: Comb[] = [];
    for (const { from, to } of teeth) {
      const last = combs.at(-1);
      if (last && from - last.to <= NEAR_MS) combs[combs.length - 1] = { ...last, to };
      else combs.push({ from, to, everyMs: to - from, offsetMs: phaseOf(from, to - from) });
    }
    return combs;
  });
}

/** InfluxDB's buckets begin at multiples of their length since the epoch, moved by an offset. */
const phaseOf = (from: EpochMs, everyMs: DurationMs): DurationMs => ((from % everyMs) + everyMs) % everyMs;

const statementOf = ({ from, to, everyMs, offsetMs }: Comb, machines: string): string =>
  `SELECT count(${identifier(HEARD)}) FROM "signals" ${where(machines, `time >= ${instantOf(from)}`, `time < ${instantOf(to)}`)} ` +
  `${BY_MACHINE}, time(${everyMs}ms, ${offsetMs}ms) fill(none)`;
