import type { DuckDBConnection } from '@duckdb/node-api';
import type { Silence } from '../../domain/facts.ts';
import type { DurationMs, EpochMs, Span } from '../../domain/time.ts';
import { silencesOf } from '../silences.ts';
import { int32s, integers } from './columns.ts';
import { eachChunk } from './database.ts';
import { LONGEST_MS, type Stretch, unsaved } from './heard.ts';
import { amongMachines, inSpan } from './observations.ts';
import type { MachineEntry } from './picture.ts';

/**
 * How long before a span stretches are read. The last instant before the span lies in a stretch that begins at most
 * {@link LONGEST_MS} earlier: one known to begin in the later half of the reach proves that nothing later is missed.
 */
const REACH_MS = 2 * LONGEST_MS;

export interface Listener {
  readonly machine: MachineEntry;
  readonly silenceMs: DurationMs;
  /** Stretches that only memory had when the reading began. */
  readonly stretches: readonly Stretch[];
  readonly firstHeard: EpochMs;
}

/** What memory knows, to be taken before the transaction begins: what is saved in between is then seen twice, not lost. */
export const stretchesInMemory = ({ heard }: MachineEntry): readonly Stretch[] =>
  unsaved(heard).map((stretch) => ({ ...stretch }));

/** The silences of many machines in a span, by machine id. */
export async function readSilences(
  connection: DuckDBConnection,
  listeners: readonly Listener[],
  span: Span,
): Promise<Map<number, readonly Silence[]>> {
  const stretches = new Map<number, Stretch[]>();
  if (listeners.length === 0) return new Map();
  for (const { machine, stretches: known } of listeners) {
    stretches.set(
      machine.id,
      known.filter(({ first }) => first < span.to),
    );
  }
  const ids = listeners.map(({ machine }) => machine.id);
  const near = { from: span.from - REACH_MS, to: span.to };
  await addStretches(
    connection,
    stretches,
    `${amongMachines(ids)} AND first >= ${near.from} AND first < ${near.to}`,
  );
  await addOlder(connection, stretches, listeners, span.from);
  await addInstants(connection, stretches, listeners, span);
  const silences = new Map<number, readonly Silence[]>();
  for (const { machine, silenceMs } of listeners) {
    const [heard, until] = merged(stretches.get(machine.id) as Stretch[]);
    silences.set(machine.id, silencesOf(heard, span, silenceMs, until));
  }
  return silences;
}

async function addStretches(
  connection: DuckDBConnection,
  stretches: Map<number, Stretch[]>,
  where: string,
): Promise<void> {
  await eachChunk(connection, `SELECT machine, first, last, gap FROM heard WHERE ${where}`, (chunk) => {
    const [first, last, gap] = [integers(chunk, 1), integers(chunk, 2), integers(chunk, 3)];
    for (const [row, machine] of int32s(chunk, 0).entries()) {
      stretches
        .get(machine)
        ?.push({ first: first[row] as number, last: last[row] as number, gap: gap[row] as number });
    }
  });
}

/** Machines silent for long before the span: their last instant of all before it. */
async function addOlder(
  connection: DuckDBConnection,
  stretches: Map<number, Stretch[]>,
  listeners: readonly Listener[],
  from: EpochMs,
): Promise<void> {
  const silent = listeners.filter(
    ({ machine, firstHeard }) =>
      firstHeard < from &&
      !(stretches.get(machine.id) as Stretch[]).some(
        ({ first }) => first < from && first >= from - LONGEST_MS,
      ),
  );
  if (silent.length === 0) return;
  const sql = `SELECT machine, max(last) FROM heard
    WHERE ${amongMachines(silent.map(({ machine }) => machine.id))} AND first < ${from} GROUP BY machine`;
  await eachChunk(connection, sql, (chunk) => {
    const last = integers(chunk, 1);
    for (const [row, machine] of int32s(chunk, 0).entries()) {
      const at = last[row] as number;
      stretches.get(machine)?.push({ first: at, last: at, gap: 0 });
    }
  });
}

/**
 * Where a silence shorter than a stretch's longest gap is asked for, the observations themselves must be read: their
 * instants take the place of such stretches.
 */
async function addInstants(
  connection: DuckDBConnection,
  stretches: Map<number, Stretch[]>,
  listeners: readonly Listener[],
  span: Span,
): Promise<void> {
  const ids: number[] = [];
  let from = span.to;
  let to = span.from;
  for (const { machine, silenceMs } of listeners) {
    const isLoose = ({ gap, last }: Stretch): boolean => gap > silenceMs && last >= span.from;
    const all = stretches.get(machine.id) as Stretch[];
    const loose = all.filter(isLoose);
    if (loose.length === 0) continue;
    ids.push(machine.id);
    for (const { first, last } of loose) {
      from = Math.min(from, first);
      to = Math.max(to, last + 1);
    }
    stretches.set(
      machine.id,
      all.filter((stretch) => !isLoose(stretch)),
    );
  }
  if (ids.length === 0) return;
  const where = `${amongMachines(ids)} AND ${inSpan({ from, to: Math.min(span.to, to) })}`;
  const heard = ['gauge', 'text', 'int64', 'boolean']
    .map((table) => `SELECT machine, ts FROM ${table} WHERE ${where}`)
    .join(' UNION ');
  await eachChunk(connection, heard, (chunk) => {
    const ts = integers(chunk, 1);
    for (const [row, machine] of int32s(chunk, 0).entries()) {
      const at = ts[row] as number;
      stretches.get(machine)?.push({ first: at, last: at, gap: 0 });
    }
  });
}

/** Beginnings and ends of what the stretches cover together, ascending. */
function merged(stretches: readonly Stretch[]): [EpochMs[], EpochMs[]] {
  const firsts: EpochMs[] = [];
  const lasts: EpochMs[] = [];
  for (const { first, last } of stretches.toSorted((a, b) => a.first - b.first)) {
    const end = lasts.at(-1);
    if (end === undefined || first > end) {
      firsts.push(first);
      lasts.push(last);
    } else if (last > end) lasts[lasts.length - 1] = last;
  }
  return [firsts, lasts];
}
