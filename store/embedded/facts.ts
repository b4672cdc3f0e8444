import type { DuckDBConnection } from '@duckdb/node-api';
import type { MachineFacts, SeriesFacts } from '../../domain/facts.ts';
import type { SignalType } from '../../domain/observation.ts';
import type { Span } from '../../domain/time.ts';
import type { FactsQuery } from '../port.ts';
import { readCarryIns, type Wanted } from './carry-in.ts';
import { ascending, type Found, readSeries, rowsOf, type SeriesOf } from './observations.ts';
import { firstHeardOf, heldSeries, lastHeardOf, type MachineEntry, type Signal } from './picture.ts';
import type { Session } from './session.ts';
import { type Listener, readSilences, stretchesInMemory } from './silences.ts';

/** Machines of the first pass, and more where the span is shorter than a day; how many rows they have tells how many the next ones take. */
const FIRST_PASS = 16;
const DAY_MS = 86_400_000;
const MOST_MACHINES = 256;
const GROWTH = 4;
/** Observations of one pass, about: enough to pass over the tables rarely, few enough to keep little in memory. */
const PASS_ROWS = 200_000;

type Asked = FactsQuery['machines'][number];

/** The facts of many machines, the next pass being read while the caller works on this one. */
export async function* readFacts(
  session: () => Promise<Session>,
  { machines: asked, from, to, inAnyOrder = false }: FactsQuery,
): AsyncGenerator<MachineFacts> {
  const machines = inAnyOrder ? byId(await session(), asked) : asked;
  let next = 0;
  let size = firstSize(to - from);
  const read = async (): Promise<Pass> => {
    const pass = passFrom(machines, next, size);
    next += pass.length;
    return pass.length === 0 ? NOTHING : readPass(await session(), pass, { from, to });
  };
  let coming = read();
  for (;;) {
    const { facts, rowCount } = await coming;
    if (facts.length === 0) return;
    size = nextSize(facts.length, rowCount);
    coming = read();
    // A reader that stops early never asks for these; their error is then nobody's.
    coming.catch(() => {});
    for (const factsOfMachine of facts) yield factsOfMachine();
  }
}

/** Several machines' facts. What one machine's are made of is held as columns until they are called for. */
interface Pass {
  readonly facts: readonly (() => MachineFacts)[];
  readonly rowCount: number;
}

const NOTHING: Pass = { facts: [], rowCount: 0 };

/** Neighbouring ids are picked from the tables without a look at each row; unknown machines come last. */
function byId({ picture }: Session, machines: readonly Asked[]): readonly Asked[] {
  const idOf = ({ path }: Asked): number => picture.machines.get(path)?.id ?? Number.MAX_SAFE_INTEGER;
  return machines.toSorted((a, b) => idOf(a) - idOf(b));
}

/** A machine that is asked for twice begins another pass. */
function passFrom(machines: readonly Asked[], first: number, size: number): readonly Asked[] {
  const paths = new Set<string>();
  let end = first;
  for (; end < machines.length && end - first < size; end++) {
    const { path } = machines[end] as Asked;
    if (paths.has(path)) break;
    paths.add(path);
  }
  return machines.slice(first, end);
}

const firstSize = (spanMs: number): number =>
  Math.min(MOST_MACHINES, Math.max(FIRST_PASS, Math.floor((FIRST_PASS * DAY_MS) / Math.max(spanMs, 1))));

function nextSize(machines: number, rowCount: number): number {
  const fits = Math.floor((PASS_ROWS * machines) / Math.max(rowCount, 1));
  return Math.max(1, Math.min(fits, GROWTH * machines, MOST_MACHINES));
}

/** One signal, in one of the types it was ever stored in, of the machines that were asked for it. */
interface Column {
  readonly signal: Signal;
  readonly type: SignalType;
  readonly wanted: Wanted[];
}

interface ColumnFound {
  readonly rowCount: number;
  /** The carry-in, if there is one, and what the span holds. */
  readonly of: (machine: number) => Found | undefined;
}

async function readPass(session: Session, asked: readonly Asked[], span: Span): Promise<Pass> {
  const { picture, database } = session;
  const entries = asked.map(({ path }) => {
    const entry = picture.machines.get(path);
    return lastHeardOf(entry) === null ? undefined : entry;
  });
  const columns = columnsOf(asked, entries);
  const listeners = listenersOf(asked, entries);
  return database.read(async (connection) => {
    const found = new Map<string, ColumnFound[]>();
    let rowCount = 0;
    for (const column of columns) {
      const one = await readColumn(connection, column, span);
      if (!one) continue;
      found.getOrInsertComputed(column.signal.name, () => []).push(one);
      rowCount += one.rowCount;
    }
    const silences = await readSilences(connection, listeners, span);
    const facts = asked.map(({ path, signals, silenceMs }, index) => (): MachineFacts => {
      const id = entries[index]?.id;
      const never = silenceMs === null ? [] : [{ lastHeard: null, nextHeard: null }];
      if (id === undefined) return { machine: path, series: [], silences: never };
      return {
        machine: path,
        series: signals.flatMap((signal) => seriesFacts(signal, id, found.get(signal) ?? [])),
        silences: silences.get(id) ?? [],
      };
    });
    return { facts, rowCount };
  });
}

function columnsOf(
  asked: readonly Asked[],
  entries: readonly (MachineEntry | undefined)[],
): Iterable<Column> {
  const columns = new Map<string, Column>();
  for (const [index, machine] of entries.entries()) {
    if (!machine) continue;
    const names = new Set((asked[index] as Asked).signals);
    for (const { signal, type, first, last, value } of heldSeries(machine)) {
      if (!names.has(signal.name)) continue;
      const column = columns.getOrInsertComputed(`${type}/${signal.id}`, () => ({
        signal,
        type,
        wanted: [],
      }));
      column.wanted.push({ machine, newest: { first, last, value } });
    }
  }
  return columns.values();
}

function listenersOf(
  asked: readonly Asked[],
  entries: readonly (MachineEntry | undefined)[],
): readonly Listener[] {
  return asked.flatMap(({ silenceMs }, index): Listener[] => {
    const machine = entries[index];
    if (!machine || silenceMs === null) return [];
    return [{ machine, silenceMs, stretches: stretchesInMemory(machine), firstHeard: firstHeardOf(machine) }];
  });
}

async function readColumn(
  connection: DuckDBConnection,
  { signal, type, wanted }: Column,
  span: Span,
): Promise<ColumnFound | undefined> {
  const rows = rowsOf(signal, type);
  if (!rows) return undefined;
  const carryIns = await readCarryIns(connection, { rows, type, wanted, before: span.from });
  const ids = wanted.filter(({ newest }) => newest.last >= span.from).map(({ machine }) => machine.id);
  const { rowCount, of } =
    ids.length > 0
      ? await readSeries(connection, { rows, type, ids, span })
      : { rowCount: 0, of: onlyCarryIn };
  return {
    rowCount: rowCount + carryIns.size,
    of: (machine) => of(machine, carryIns.get(machine)),
  };
}

const onlyCarryIn: SeriesOf = (_, carryIn) => carryIn && { ts: [carryIn.ts], values: [carryIn.value] };

function seriesFacts(signal: string, machine: number, columns: readonly ColumnFound[]): SeriesFacts[] {
  const parts = columns.map(({ of }) => of(machine)).filter((found) => found !== undefined);
  const [only] = parts;
  if (!only) return [];
  if (parts.length === 1) return [{ signal, ...only }];
  // A signal stored in two types, which ingest's guard prevents: all of them, in order of time.
  return [
    {
      signal,
      ...ascending({ ts: parts.flatMap(({ ts }) => ts), values: parts.flatMap(({ values }) => values) }),
    },
  ];
}
