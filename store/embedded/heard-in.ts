import type { DuckDBConnection } from '@duckdb/node-api';
import type { EpochMs, Span } from '../../domain/time.ts';
import type { HeardQuery } from '../port.ts';
import { int32s, integers } from './columns.ts';
import { eachChunk } from './database.ts';
import { LONGEST_MS } from './heard.ts';
import { amongMachines, inSpan } from './observations.ts';
import type { MachineEntry } from './picture.ts';
import type { Session } from './session.ts';
import { stretchesInMemory } from './silences.ts';

/**
 * In which spans machines were heard. A stretch is no longer than {@link LONGEST_MS}, so one that touches a span at
 * least as long begins or ends in it: the table `heard` tells. For shorter spans the observations themselves are read.
 */
export async function heardInSpans(
  { picture, database }: Session,
  { machines, spans }: HeardQuery,
): Promise<readonly (readonly boolean[])[]> {
  const answers = new Map<number, boolean[]>();
  const entries = machines.map((path) => picture.machines.get(path));
  for (const entry of entries) if (entry) answers.set(entry.id, new Array(spans.length).fill(false));
  if (answers.size > 0 && spans.length > 0) {
    const note = noter(spans, answers);
    const ids = [...answers.keys()];
    const areLong = spans.every(({ from, to }) => to - from >= LONGEST_MS);
    if (areLong) noteMemory(entries, note);
    await database.read(async (connection) => {
      for (const run of runsOf(spans)) {
        if (areLong) await noteStretches(connection, ids, run, note);
        else await noteInstants(connection, ids, run, note);
      }
    });
  }
  return entries.map((entry) => (entry && answers.get(entry.id)) ?? new Array(spans.length).fill(false));
}

/** Spans that lie closer together than this are read in one go. */
const NEAR_MS = 86_400_000;

/** The stretches that hold the spans, without what lies far between them. */
function runsOf(spans: readonly Span[]): readonly Span[] {
  const runs: Span[] = [];
  for (const { from, to } of spans) {
    const last = runs.at(-1);
    if (last && from - last.to <= NEAR_MS) runs[runs.length - 1] = { from: last.from, to };
    else runs.push({ from, to });
  }
  return runs;
}

type Note = (machine: number, at: EpochMs) => void;

/** Notes instants; those of one machine mostly come in order, so the span of the last one is tried first. */
function noter(spans: readonly Span[], answers: ReadonlyMap<number, boolean[]>): Note {
  let place = 0;
  const holds = (at: EpochMs): boolean => at >= (spans[place] as Span).from && at < (spans[place] as Span).to;
  return (machine, at) => {
    if (!holds(at)) {
      place = placeOf(spans, at);
      if (!holds(at)) return;
    }
    (answers.get(machine) as boolean[])[place] = true;
  };
}

/** The last span that begins at or before an instant, else the first. */
function placeOf(spans: readonly Span[], at: EpochMs): number {
  let low = 0;
  let high = spans.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((spans[middle] as Span).from <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

function noteMemory(entries: readonly (MachineEntry | undefined)[], note: Note): void {
  for (const entry of entries) {
    if (!entry) continue;
    for (const { first, last } of stretchesInMemory(entry)) {
      note(entry.id, first);
      note(entry.id, last);
    }
  }
}

async function noteStretches(
  connection: DuckDBConnection,
  ids: readonly number[],
  { from, to }: Span,
  note: Note,
): Promise<void> {
  const sql = `SELECT machine, first, last FROM heard
    WHERE ${amongMachines(ids)} AND first >= ${from - LONGEST_MS} AND first < ${to}`;
  await eachChunk(connection, sql, (chunk) => {
    const [first, last] = [integers(chunk, 1), integers(chunk, 2)];
    for (const [row, machine] of int32s(chunk, 0).entries()) {
      note(machine, first[row] as number);
      note(machine, last[row] as number);
    }
  });
}

async function noteInstants(
  connection: DuckDBConnection,
  ids: readonly number[],
  run: Span,
  note: Note,
): Promise<void> {
  for (const table of ['gauge', 'text', 'int64', 'boolean']) {
    const sql = `SELECT machine, ts FROM ${table} WHERE ${amongMachines(ids)} AND ${inSpan(run)}`;
    await eachChunk(connection, sql, (chunk) => {
      const ts = integers(chunk, 1);
      for (const [row, machine] of int32s(chunk, 0).entries()) note(machine, ts[row] as number);
    });
  }
}
