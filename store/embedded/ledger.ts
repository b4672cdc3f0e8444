import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';
import type { Counts, LedgerFlag } from '../../domain/ledger-row.ts';
import { inScope } from '../../domain/path.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { Grain, HistoryQuery, LedgerQuery, RecordedCell } from '../port.ts';
import { bigints, booleans, createTextReader, doubles, int32s, integers } from './columns.ts';
import { eachChunk } from './database.ts';
import { DIGEST_WORDS, digests, digestWords } from './digest.ts';
import { amongMachines } from './observations.ts';
import { type MachineEntry, machineOf } from './picture.ts';
import { COUNTS, FURTHER, ledgerTable, TIME_CLASSES } from './schema.ts';
import { type Session, writeTransaction } from './session.ts';
import { flushTables, type Tables } from './tables.ts';
import { appendNames, namesSaved } from './write.ts';

/** Records cells in one transaction; those already there with another revision move to the history. */
export async function recordCells(session: Session, cells: readonly RecordedCell[]): Promise<void> {
  const { tables, picture } = session;
  if (cells.length === 0) return;
  await writeTransaction(session, async (connection) => {
    await connection.run('DELETE FROM ledger_stage');
    for (const wave of wavesOf(cells)) {
      for (const cell of wave) appendCell(tables, machineOf(picture, cell.machine), cell);
      appendNames(tables, picture);
      flushTables(tables);
      for (const [grain, staged] of Map.groupBy(wave, (cell) => cell.grain)) {
        const ids = staged.map((cell) => machineOf(picture, cell.machine).id);
        await replaceStaged(connection, grain, { ids, starts: staged.map(({ from }) => from) });
      }
      await connection.run('DELETE FROM ledger_stage');
    }
  });
  namesSaved(picture);
}

/** Moves the staged cells of a grain to their table, and what they replace to the history. */
async function replaceStaged(
  connection: DuckDBConnection,
  grain: Grain,
  { ids, starts }: { readonly ids: readonly number[]; readonly starts: readonly EpochMs[] },
): Promise<void> {
  const table = ledgerTable(grain);
  const stage = `(FROM ledger_stage WHERE grain = '${grain}') stage`;
  // Without these every batch would be compared with everything ever recorded.
  const near = `${table}.machine BETWEEN ${least(ids)} AND ${most(ids)}
    AND ${table}.start BETWEEN ${least(starts)} AND ${most(starts)}`;
  const [found] = await (
    await connection.run(`SELECT count(*) FROM ${table} JOIN ${stage} USING (machine, start) WHERE ${near}`)
  ).getRows();
  if (found?.[0] !== 0n) {
    await connection.run(`INSERT INTO ledger_history SELECT ${table}.* FROM ${table} JOIN ${stage}
      USING (machine, start) WHERE ${near} AND ${table}.revision <> stage.revision`);
    await connection.run(`DELETE FROM ${table} USING ${stage}
      WHERE ${near} AND ${table}.machine = stage.machine AND ${table}.start = stage.start`);
  }
  await connection.run(`INSERT INTO ${table} SELECT stage.* FROM ${stage}`);
}

const least = (numbers: readonly number[]): number => numbers.reduce((a, b) => Math.min(a, b));
const most = (numbers: readonly number[]): number => numbers.reduce((a, b) => Math.max(a, b));

/** Cells of which no two are the same cell: of two revisions given at once the later one replaces the earlier. */
function wavesOf(cells: readonly RecordedCell[]): readonly (readonly RecordedCell[])[] {
  const waves: RecordedCell[][] = [];
  const seen = new Map<string, number>();
  for (const cell of cells) {
    const key = `${cell.grain} ${cell.from} ${cell.machine}`;
    const wave = seen.get(key) ?? 0;
    seen.set(key, wave + 1);
    if (wave === waves.length) waves.push([]);
    waves[wave]?.push(cell);
  }
  return waves;
}

function appendCell({ ledger }: Tables, { id }: MachineEntry, cell: RecordedCell): void {
  const { row } = ledger.rows;
  ledger.machine.values[row] = id;
  ledger.grain.values[row] = cell.grain;
  ledger.start.values[row] = cell.from;
  ledger.stop.values[row] = cell.to;
  ledger.revision.values[row] = cell.revision;
  ledger.flags.values[row] = cell.flags.join(' ');
  for (const [index, word] of digestWords(cell.digest).entries()) {
    (ledger.digest[index] as Tables['ledger']['digest'][number]).values[row] = word;
  }
  for (const [index, column] of ledger.ms.entries()) {
    column.values[row] = cell.ms[TIME_CLASSES[index] as (typeof TIME_CLASSES)[number]];
  }
  const { productive, rejectLoss, speedLoss } = cell.runningUs ?? {
    productive: 0n,
    rejectLoss: 0n,
    speedLoss: 0n,
  };
  ledger.split.values[row] = cell.runningUs ? 1 : 0;
  for (const [index, value] of [productive, rejectLoss, speedLoss].entries()) {
    (ledger.us[index] as Tables['ledger']['us'][number]).values[row] = value;
  }
  for (const [index, column] of ledger.counts.entries()) {
    column.values[row] = cell.counts[COUNTS[index] as keyof Counts];
  }
  for (const [index, value] of furtherValues(cell).entries()) {
    (ledger.further[index] as Tables['ledger']['further'][number]).values[row] = value;
  }
  ledger.rows.next();
}

/** In the order of {@link FURTHER}. */
function furtherValues({ quality, orders, failures, energyWh }: RecordedCell): readonly number[] {
  const energy = energyWh ?? { planned: 0, outside: 0, duringUnknown: 0 };
  return [
    ...[quality.rework ?? 0, quality.inspected],
    ...[orders.ms, orders.unknownMs, orders.busyMs, orders.runningMs, orders.produced],
    ...[failures, energy.planned, energy.outside, energy.duringUnknown],
    ...[quality.rework === null ? 0 : 1, energyWh === null ? 0 : 1],
  ];
}

/** The recorded cells that lie wholly in the span, by machine path, then time. */
export async function recordedCells(
  session: Session,
  { grain, scope, from, to }: LedgerQuery,
): Promise<readonly RecordedCell[]> {
  const machines = [...session.picture.machines.values()].filter(({ path }) => inScope(path, scope));
  if (machines.length === 0) return [];
  const among = scope === '' ? 'true' : amongMachines(machines.map(({ id }) => id));
  const rows = `${ledgerTable(grain)} WHERE start >= ${from} AND stop <= ${to} AND ${among}`;
  const cells = await cellsIn(session, rows, grain);
  return machines
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .flatMap(({ id }) => inOrder(cells.get(id) ?? []));
}

/** Older revisions of a machine's cells that begin in the span, by time, then revision. */
export async function olderCells(
  session: Session,
  { machine, grain, from, to }: HistoryQuery,
): Promise<readonly RecordedCell[]> {
  const id = session.picture.machines.get(machine)?.id;
  if (id === undefined) return [];
  const rows = `ledger_history WHERE machine = ${id} AND grain = '${grain}' AND start >= ${from} AND start < ${to}`;
  const cells = await cellsIn(session, rows, grain);
  return (cells.get(id) ?? []).sort((a, b) => a.from - b.from || a.revision - b.revision);
}

/** Cells of the rows that an SQL expression gives, by the machine's id. */
async function cellsIn(
  { database, picture }: Session,
  rows: string,
  grain: Grain,
): Promise<ReadonlyMap<number, RecordedCell[]>> {
  const cells = new Map<number, RecordedCell[]>();
  await database.read(async (connection) => {
    const flagSets = await flagSetsIn(connection, rows);
    const sql = `SELECT * EXCLUDE (grain) REPLACE (${placeOf(flagSets)} AS flags) FROM ${rows}`;
    if (flagSets.length === 0) return;
    const flags = flagSets.map((words) => (words === '' ? [] : (words.split(' ') as LedgerFlag[])));
    await eachChunk(connection, sql, (chunk) => {
      const cellAt = cellReader(chunk, { grain, flags });
      for (const [row, id] of int32s(chunk, 0).entries()) {
        const machine = picture.byId.get(id) as MachineEntry;
        cells.getOrInsertComputed(id, () => []).push(cellAt(row, machine.path));
      }
    });
  });
  return cells;
}

/** Cells are mostly recorded in the order of time; sorting what is sorted costs one pass. */
const inOrder = (cells: RecordedCell[]): RecordedCell[] => cells.sort((a, b) => a.from - b.from);

/** Flags come in few sets: they are read once, and each cell tells which it has. */
async function flagSetsIn(connection: DuckDBConnection, from: string): Promise<readonly string[]> {
  const sets: string[] = [];
  const text = createTextReader();
  await eachChunk(connection, `SELECT DISTINCT flags FROM ${from}`, (chunk) => {
    const words = text(chunk, 0);
    for (let row = 0; row < chunk.rowCount; row++) sets.push(words(row));
  });
  return sets;
}

/** An SQL expression: the place of a cell's flags in the list. They are words of the domain, without quotes. */
const placeOf = (flagSets: readonly string[]): string =>
  `(CASE flags ${flagSets.map((words, place) => `WHEN '${words.replaceAll("'", "''")}' THEN ${place}`).join(' ')} ELSE -1 END)::INTEGER`;

const FLAGS = 4;
const DIGEST = FLAGS + 1;
const MS = DIGEST + DIGEST_WORDS;
const SPLIT = MS + TIME_CLASSES.length;
const PIECES = SPLIT + 4;
const FURTHER_FROM = PIECES + COUNTS.length;

/** Reads cells of one result chunk. Written out, as tens of thousands of cells are made for one answer. */
function cellReader(
  chunk: DuckDBDataChunk,
  {
    grain,
    flags,
  }: {
    readonly grain: Grain;
    readonly flags: readonly (readonly LedgerFlag[])[];
  },
): (row: number, machine: string) => RecordedCell {
  const [from, to, revision] = [integers(chunk, 1), integers(chunk, 2), int32s(chunk, 3)];
  const [flagSet, digest] = [int32s(chunk, FLAGS), digests(chunk, DIGEST)];
  const classes = TIME_CLASSES.map((_, index) => integers(chunk, MS + index)) as unknown as Columns<
    typeof TIME_CLASSES
  >;
  const [notScheduled, plannedStop, extra, running, changeover, breakdown, delay, minorStop, idle, unknown] =
    classes;
  const split = booleans(chunk, SPLIT);
  const [productive, rejectLoss, speedLoss] = [1, 2, 3].map((at) => bigints(chunk, SPLIT + at)) as [
    BigInt64Array,
    BigInt64Array,
    BigInt64Array,
  ];
  const counts = COUNTS.map((_, index) => doubles(chunk, PIECES + index)) as unknown as Columns<
    typeof COUNTS
  >;
  const [produced, good, reject, duringUnknown, extraPieces] = counts;
  const further = FURTHER.map(([, type], index) =>
    type === 'BOOLEAN' ? booleans(chunk, FURTHER_FROM + index) : doubles(chunk, FURTHER_FROM + index),
  ) as unknown as Columns<typeof FURTHER>;
  const [rework, inspected, orderMs, orderUnknown, orderBusy, orderRunning, orderProduced, ...rest] = further;
  const [failures, energyPlanned, energyOutside, energyUnknown, hasRework, hasEnergy] = rest;
  return (row, machine) => {
    return {
      machine,
      grain,
      from: from[row] as number,
      to: to[row] as number,
      ms: {
        notScheduled: notScheduled[row] as number,
        plannedStop: plannedStop[row] as number,
        extra: extra[row] as number,
        running: running[row] as number,
        changeover: changeover[row] as number,
        breakdown: breakdown[row] as number,
        delay: delay[row] as number,
        minorStop: minorStop[row] as number,
        idle: idle[row] as number,
        unknown: unknown[row] as number,
      },
      runningUs: split[row]
        ? {
            productive: productive[row] as bigint,
            rejectLoss: rejectLoss[row] as bigint,
            speedLoss: speedLoss[row] as bigint,
          }
        : null,
      counts: {
        produced: produced[row] as number,
        good: good[row] as number,
        reject: reject[row] as number,
        duringUnknown: duringUnknown[row] as number,
        extra: extraPieces[row] as number,
      },
      quality: {
        rework: hasRework[row] ? (rework[row] as number) : null,
        inspected: inspected[row] as number,
      },
      orders: {
        ms: orderMs[row] as number,
        unknownMs: orderUnknown[row] as number,
        busyMs: orderBusy[row] as number,
        runningMs: orderRunning[row] as number,
        produced: orderProduced[row] as number,
      },
      failures: failures[row] as number,
      energyWh: hasEnergy[row]
        ? {
            planned: energyPlanned[row] as number,
            outside: energyOutside[row] as number,
            duringUnknown: energyUnknown[row] as number,
          }
        : null,
      flags: flags[flagSet[row] as number] as readonly LedgerFlag[],
      digest: digest(row),
      revision: revision[row] as number,
    };
  };
}

type Columns<T extends readonly unknown[]> = { readonly [K in keyof T]: Float64Array };
