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
  const silences = new Map<number, readonly Silence[]>();
  for (const { machine, silenceMs } of listeners) {
    const all = stretches.get(machine.id) as Stretch[];
    const loose = all.filter(({ gap, last }) => gap > silenceMs && last >= span.from);
    const exact = loose.length === 0 ? all : await instants(connection, machine.id, all, loose, span);
    const [heard, until] = merged(exact);
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

/** Where a silence shorter than a stretch's longest gap is asked for, the observations themselves must be read. */
async function instants(
  connection: DuckDBConnection,
  machine: number,
  all: readonly Stretch[],
  loose: readonly Stretch[],
  span: Span,
): Promise<readonly Stretch[]> {
  const from = Math.min(...loose.map(({ first }) => first));
  const to = Math.min(span.to, Math.max(...loose.map(({ last }) => last)) + 1);
  const heard = ['gauge', 'text', 'int64', 'boolean']
    .map((table) => `SELECT ts FROM ${table} WHERE machine = ${machine} AND ${inSpan({ from, to })}`)
    .join(' UNION ');
  const exact: Stretch[] = all.filter((stretch) => !loose.includes(stretch));
  await eachChunk(connection, heard, (chunk) => {
    for (const ts of integers(chunk, 0)) exact.push({ first: ts, last: ts, gap: 0 });
  });
  return exact;
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
