import type { Counts, LedgerFlag } from '../../domain/ledger-row.ts';
import { inScope } from '../../domain/path.ts';
import type { Grain, LedgerQuery, RecordedCell } from '../port.ts';
import { bigintLists, bigints, booleans, createTextReader, doubles, int32s, integers } from './columns.ts';
import { eachChunk } from './database.ts';
import { amongMachines } from './observations.ts';
import { type MachineEntry, machineOf } from './picture.ts';
import { COUNTS, TIME_CLASSES } from './schema.ts';
import { type Session, writeTransaction } from './session.ts';
import { flushTables, type Tables } from './tables.ts';
import { appendNames, namesSaved } from './write.ts';

/** Records cells in one transaction; those already there with another revision move to the history. */
export async function recordCells(session: Session, cells: readonly RecordedCell[]): Promise<void> {
  const { tables, picture } = session;
  if (cells.length === 0) return;
  const kpiSets = new Map(session.kpiSets);
  await writeTransaction(session, async (connection) => {
    await connection.run('DELETE FROM ledger_stage');
    for (const wave of wavesOf(cells)) {
      for (const cell of wave)
        appendCell(tables, machineOf(picture, cell.machine), kpiSetOf(tables, kpiSets, cell), cell);
      appendNames(tables, picture);
      flushTables(tables);
      await connection.run(`INSERT INTO ledger_history SELECT ledger.* FROM ledger JOIN ledger_stage stage
        USING (machine, grain, start) WHERE ledger.revision <> stage.revision`);
      await connection.run(`DELETE FROM ledger USING ledger_stage stage
        WHERE ledger.machine = stage.machine AND ledger.grain = stage.grain AND ledger.start = stage.start`);
      await connection.run('INSERT INTO ledger FROM ledger_stage');
      await connection.run('DELETE FROM ledger_stage');
    }
  });
  namesSaved(picture);
  session.kpiSets = kpiSets;
}

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

/** The names of the figures of a cell are few sets that recur; a cell holds the set's id. */
function kpiSetOf({ kpiSet }: Tables, kpiSets: Map<string, number>, { kpis }: RecordedCell): number {
  const names = Object.keys(kpis).join(' ');
  return kpiSets.getOrInsertComputed(names, () => {
    const id = kpiSets.size;
    kpiSet.id.values[kpiSet.rows.row] = id;
    kpiSet.names.values[kpiSet.rows.row] = names;
    kpiSet.rows.next();
    return id;
  });
}

function appendCell({ ledger }: Tables, { id }: MachineEntry, kpiSet: number, cell: RecordedCell): void {
  const { row } = ledger.rows;
  ledger.machine.values[row] = id;
  ledger.grain.values[row] = cell.grain;
  ledger.start.values[row] = cell.from;
  ledger.stop.values[row] = cell.to;
  ledger.revision.values[row] = cell.revision;
  ledger.digest.values[row] = cell.digest;
  ledger.flags.values[row] = cell.flags.join(' ');
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
  ledger.kpis.values[row] = kpiSet;
  ledger.kpiValues.values[row] = Object.values(cell.kpis).flatMap(({ num, den }) => [num, den]);
  ledger.rows.next();
}

/** The recorded cells that lie wholly in the span, by machine path, then time. */
export async function recordedCells(
  { database, picture, kpiSets }: Session,
  { grain, scope, from, to }: LedgerQuery,
): Promise<readonly RecordedCell[]> {
  const machines = [...picture.machines.values()].filter(({ path }) => inScope(path, scope));
  if (machines.length === 0) return [];
  const cells = new Map<number, RecordedCell[]>();
  const setNames = new Map([...kpiSets].map(([names, id]) => [id, names === '' ? [] : names.split(' ')]));
  const among = scope === '' ? 'true' : amongMachines(machines.map(({ id }) => id));
  const sql = `SELECT machine, start, stop, revision, digest, flags, * EXCLUDE (machine, grain, start, stop, revision, digest, flags)
    FROM ledger WHERE grain = '${grain}' AND start >= ${from} AND stop <= ${to} AND ${among} ORDER BY machine, start`;
  await database.read((connection) =>
    eachChunk(connection, sql, (chunk) => {
      const cellAt = cellReader(chunk, grain, setNames);
      for (const [row, id] of int32s(chunk, 0).entries()) {
        const machine = picture.byId.get(id) as MachineEntry;
        cells.getOrInsertComputed(id, () => []).push(cellAt(row, machine.path));
      }
    }),
  );
  return machines.sort((a, b) => (a.path < b.path ? -1 : 1)).flatMap(({ id }) => cells.get(id) ?? []);
}

const MS = 6;
const US = MS + TIME_CLASSES.length + 1;
const PIECES = US + 3;
const KPIS = PIECES + COUNTS.length;

function cellReader(
  chunk: Parameters<typeof int32s>[0],
  grain: Grain,
  setNames: ReadonlyMap<number, readonly string[]>,
): (row: number, machine: string) => RecordedCell {
  const text = createTextReader();
  const [start, stop, revision] = [integers(chunk, 1), integers(chunk, 2), int32s(chunk, 3)];
  const [digest, flags] = [text(chunk, 4), text(chunk, 5)];
  const ms = TIME_CLASSES.map((_, index) => integers(chunk, MS + index));
  const split = booleans(chunk, US - 1);
  const [productive, rejectLoss, speedLoss] = [
    bigints(chunk, US),
    bigints(chunk, US + 1),
    bigints(chunk, US + 2),
  ];
  const counts = COUNTS.map((_, index) => doubles(chunk, PIECES + index));
  const [kpiSet, kpiValues] = [int32s(chunk, KPIS), bigintLists(chunk, KPIS + 1)];
  const named = <K extends string>(names: readonly K[], columns: readonly Float64Array[], row: number) => {
    const record = {} as Record<K, number>;
    for (let index = 0; index < names.length; index++) {
      record[names[index] as K] = (columns[index] as Float64Array)[row] as number;
    }
    return record;
  };
  return (row, machine) => {
    const names = setNames.get(kpiSet[row] as number) ?? [];
    const values = kpiValues(row);
    const kpis: Record<string, { num: bigint; den: bigint }> = {};
    for (let index = 0; index < names.length; index++) {
      kpis[names[index] as string] = {
        num: values[2 * index] as bigint,
        den: values[2 * index + 1] as bigint,
      };
    }
    const words = flags(row);
    return {
      machine,
      grain,
      from: start[row] as number,
      to: stop[row] as number,
      ms: named(TIME_CLASSES, ms, row),
      runningUs: split[row]
        ? {
            productive: productive[row] as bigint,
            rejectLoss: rejectLoss[row] as bigint,
            speedLoss: speedLoss[row] as bigint,
          }
        : null,
      counts: named(COUNTS, counts, row),
      flags: words === '' ? [] : (words.split(' ') as LedgerFlag[]),
      digest: digest(row),
      revision: revision[row] as number,
      kpis,
    };
  };
}
