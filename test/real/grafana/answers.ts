import type { LedgerRow } from '../../../analysis/answers.ts';
import type { Cells, FigurePart, MachineField, Question } from '../../../dashboards/grafana/question.ts';
import { figureOf } from '../../../domain/figure.ts';
import { kpiOf } from '../../../domain/kpi/index.ts';
import type { LedgerSums } from '../../../domain/ledger-row.ts';
import type { Level } from '../../../domain/path.ts';
import { addSums } from '../../../domain/sums.ts';
import type { Span } from '../../../domain/time.ts';
import type { Value } from './influx.ts';

/** What the API says a query must show: the values of a row by the row's name. */
export type Expected = ReadonlyMap<string, Readonly<Record<string, Value>>>;

/** Which machines and shifts the variables choose, and the range of a query. */
export interface Choice {
  readonly machine: (path: string) => boolean;
  readonly shift: (id: string) => boolean;
  readonly pilot: (id: string) => boolean;
  /** Grain that the variable `grain` says. */
  readonly grain: 'hour' | 'shift' | 'day';
  readonly window: Span;
}

export interface Api {
  get<T>(path: string): Promise<T>;
  text(path: string): Promise<string>;
}

export const apiAt = (url: string): Api => {
  const answer = async (path: string): Promise<Response> => {
    const found = await fetch(`${url}${path}`);
    if (!found.ok) throw new Error(`${path}: ${found.status} ${await found.text()}`);
    return found;
  };
  return {
    get: async <T>(path: string) => (await answer(path)).json() as Promise<T>,
    text: async (path) => (await answer(path)).text(),
  };
};

/** A row's name: the tags in the order of the levels, and the time where each cell has its own row. */
export const rowName = (tags: Readonly<Record<string, string>>, by: readonly string[], time: number | null) =>
  [by.map((level) => tags[level]).join('/'), ...(time === null ? [] : [new Date(time).toISOString()])].join(
    '@',
  );

const prefix = (path: string, by: readonly Level[]): string => path.split('/', by.length).join('/');

type WireRow = Omit<LedgerRow, 'from' | 'to' | 'runningUs'> & {
  readonly from: string;
  readonly to: string;
  readonly runningUs: Record<string, number> | null;
};

/** Rows of `/ledger` for each machine and cell that the query is about, grouped as the query groups them. */
async function grouped(api: Api, cells: Cells, choice: Choice): Promise<ReadonlyMap<string, LedgerSums>> {
  const grain = cells.grain === 'chosen' ? choice.grain : cells.grain;
  const dimensions = grain === 'shift' ? 'machine,day,shift' : `machine,${grain}`;
  const { from, to } = choice.window;
  const rows: WireRow[] = [];
  // Site by site, since each cuts hours and days in its own zone, as its recorded cells are.
  for (const site of await sites(api)) {
    const query = new URLSearchParams({ scope: site, from: `${from}`, to: `${to}`, by: dimensions });
    rows.push(...(await api.get<{ rows: WireRow[] }>(`/api/v1/ledger?${query}`)).rows);
  }
  const kept = rows.filter(({ key }) => {
    if (grain === 'shift' && typeof key.shift !== 'string') return false;
    if (cells.ofShift && !choice.shift(key.shift as string)) return false;
    return choice.machine(key.machine as string);
  });
  const groups = Map.groupBy(kept, ({ key, from: at }) =>
    [prefix(key.machine as string, cells.by), ...(cells.each ? [at] : [])].join('@'),
  );
  return new Map([...groups].map(([name, parts]) => [name, addSums(parts.map(sumsOf))]));
}

async function sites(api: Api): Promise<ReadonlySet<string>> {
  const { machines } = await api.get<{ machines: WireMachine[] }>('/api/v1/plant');
  return new Set(machines.map(({ path }) => prefix(path, ['enterprise', 'site'])));
}

const sumsOf = ({ runningUs, ...rest }: WireRow): LedgerSums => ({
  ...rest,
  runningUs: runningUs && {
    productive: BigInt(runningUs.productive as number),
    rejectLoss: BigInt(runningUs.rejectLoss as number),
    speedLoss: BigInt(runningUs.speedLoss as number),
  },
});

const partOf = (of: FigurePart['part'], figure: Record<FigurePart['part'], number | null>): number | null =>
  figure[of];

function column(sums: LedgerSums, name: string): number | null {
  const ofOrders = {
    order_ms: 'ms',
    orderBusy_ms: 'busyMs',
    orderRunning_ms: 'runningMs',
    orderProduced: 'produced',
  } as const;
  if (name in ofOrders) return sums.orders[ofOrders[name as keyof typeof ofOrders]];
  if (name === 'failures') return sums.failures;
  const [part = '', unit] = name.split('_');
  if (unit === 'ms') return sums.ms[part as keyof LedgerSums['ms']];
  if (unit === 'us') return sums.runningUs && Number(sums.runningUs[part as 'productive']);
  return sums.counts[part as keyof LedgerSums['counts']];
}

/** Leaves out rows that say nothing: a panel has no row where the API says `null`. */
const said = (rows: Iterable<readonly [string, Readonly<Record<string, Value>>]>): Expected =>
  new Map([...rows].filter(([, values]) => Object.values(values).some((value) => value !== null)));

/** The answer to a question, made of the API's rows for each machine and cell by the domain's sums. */
export async function expected(api: Api, question: Question, choice: Choice): Promise<Expected> {
  switch (question.ask) {
    case 'figure': {
      const kpi = kpiOf(question.kpi)!;
      const groups = await grouped(api, question.cells, choice);
      return said(
        [...groups].map(([name, sums]) => {
          const figure = figureOf(kpi, sums, { coverageFloor: 0 });
          return [name, { [question.column]: partOf(question.part, figure) }] as const;
        }),
      );
    }
    case 'ledger': {
      const groups = await grouped(api, question.cells, choice);
      return said(
        [...groups].map(([name, sums]) => {
          const values = Object.entries(question.columns).map(([as, of]) => [as, column(sums, of)] as const);
          return [name, Object.fromEntries(values)] as const;
        }),
      );
    }
    case 'plant':
    case 'machines':
      return machinesNow(api, question, choice);
    case 'books': {
      const books = await api.get<object>('/api/v1/ingest/books');
      return new Map([['', fields(books, question.columns)]]);
    }
    case 'sources': {
      const { sources } = await api.get<{ sources: { source: string }[] }>('/api/v1/ingest/books');
      const { only } = question;
      return new Map(
        sources
          .filter((books) => only === undefined || Number(at(books, only)) > 0)
          .map((books) => [books.source, fields(books, question.columns)]),
      );
    }
    case 'spool':
      return new Map([['', { [question.column]: (await spoolOf(api)).bytes }]]);
    case 'assessments':
      return assessed(api, question, choice);
  }
}

/** The same asked directly, where the choice is a scope and the API has the very row; `null`: it hasn't. */
export async function direct(
  api: Api,
  question: Question,
  { scope, window, grain: chosenGrain, shift }: Choice & { readonly scope: string | null },
): Promise<Expected | null> {
  if (question.ask !== 'figure' || scope === null) return null;
  const { cells, kpi, part } = question;
  const grain = cells.grain === 'chosen' ? chosenGrain : cells.grain;
  // Without the shift among the dimensions, time outside every shift would count too; with it each shift is a row of its own.
  if (grain === 'shift' && !cells.each) return null;
  // The sites of the whole plant have zones of their own.
  if (scope === '' && cells.each) return null;
  const level = cells.by.at(-1);
  const time = cells.each ? (grain === 'shift' ? ['day', 'shift'] : [grain]) : [];
  const by = [...(level === undefined ? [] : [level]), ...time].join(',');
  const query = new URLSearchParams({
    scope,
    from: `${window.from}`,
    to: `${window.to}`,
    kpi,
    ...(by && { by }),
  });
  const { rows } = await api.get<{
    rows: {
      key: Record<string, string | null>;
      from: string;
      figures: Record<FigurePart['part'], number | null>[];
    }[];
  }>(`/api/v1/kpis?${query}`);
  return said(
    rows
      .filter(
        ({ key }) =>
          grain !== 'shift' || (typeof key.shift === 'string' && (!cells.ofShift || shift(key.shift))),
      )
      .map(({ key, from, figures }) => [
        [level === undefined ? '' : (key[level] as string), ...(cells.each ? [from] : [])].join('@'),
        { [question.column]: partOf(part, figures[0]!) },
      ]),
  );
}

interface WireMachine {
  readonly path: string;
  readonly declared: boolean;
  readonly state: string;
  readonly reason: string | null;
  readonly since: string | null;
  readonly lastHeard: string | null;
  readonly stale: boolean;
  readonly source: string | null;
}

const msOrNull = (time: string | null): number | null => (time === null ? null : Date.parse(time));

const FIELD: Readonly<Record<MachineField, (machine: WireMachine) => Value>> = {
  state: ({ state }) => state,
  reason: ({ reason }) => reason ?? '',
  source: ({ source }) => source ?? '',
  since_ms: ({ since }) => msOrNull(since),
  last_heard_ms: ({ lastHeard }) => msOrNull(lastHeard),
  stale: ({ stale }) => Number(stale),
  undeclared: ({ declared }) => Number(!declared),
};
const MARK = {
  all: () => true,
  running: ({ state }: WireMachine) => state === 'running',
  down: ({ state }: WireMachine) => state === 'down',
  unknown: ({ state }: WireMachine) => state === 'unknown',
  stale: ({ stale }: WireMachine) => stale,
  undeclared: ({ declared }: WireMachine) => !declared,
} as const;

async function machinesNow(
  api: Api,
  question: Extract<Question, { ask: 'plant' | 'machines' }>,
  choice: Choice,
): Promise<Expected> {
  const { machines } = await api.get<{ machines: WireMachine[] }>('/api/v1/plant');
  const kept = machines.filter(({ path }) => choice.machine(path));
  if (question.ask === 'machines') {
    const counts = Object.entries(question.counts).map(
      ([as, mark]) => [as, kept.filter(MARK[mark]).length] as const,
    );
    return new Map([['', Object.fromEntries(counts)]]);
  }
  const { only, columns } = question;
  return new Map(
    kept
      .filter(only === undefined ? MARK.all : MARK[only])
      .map((machine) => [
        machine.path,
        Object.fromEntries(Object.entries(columns).map(([as, field]) => [as, FIELD[field](machine)])),
      ]),
  );
}

const at = (thing: object, path: string): Value =>
  path.split('.').reduce<unknown>((part, name) => (part as Record<string, unknown>)[name], thing) as Value;

const fields = (thing: object, columns: Readonly<Record<string, string>>): Record<string, Value> =>
  Object.fromEntries(Object.entries(columns).map(([as, path]) => [as, at(thing, path)]));

export async function spoolOf(api: Api): Promise<{ readonly bytes: number; readonly maxBytes: number }> {
  return (await api.get<{ spool: { bytes: number; maxBytes: number } }>('/api/v1/ingest/books')).spool;
}

interface WireAssessment {
  readonly id: number;
  readonly pilot: string;
  readonly rubric: string;
  readonly createdAt: string;
  readonly score: { value: number | null; low: number; high: number } | null;
  readonly reached: string | null;
  readonly possible: string | null;
  readonly openDiscrepancies: number;
  readonly telemetry: {
    readonly utilisation: { readonly value: number | null; readonly coverage: number | null } | null;
    readonly machines: number;
    readonly heard: number;
  };
}

const HAS = {
  scored: ({ score }: WireAssessment) => typeof score?.value === 'number',
  bounded: ({ score }: WireAssessment) => score !== null,
  measured: ({ telemetry }: WireAssessment) => typeof telemetry.utilisation?.value === 'number',
} as const;

async function assessed(
  api: Api,
  { columns, each, only }: Extract<Question, { ask: 'assessments' }>,
  choice: Choice,
): Promise<Expected> {
  const { assessments } = await api.get<{ assessments: WireAssessment[] }>('/api/v1/assessments');
  const { pilots } = await api.get<{ pilots: { id: string; enterprise: { name: string } }[] }>(
    '/api/v1/pilots',
  );
  const nameOf = new Map(pilots.map(({ id, enterprise }) => [id, enterprise.name]));
  const value = (one: WireAssessment): Record<string, Value> => ({
    id: one.id,
    name: nameOf.get(one.pilot) ?? null,
    score: one.score?.value ?? null,
    score_low: one.score?.low ?? null,
    score_high: one.score?.high ?? null,
    reached: one.reached ?? '',
    possible: one.possible ?? '',
    open_discrepancies: one.openDiscrepancies,
    utilisation: one.telemetry.utilisation?.value ?? null,
    utilisation_coverage: one.telemetry.utilisation?.coverage ?? null,
    machines: one.telemetry.machines,
    heard: one.telemetry.heard,
  });
  const ofChosen = assessments.filter(({ pilot }) => choice.pilot(pilot));
  // Newest first.
  const newest = each
    ? ofChosen
    : ofChosen.filter(
        (one, n) =>
          ofChosen.findIndex(({ pilot, rubric }) => pilot === one.pilot && rubric === one.rubric) === n,
      );
  return new Map(
    newest
      .filter((one) => only === undefined || HAS[only](one))
      .map((one) => [
        [`${one.pilot}/${one.rubric}`, ...(each ? [one.createdAt] : [])].join('@'),
        fields(value(one), columns),
      ]),
  );
}
