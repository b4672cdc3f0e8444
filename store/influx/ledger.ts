import { knownBusyMs, plannedBusyMs, plannedOperationMs, possiblyRunningMs } from '../../domain/formula.ts';
import { kpis as catalogue } from '../../domain/kpi/index.ts';
import { LEDGER_FLAGS, type LedgerFlag, TIME_CLASSES, zeroMs } from '../../domain/ledger-row.ts';
import type { Grain, HistoryQuery, LedgerQuery, RecordedCell } from '../port.ts';
import {
  BY_MACHINE,
  type Cell,
  instantOf,
  machineOf,
  machinesAre,
  type Query,
  scopeIs,
  where,
} from './influxql.ts';
import { machineTags, quoteText } from './line-protocol.ts';

const RUNNING_PARTS = ['productive', 'rejectLoss', 'speedLoss'] as const;
const COUNTS = ['produced', 'good', 'reject', 'duringUnknown', 'extra'] as const;

/**
 * A cell as a line of `ledger`, or of `ledger_history` (where the revision is a tag). Every part is an integer field. A
 * newer revision must leave nothing of the older one on the same point, so parts that are null are written as 0, which
 * adds nothing to a panel's sum, and `split` and `kpis` say which parts are there. `retired`: KPIs of the older revision.
 * `{kpi}_none` is 1 where the cell can't have the KPI: a sum that isn't 0 tells a panel what it tells `/kpis`, that a
 * group of which one cell can't have it can't either. `busy_ms`, `known_ms` … are what coverage and bounds divide.
 */
export function ledgerLine(
  cell: RecordedCell,
  measurement: 'ledger' | 'ledger_history',
  retired: Iterable<string> = [],
): string {
  const tags = machineTags(cell.machine);
  if (tags === undefined) throw new TypeError(`machine path "${cell.machine}" hasn't five levels`);
  const recorded = cell.kpis ?? {};
  const kpis = Object.keys(recorded).sort();
  const fields = [
    ...TIME_CLASSES.map((name) => `${name}_ms=${cell.ms[name]}i`),
    `busy_ms=${plannedBusyMs(cell.ms)}i`,
    `known_ms=${knownBusyMs(cell.ms)}i`,
    `operation_ms=${plannedOperationMs(cell.ms)}i`,
    `possiblyRunning_ms=${possiblyRunningMs(cell.ms)}i`,
    ...RUNNING_PARTS.map((part) => `${part}_us=${cell.runningUs?.[part] ?? 0}i`),
    ...COUNTS.map((count) => `${count}=${cell.counts[count]}i`),
    ...furtherFields(cell),
    ...kpis.flatMap((id) => [`${id}_num=${recorded[id]!.num}i`, `${id}_den=${recorded[id]!.den}i`]),
    ...[...retired].filter((id) => !(id in recorded)).flatMap((id) => [`${id}_num=0i`, `${id}_den=0i`]),
    ...catalogue.map(({ id }) => `${id}_none=${id in recorded ? 0 : 1}i`),
    ...(cell.day === undefined ? [] : [`day=${quoteText(cell.day)}`]),
    ...(typeof cell.shift === 'string' ? [`shift=${quoteText(cell.shift)}`] : []),
    `to=${cell.to}i`,
    `split=${cell.runningUs === null ? 'f' : 't'}`,
    `split_none=${cell.runningUs === null ? 1 : 0}i`,
    `kpis=${quoteText(kpis.join(','))}`,
    `digest=${quoteText(cell.digest)}`,
    `flags=${quoteText(cell.flags.join(','))}`,
  ];
  const revision = measurement === 'ledger' ? [`revision=${cell.revision}i`] : [];
  const revisionTag = measurement === 'ledger' ? '' : `,revision=${cell.revision}`;
  return `${measurement}${tags},grain=${cell.grain}${revisionTag} ${[...fields, ...revision].join(',')} ${cell.from}`;
}

/** What else a cell has; `{part}_none` is 1 where it hasn't got the part, as for a KPI. */
function furtherFields({ quality, orders, failures, energyWh }: RecordedCell): readonly string[] {
  return [
    `rework=${quality.rework ?? 0}i`,
    `rework_none=${quality.rework === null ? 1 : 0}i`,
    `inspected=${quality.inspected}i`,
    `order_ms=${orders.ms}i`,
    `orderUnknown_ms=${orders.unknownMs}i`,
    `orderBusy_ms=${orders.busyMs}i`,
    `orderRunning_ms=${orders.runningMs}i`,
    `orderProduced=${orders.produced}i`,
    `failures=${failures}i`,
    `energyPlanned_wh=${energyWh?.planned ?? 0}i`,
    `energyOutside_wh=${energyWh?.outside ?? 0}i`,
    `energyDuringUnknown_wh=${energyWh?.duringUnknown ?? 0}i`,
    `energy_none=${energyWh === null ? 1 : 0}i`,
  ];
}

const words = (cell: Cell | undefined): string[] => `${cell ?? ''}`.split(',').filter((word) => word !== '');

function cellOf(machine: string, grain: Grain, row: ReadonlyMap<string, Cell>): RecordedCell {
  const integer = (field: string): number => Number(row.get(field) ?? 0);
  /** What a line of an older program says nothing of isn't known. */
  const partly = <T>(part: string, value: T): T | null => (row.get(`${part}_none`) === 0 ? value : null);
  const exact = (field: string): bigint => BigInt((row.get(field) ?? 0) as number | bigint);
  const ms = zeroMs();
  for (const name of TIME_CLASSES) ms[name] = integer(`${name}_ms`);
  const flags = words(row.get('flags'));
  return {
    machine,
    grain,
    from: integer('time'),
    to: integer('to'),
    ms,
    runningUs:
      row.get('split') === true
        ? {
            productive: exact('productive_us'),
            rejectLoss: exact('rejectLoss_us'),
            speedLoss: exact('speedLoss_us'),
          }
        : null,
    counts: {
      produced: integer('produced'),
      good: integer('good'),
      reject: integer('reject'),
      duringUnknown: integer('duringUnknown'),
      extra: integer('extra'),
    },
    quality: { rework: partly('rework', integer('rework')), inspected: integer('inspected') },
    orders: {
      ms: integer('order_ms'),
      unknownMs: integer('orderUnknown_ms'),
      busyMs: integer('orderBusy_ms'),
      runningMs: integer('orderRunning_ms'),
      produced: integer('orderProduced'),
    },
    failures: integer('failures'),
    energyWh: partly('energy', {
      planned: integer('energyPlanned_wh'),
      outside: integer('energyOutside_wh'),
      duringUnknown: integer('energyDuringUnknown_wh'),
    }),
    flags: flags.filter((flag): flag is LedgerFlag => (LEDGER_FLAGS as readonly string[]).includes(flag)),
    kpis: Object.fromEntries(
      words(row.get('kpis')).map((id) => [id, { num: exact(`${id}_num`), den: exact(`${id}_den`) }]),
    ),
    digest: `${row.get('digest') ?? ''}`,
    revision: integer('revision'),
  };
}

/** Cells of one grain that fulfil the conditions. */
async function readCells(
  query: Query,
  grain: Grain,
  conditions: readonly (string | undefined)[],
  measurement: 'ledger' | 'ledger_history' = 'ledger',
): Promise<RecordedCell[]> {
  const cells: RecordedCell[] = [];
  const statement = `SELECT * FROM "${measurement}" ${where(`"grain" = '${grain}'`, ...conditions)} ${BY_MACHINE}`;
  for await (const { tags, columns, values } of query([statement])) {
    const machine = machineOf(tags);
    for (const row of values)
      cells.push(cellOf(machine, grain, new Map(columns.map((column, i) => [column, row[i] ?? null]))));
  }
  return cells;
}

/** The recorded cells that lie wholly in the span, by machine, then time. */
export async function readLedger(
  query: Query,
  { grain, scope, from, to }: LedgerQuery,
): Promise<readonly RecordedCell[]> {
  const cells = await readCells(query, grain, [
    `time >= ${instantOf(from)}`,
    `time < ${instantOf(to)}`,
    scopeIs(scope),
  ]);
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
  const cells = await readCells(query, grain, conditions, 'ledger_history');
  return cells.sort((a, b) => a.from - b.from || a.revision - b.revision);
}

/** Machines whose older cells are looked up at once. */
const MACHINES_AT_ONCE = 50;

/** The lines that record cells: first what moves to the history, then the cells themselves. */
export async function ledgerLines(
  query: Query,
  cells: readonly RecordedCell[],
): Promise<{ readonly history: readonly string[]; readonly current: readonly string[] }> {
  const keyOf = (cell: RecordedCell): string => `${cell.grain} ${cell.from} ${cell.machine}`;
  const recorded = new Map<string, RecordedCell>();
  for (const grain of new Set(cells.map((cell) => cell.grain))) {
    const same = cells.filter((cell) => cell.grain === grain);
    const times = same.map((cell) => cell.from);
    const first = times.reduce((least, time) => Math.min(least, time));
    const last = times.reduce((most, time) => Math.max(most, time));
    const machines = [...new Set(same.map((cell) => cell.machine))];
    for (let at = 0; at < machines.length; at += MACHINES_AT_ONCE) {
      const some = machinesAre(machines.slice(at, at + MACHINES_AT_ONCE));
      const conditions = [`time >= ${instantOf(first)}`, `time <= ${instantOf(last)}`, some];
      for (const cell of await readCells(query, grain, conditions)) recorded.set(keyOf(cell), cell);
    }
  }
  const history: string[] = [];
  const current = new Map<string, string>();
  for (const cell of cells) {
    const key = keyOf(cell);
    const older = recorded.get(key);
    if (older !== undefined && older.revision !== cell.revision)
      history.push(ledgerLine(older, 'ledger_history'));
    current.set(key, ledgerLine(cell, 'ledger', Object.keys(older?.kpis ?? {})));
    recorded.set(key, cell);
  }
  return { history, current: [...current.values()] };
}
