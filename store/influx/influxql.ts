import { LEVELS, type Level, levelsOf, type MachinePath } from '../../domain/path.ts';
import type { EpochMs } from '../../domain/time.ts';
import { StoreUnavailable } from '../port.ts';
import { type HttpAnswer, type Remedies, reasonIn, unavailable } from './answers.ts';
import type { HttpConnection } from './http.ts';
import { decodeName, encodeName } from './names.ts';

/** A value in an answer; integers beyond 2^53 are BigInt. */
export type Cell = number | bigint | string | boolean | null;

/** Part of one series of one statement's result; a long series comes in several parts. */
export interface ResultPart {
  readonly statement: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly columns: readonly string[];
  readonly values: readonly (readonly Cell[])[];
}

/** Runs InfluxQL statements (joined with `;` where there are several) and gives their results part by part. */
export type Query = (statements: readonly string[]) => AsyncIterable<ResultPart>;

/** A name in double quotes. Names as we encode them hold no backslash and no line break. */
export const identifier = (name: string): string => `"${name.replaceAll('"', '\\"')}"`;
/** A text in single quotes. */
export const literal = (text: string): string => `'${text.replaceAll("'", "\\'")}'`;

/** The grouping that makes one series of each machine. */
export const BY_MACHINE = `GROUP BY ${LEVELS.map(identifier).join(', ')}`;

const levelIs = (level: Level, name: string): string => `${identifier(level)} = ${literal(encodeName(name))}`;

/** A condition that holds for these machines alone; machines of one line share the levels above. */
export function machinesAre(paths: readonly MachinePath[]): string {
  const names = new Map<string, string[]>();
  for (const path of paths) {
    const levels = levelsOf(path);
    if (levels === undefined) continue;
    const above = LEVELS.slice(0, -1)
      .map((level) => levelIs(level, levels[level]))
      .join(' AND ');
    const machine = levelIs('machine', levels.machine);
    const same = names.get(above);
    if (same) same.push(machine);
    else names.set(above, [machine]);
  }
  return `(${[...names].map(([above, machines]) => `(${above} AND (${machines.join(' OR ')}))`).join(' OR ')})`;
}

/** A condition that holds for every machine in a scope; `undefined` for the whole store. */
export function scopeIs(scope: string): string | undefined {
  if (scope === '') return undefined;
  return scope
    .split('/')
    .slice(0, LEVELS.length)
    .map((name, i) => levelIs(LEVELS[i]!, name))
    .join(' AND ');
}

/** The machine that a part's tags name. */
export const machineOf = (tags: Readonly<Record<string, string>>): MachinePath =>
  LEVELS.map((level) => decodeName(tags[level] ?? '')).join('/');

/** Nanoseconds of 64 bits end in April 2262, and began in 1677; no point lies beyond, and no statement may. */
const FARTHEST_MS = 9_223_372_036_854;

/** An instant in a statement. */
export const instantOf = (ms: EpochMs): string => `${Math.max(-FARTHEST_MS, Math.min(FARTHEST_MS, ms))}ms`;

/** A statement over the conditions that are given, each undefined one left out. */
export const where = (...conditions: readonly (string | undefined)[]): string => {
  const given = conditions.filter((condition) => condition !== undefined);
  return given.length === 0 ? '' : `WHERE ${given.join(' AND ')}`;
};

const LONG_INTEGER = /[[,:]-?\d{16}/;

/** Parses JSON in which integers beyond 2^53 stay exact, as BigInt. */
export function parseExact(text: string): unknown {
  // Calling a reviver for every value costs much; few answers have a number that long.
  if (!LONG_INTEGER.test(text)) return JSON.parse(text);
  return JSON.parse(text, (_key, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? '')
      ? BigInt(context!.source!)
      : value,
  );
}

interface Answer {
  readonly error?: string;
  readonly results?: readonly {
    readonly statement_id?: number;
    readonly error?: string;
    readonly series?: readonly {
      readonly tags?: Readonly<Record<string, string>>;
      readonly columns: readonly string[];
      readonly values?: readonly (readonly Cell[])[];
    }[];
  }[];
}

/** A statement that the store can't read is our defect; any other error in an answer is the store's, and may pass. */
function failure(error: string, { unseen }: Remedies): Error {
  // 1.x and 3.x: "error parsing query"; 2.x: "failed to parse query".
  return /error parsing query|failed to parse query|unsupported|not (supported|implemented)|mixing aggregate/.test(
    error,
  )
    ? new Error(`InfluxDB can't run a statement of ours: ${error}`)
    : new StoreUnavailable(
        `InfluxDB could not answer: ${error}${/(database|retention policy) not (found|set)/.test(error) ? `; ${unseen}` : ''}`,
      );
}

/** A document that is cut off, or the bare text that 2.x writes where it can't put a value into JSON. */
function answerIn(text: string): Answer {
  try {
    return parseExact(text) as Answer;
  } catch (error) {
    throw new StoreUnavailable(`InfluxDB gave no readable answer: ${text.slice(0, 200)}`, { cause: error });
  }
}

function* partsOf(text: string, remedies: Remedies): Generator<ResultPart> {
  const answer = answerIn(text);
  if (answer.error !== undefined) throw failure(answer.error, remedies);
  for (const result of answer.results ?? []) {
    if (result.error !== undefined) throw failure(result.error, remedies);
    for (const series of result.series ?? [])
      yield {
        statement: result.statement_id ?? 0,
        tags: series.tags ?? {},
        columns: series.columns,
        values: series.values ?? [],
      };
  }
}

const CHUNK_ROWS = 10_000;

/** Queries over `/query`, which 1.x, 2.x (by DBRP) and 3.x share; answers come chunked, one JSON document a line. */
export function influxqlOver(options: {
  readonly connection: HttpConnection;
  /** The database, and the retention policy where it isn't the default one. */
  readonly database: () => { readonly db: string; readonly rp?: string };
  readonly remedies: Remedies;
}): Query {
  return async function* query(statements) {
    const { db, rp } = options.database();
    const settings = new URLSearchParams({ db, epoch: 'ms', chunked: 'true', chunk_size: `${CHUNK_ROWS}` });
    if (rp !== undefined) settings.set('rp', rp);
    const { status, pieces } = await options.connection.open({
      method: 'POST',
      path: `/query?${settings}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ q: statements.join('; ') }).toString(),
    });
    let rest = '';
    for await (const piece of pieces) {
      rest += piece;
      if (status !== 200 || !piece.includes('\n')) continue;
      const documents = rest.split('\n');
      rest = documents.pop() ?? '';
      for (const document of documents) if (document !== '') yield* partsOf(document, options.remedies);
    }
    if (status !== 200) throw queryError({ status, body: rest }, options.remedies);
    if (rest.trim() !== '') yield* partsOf(rest, options.remedies);
  };
}

function queryError(answer: HttpAnswer, remedies: Remedies): Error {
  const reason = reasonIn(answer.body);
  return answer.status === 400 && reason !== undefined
    ? failure(reason, remedies)
    : unavailable(answer, remedies);
}
