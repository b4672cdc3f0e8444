import type { MachinePath } from '../../domain/path.ts';
import type { Grain, HistoryQuery, LedgerQuery, RecordedCell } from '../port.ts';
import {
  BY_MACHINE,
  identifier,
  instantOf,
  machineOf,
  machinesAre,
  type Query,
  scopeIs,
  where,
} from './influxql.ts';
import { CELL_COLUMNS, cellReader, wordsIn } from './ledger-cell.ts';
import { ledgerLine } from './ledger-line.ts';

interface Asked {
  readonly query: Query;
  readonly grain: Grain;
  readonly conditions: readonly (string | undefined)[];
  /** Absent: all. */
  readonly columns?: readonly string[];
  readonly measurement?: 'ledger' | 'ledger_history';
}

const statementOf = ({ grain, conditions, columns, measurement = 'ledger' }: Asked): string =>
  `SELECT ${columns?.map(identifier).join(', ') ?? '*'} FROM "${measurement}" ${where(`"grain" = '${grain}'`, ...conditions)} ${BY_MACHINE}`;

/** Cells of one grain that fulfil the conditions. */
async function readCells(asked: Asked): Promise<RecordedCell[]> {
  const cells: RecordedCell[] = [];
  for await (const { tags, columns, values } of asked.query([statementOf(asked)])) {
    const machine = machineOf(tags);
    const cellIn = cellReader(columns);
    for (const row of values) cells.push(cellIn(machine, asked.grain, row));
  }
  return cells;
}

/** The recorded cells that lie wholly in the span, by machine, then time. */
export async function readLedger(
  query: Query,
  { grain, scope, from, to, withoutKpis = false }: LedgerQuery,
): Promise<readonly RecordedCell[]> {
  const conditions = [`time >= ${instantOf(from)}`, `time < ${instantOf(to)}`, scopeIs(scope)];
  // The columns of the KPIs are half of them.
  const cells = await readCells({
    ...{ query, grain, conditions },
    ...(withoutKpis && { columns: CELL_COLUMNS }),
  });
  return cells
    .filter((cell) => cell.to <= to)
    .sort((a, b) => (a.machine === b.machine ? a.from - b.from : a.machine < b.machine ? -1 : 1));
}

/** Older revisions of a machine's cells that begin in the span, by time, then revision. */
export async function readHistory(
  query: Query,
  { machine, grain, from, to }: HistoryQuery,
): Promise<readonly RecordedCell[]> {
  const conditions = [`time >= ${instantOf(from)}`, `time < ${instantOf(to)}`, machinesAre([machine])];
  const cells = await readCells({ query, grain, conditions, measurement: 'ledger_history' });
  return cells.sort((a, b) => a.from - b.from || a.revision - b.revision);
}

/** Machines that are looked up at once. */
const MACHINES_AT_ONCE = 50;

const keyOf = ({ grain, from, machine }: Pick<RecordedCell, 'grain' | 'from' | 'machine'>): string =>
  `${grain} ${from} ${machine}`;

/** What of a recorded cell tells whether another one moves it to the history, and which KPIs it leaves behind. */
interface Standing {
  readonly revision: number;
  readonly kpis: readonly string[];
}

/** The lines that record cells: first what moves to the history, then the cells themselves. */
export async function ledgerLines(
  query: Query,
  cells: readonly RecordedCell[],
): Promise<{ readonly history: readonly string[]; readonly current: readonly string[] }> {
  const standings = await standingsOf(query, cells);
  const moving = cells.filter((cell) => {
    const standing = standings.get(keyOf(cell));
    return standing !== undefined && standing.revision !== cell.revision;
  });
  const recorded = new Map<string, RecordedCell>();
  for (const { grain, conditions } of lookUps(moving)) {
    for (const cell of await readCells({ query, grain, conditions })) recorded.set(keyOf(cell), cell);
  }
  const history: string[] = [];
  const current = new Map<string, string>();
  for (const cell of cells) {
    const key = keyOf(cell);
    const older = recorded.get(key);
    if (older !== undefined && older.revision !== cell.revision)
      history.push(ledgerLine(older, 'ledger_history'));
    const retired = older ? Object.keys(older.kpis ?? {}) : (standings.get(key)?.kpis ?? []);
    current.set(key, ledgerLine(cell, 'ledger', retired));
    recorded.set(key, cell);
  }
  return { history, current: [...current.values()] };
}

/** What is recorded where cells are to be recorded: little of it, since mostly nothing is, or the same revision. */
async function standingsOf(
  query: Query,
  cells: readonly RecordedCell[],
): Promise<ReadonlyMap<string, Standing>> {
  const standings = new Map<string, Standing>();
  for (const { grain, conditions } of lookUps(cells)) {
    const statement = statementOf({ query, grain, conditions, columns: ['revision', 'kpis'] });
    for await (const { tags, values } of query([statement])) {
      const machine = machineOf(tags);
      for (const [from, revision, kpis] of values) {
        const key = keyOf({ grain, from: Number(from), machine });
        standings.set(key, { revision: Number(revision ?? 0), kpis: wordsIn(`${kpis ?? ''}`) });
      }
    }
  }
  return standings;
}

/** Conditions under which cells are found, with others between them: some machines of a grain at a time. */
function* lookUps(cells: readonly RecordedCell[]): Generator<Pick<Asked, 'grain' | 'conditions'>> {
  for (const [grain, same] of Map.groupBy(cells, (cell) => cell.grain)) {
    const times = same.map((cell) => cell.from);
    const first = times.reduce((least, time) => Math.min(least, time));
    const last = times.reduce((most, time) => Math.max(most, time));
    const span = [`time >= ${instantOf(first)}`, `time <= ${instantOf(last)}`];
    const machines: readonly MachinePath[] = [...new Set(same.map((cell) => cell.machine))];
    for (let at = 0; at < machines.length; at += MACHINES_AT_ONCE)
      yield { grain, conditions: [...span, machinesAre(machines.slice(at, at + MACHINES_AT_ONCE))] };
  }
}
