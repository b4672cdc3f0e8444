import type { Reading, SignalValue } from '../../domain/observation.ts';
import type { MachinePath } from '../../domain/path.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { LatestValue, Point, PointsQuery, Range, RangesQuery, StoredMachine } from '../port.ts';
import { storedFields } from './facts.ts';
import { BY_MACHINE, identifier, instantOf, machineOf, machinesAre, type Query, where } from './influxql.ts';
import { fieldsOf, HEARD, signalOf } from './names.ts';
import { addRows, decodeValue, inOrder, signalColumns, type Track } from './series.ts';

/** Beyond this many machines, asking for all of them is cheaper than naming each. */
const NAMED_MACHINES = 200;
/** Machines of one statement whose answer has a row for each. */
const MACHINES_AT_ONCE = 50;

async function heardLast(query: Query, machines?: string): Promise<Map<MachinePath, EpochMs>> {
  const last = new Map<MachinePath, EpochMs>();
  const statement = `SELECT last(${identifier(HEARD)}) FROM "signals" ${where(machines)} ${BY_MACHINE}`;
  for await (const { tags, values } of query([statement]))
    last.set(machineOf(tags), values[0]?.[0] as number);
  return last;
}

/** Every machine that has data, in path order. */
export async function readMachines(query: Query): Promise<readonly StoredMachine[]> {
  const last = await heardLast(query);
  return [...last]
    .map(([path, lastHeard]) => ({ path, lastHeard }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Newest source time of each machine, in the order asked. */
export async function readLastHeard(
  query: Query,
  machines: readonly MachinePath[],
): Promise<readonly (EpochMs | null)[]> {
  if (machines.length === 0) return [];
  const last = await heardLast(query, machines.length > NAMED_MACHINES ? undefined : machinesAre(machines));
  return machines.map((machine) => last.get(machine) ?? null);
}

/** The newest value of every signal of a machine, in name order. */
export async function readLatest(query: Query, machine: MachinePath): Promise<readonly LatestValue[]> {
  const condition = where(machinesAre([machine]));
  // `last(*)` says which fields the machine has, but not when: only a single selector keeps its point's time.
  const fields: string[] = [];
  for await (const { columns, values } of query([`SELECT last(*) FROM "signals" ${condition} ${BY_MACHINE}`]))
    columns.forEach((column, i) => {
      const field = column.slice('last_'.length);
      if (column !== 'time' && field !== HEARD && values[0]?.[i] !== null) fields.push(field);
    });
  if (fields.length === 0) return [];
  const newest = new Map<string, LatestValue>();
  const statements = fields.map(
    (field) => `SELECT last(${identifier(field)}) FROM "signals" ${condition} ${BY_MACHINE}`,
  );
  for await (const part of query(statements)) {
    const found = signalOf(fields[part.statement]!);
    const [ts, cell] = part.values[0] as [number, Parameters<typeof decodeValue>[0]];
    const value = found && decodeValue(cell, found.type);
    if (found && value !== null && value !== undefined && (newest.get(found.signal)?.ts ?? -Infinity) < ts)
      newest.set(found.signal, { signal: found.signal, type: found.type, ts, value });
  }
  return [...newest.values()].sort((a, b) => (a.signal < b.signal ? -1 : 1));
}

/** Names of the signals that each machine ever sent, in the order asked. */
export async function readSignalNames(
  query: Query,
  machines: readonly MachinePath[],
): Promise<readonly (readonly string[])[]> {
  const names = new Map<MachinePath, Set<string>>();
  for (let at = 0; at < machines.length; at += MACHINES_AT_ONCE) {
    const some = machinesAre(machines.slice(at, at + MACHINES_AT_ONCE));
    for await (const part of query([`SELECT last(*) FROM "signals" ${where(some)} ${BY_MACHINE}`])) {
      const found = names.getOrInsertComputed(machineOf(part.tags), () => new Set());
      part.columns.forEach((column, i) => {
        if (column === 'time' || part.values.every((row) => row[i] === null)) return;
        const signal = signalOf(column.slice('last_'.length));
        if (signal) found.add(signal.signal);
      });
    }
  }
  return machines.map((machine) => [...(names.get(machine) ?? [])].sort());
}

/** A signal's observations or buckets in the span, ascending. */
export async function readPoints(query: Query, asked: PointsQuery): Promise<readonly Point[]> {
  const stored = await storedFields(query);
  const fields = fieldsOf(asked.signal).filter((field) => stored.has(field));
  const condition = where(
    machinesAre([asked.machine]),
    `time >= ${instantOf(asked.from)}`,
    `time < ${instantOf(asked.to)}`,
  );
  if (asked.everyMs !== null) return buckets(query, fields, condition, asked.everyMs);
  if (fields.length === 0) return [];
  const tracks = new Map<string, Track>();
  const most = asked.limit === undefined ? '' : ` LIMIT ${asked.limit}`;
  const statement = `SELECT ${fields.map(identifier).join(', ')} FROM "signals" ${condition}${most}`;
  for await (const part of query([statement])) addRows(tracks, part);
  const { ts, values } = inOrder(tracks.get(asked.signal) ?? { ts: [], values: [] });
  return ts.map((instant, i) => [instant, values[i]!] as const);
}

async function buckets(
  query: Query,
  fields: readonly string[],
  condition: string,
  everyMs: number,
): Promise<readonly Point[]> {
  const numeric = fields.filter(isNumeric);
  if (numeric.length === 0) return [];
  const points: Point[] = [];
  const statements = numeric.map((field) => {
    const name = identifier(field);
    return `SELECT min(${name}), max(${name}), mean(${name}), last(${name}) FROM "signals" ${condition} GROUP BY time(${everyMs}ms) fill(none)`;
  });
  for await (const { values } of query(statements))
    for (const [ts, min, max, mean, last] of values)
      points.push([Number(ts), Number(min), Number(mean), Number(max), Number(last)]);
  return points.sort((a, b) => a[0] - b[0]);
}

const isNumeric = (field: string): boolean => ['double', 'int64'].includes(signalOf(field)?.type ?? '');

/** Buckets of one signal of many machines. */
export async function readRanges(
  query: Query,
  { machines, signal, from, to, everyMs }: RangesQuery,
): Promise<readonly (readonly Range[])[]> {
  const stored = await storedFields(query);
  const fields = fieldsOf(signal).filter((field) => stored.has(field) && isNumeric(field));
  const found = new Map<MachinePath, Map<EpochMs, Range>>();
  for (let at = 0; at < machines.length && fields.length > 0; at += MACHINES_AT_ONCE) {
    const among = machinesAre(machines.slice(at, at + MACHINES_AT_ONCE));
    const condition = where(among, `time >= ${instantOf(from)}`, `time < ${instantOf(to)}`);
    const statements = fields.map((field) => {
      const name = identifier(field);
      return `SELECT min(${name}), max(${name}) FROM "signals" ${condition} ${BY_MACHINE}, time(${everyMs}ms) fill(none)`;
    });
    for await (const { tags, values } of query(statements)) {
      const own = found.getOrInsertComputed(machineOf(tags), () => new Map());
      for (const cells of values) {
        const [start, min, max] = cells.map(Number) as unknown as Range;
        const known = own.get(start);
        own.set(start, [start, Math.min(min, known?.[1] ?? min), Math.max(max, known?.[2] ?? max)]);
      }
    }
  }
  return machines.map((machine) => [...(found.get(machine)?.values() ?? [])].sort((a, b) => a[0] - b[0]));
}

/** Instants of one machine nearer than this are read as one span. */
const NEAR_MS = 60_000;
const STATEMENTS_AT_ONCE = 200;

/** What is stored at these instants, in the order asked. */
export async function readRecall(
  query: Query,
  keys: readonly { readonly machine: MachinePath; readonly ts: EpochMs }[],
): Promise<readonly (Reading | undefined)[]> {
  const wanted = new Map<MachinePath, EpochMs[]>();
  for (const { machine, ts } of keys) {
    const instants = wanted.get(machine);
    if (instants) instants.push(ts);
    else wanted.set(machine, [ts]);
  }
  const statements: string[] = [];
  for (const [machine, instants] of wanted) {
    const condition = machinesAre([machine]);
    instants.sort((a, b) => a - b);
    let from = instants[0]!;
    instants.forEach((ts, i) => {
      const next = instants[i + 1];
      if (next !== undefined && next - ts <= NEAR_MS) return;
      statements.push(
        `SELECT * FROM "signals" ${where(condition, `time >= ${instantOf(from)}`, `time <= ${instantOf(ts)}`)} ${BY_MACHINE}`,
      );
      if (next !== undefined) from = next;
    });
  }
  const keyOf = (machine: MachinePath, ts: EpochMs): string => `${ts} ${machine}`;
  const asked = new Set(keys.map(({ machine, ts }) => keyOf(machine, ts)));
  const found = new Map<string, Reading>();
  for (let at = 0; at < statements.length; at += STATEMENTS_AT_ONCE)
    for await (const part of query(statements.slice(at, at + STATEMENTS_AT_ONCE))) {
      const machine = machineOf(part.tags);
      const columns = signalColumns(part.columns);
      for (const row of part.values) {
        const ts = row[0] as number;
        const key = keyOf(machine, ts);
        if (!asked.has(key)) continue;
        const signals: string[] = [];
        const values: SignalValue[] = [];
        for (const { signal, type, position } of columns) {
          const value = decodeValue(row[position] ?? null, type);
          if (value === null) continue;
          signals.push(signal);
          values.push(value);
        }
        if (signals.length > 0) found.set(key, { machine, ts, signals, values });
      }
    }
  return keys.map(({ machine, ts }) => found.get(keyOf(machine, ts)));
}
