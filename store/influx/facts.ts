import type { MachineFacts } from '../../domain/facts.ts';
import type { MachinePath } from '../../domain/path.ts';
import type { FactsQuery } from '../port.ts';
import { BY_MACHINE, identifier, instantOf, machineOf, machinesAre, type Query, where } from './influxql.ts';
import { fieldsOf } from './names.ts';
import { addRows, inOrder, type Track } from './series.ts';
import { HEARD_ROLES, type Heard, heardStatements, silencesOf } from './silences.ts';

/** Machines asked for at once: enough to spare round trips, few enough that their rows fit in memory. */
const MACHINES_AT_ONCE = 50;

type Wanted = FactsQuery['machines'][number];

/** Every field of the measurement `signals`. */
export async function storedFields(query: Query): Promise<ReadonlySet<string>> {
  const fields = new Set<string>();
  for await (const part of query(['SHOW FIELD KEYS FROM "signals"']))
    for (const [field] of part.values) fields.add(field as string);
  return fields;
}

/** Facts of many machines, some at a time, one after another in the order asked. */
export async function* readFacts(query: Query, asked: FactsQuery): AsyncGenerator<MachineFacts> {
  const stored = await storedFields(query);
  const read = (at: number): Promise<readonly MachineFacts[]> => {
    const facts = factsOf(query, stored, asked, asked.machines.slice(at, at + MACHINES_AT_ONCE));
    // Awaited below, unless the consumer leaves first.
    facts.catch(() => undefined);
    return facts;
  };
  let ahead = read(0);
  for (let at = 0; at < asked.machines.length; at += MACHINES_AT_ONCE) {
    const facts = await ahead;
    ahead = read(at + MACHINES_AT_ONCE);
    yield* facts;
  }
}

async function factsOf(
  query: Query,
  stored: ReadonlySet<string>,
  span: FactsQuery,
  wanted: readonly Wanted[],
): Promise<readonly MachineFacts[]> {
  if (wanted.length === 0) return [];
  const machines = machinesAre(wanted.map(({ path }) => path));
  const signals = new Set(wanted.flatMap((machine) => machine.signals));
  const fields = [...signals].flatMap(fieldsOf).filter((field) => stored.has(field));
  const limits = wanted.flatMap(({ silenceMs }) => (silenceMs === null ? [] : [silenceMs]));
  const carryIn = fields.map(
    (field) =>
      `SELECT last(${identifier(field)}) AS ${identifier(field)} FROM "signals" ${where(machines, `time < ${instantOf(span.from)}`)} ${BY_MACHINE}`,
  );
  const inSpan = `SELECT ${fields.map(identifier).join(', ')} FROM "signals" ${where(machines, `time >= ${instantOf(span.from)}`, `time < ${instantOf(span.to)}`)} ${BY_MACHINE}`;
  const rows = fields.length === 0 ? [] : [...carryIn, inSpan];
  const marks =
    limits.length === 0 || stored.size === 0 ? [] : heardStatements(machines, span, Math.min(...limits));

  const tracks = new Map<MachinePath, Map<string, Track>>();
  const heard = new Map<MachinePath, Heard>();
  if (rows.length + marks.length > 0)
    for await (const part of query([...rows, ...marks])) {
      const machine = machineOf(part.tags);
      const role = HEARD_ROLES[part.statement - rows.length];
      if (role === undefined) {
        addRows(
          entry(tracks, machine, () => new Map()),
          part,
        );
        continue;
      }
      const marked = entry(heard, machine, (): Heard => ({ gaps: [] }));
      for (const [time, gap] of part.values as [number, number][])
        if (role === 'gaps') marked.gaps.push({ from: time - gap, to: time });
        else marked[role] = time;
    }

  return wanted.map(({ path, signals, silenceMs }) => ({
    machine: path,
    series: signals.flatMap((signal) => {
      const track = tracks.get(path)?.get(signal);
      return track === undefined || track.ts.length === 0
        ? []
        : [{ signal, ...fromCarryIn(track, span.from) }];
    }),
    silences: silenceMs === null ? [] : silencesOf(heard.get(path) ?? { gaps: [] }, span, silenceMs),
  }));
}

/** The track in order, with the newest of its values before the span alone. */
function fromCarryIn(track: Track, from: number): Track {
  const { ts, values } = inOrder(track);
  const start = ts.findLastIndex((instant) => instant < from);
  return start > 0 ? { ts: ts.slice(start), values: values.slice(start) } : { ts, values };
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
