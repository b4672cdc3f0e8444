import { decodeName } from '../../../store/influx/names.ts';

export type Value = string | number | boolean | null;

/** A row as a table in Grafana would show it. */
export interface Row {
  readonly time: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, Value>>;
}

/** Asks an InfluxDB over `/query`, as Grafana's data source does. */
export interface InfluxReader {
  rows(query: string): Promise<readonly Row[]>;
  /** Values that a `SHOW TAG VALUES` lists. */
  tagValues(query: string): Promise<readonly string[]>;
}

interface Answer {
  readonly error?: string;
  readonly results?: readonly {
    readonly error?: string;
    readonly series?: readonly {
      readonly tags?: Record<string, string>;
      readonly columns: readonly string[];
      readonly values: readonly (readonly Value[])[];
    }[];
  }[];
}

export function influxReader({
  url,
  database,
  headers = {},
}: {
  readonly url: string;
  readonly database: string;
  readonly headers?: Readonly<Record<string, string>>;
}): InfluxReader {
  const ask = async (query: string) => {
    const answer = await fetch(`${url}/query?${new URLSearchParams({ db: database, epoch: 'ms' })}`, {
      method: 'POST',
      headers: { ...headers },
      body: new URLSearchParams({ q: query }),
    });
    const { error, results = [] } = (await answer.json()) as Answer;
    const said = error ?? results.find((result) => result.error)?.error;
    if (said !== undefined) throw new Error(`${said}\n${query}`);
    // Grafana shows the first statement's result alone.
    return results[0]?.series ?? [];
  };
  return {
    rows: async (query) =>
      (await ask(query)).flatMap(({ tags = {}, columns, values }) =>
        values.map((row) => ({
          time: row[0] as number,
          tags: Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, decodeName(value)])),
          values: Object.fromEntries(columns.slice(1).map((column, i) => [column, row[i + 1] ?? null])),
        })),
      ),
    tagValues: async (query) =>
      (await ask(query)).flatMap(({ values }) => values.map((row) => row[1] as string)),
  };
}
