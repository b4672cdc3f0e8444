import { type Remedies, unavailable } from '../influx/answers.ts';
import { MINUTE_MEASUREMENTS } from '../influx/board.ts';
import { httpConnection } from '../influx/http.ts';
import { influxqlOver, type Query } from '../influx/influxql.ts';
import { preparedOnce } from '../influx/prepared.ts';
import type { InfluxServer } from '../influx/store.ts';
import { StoreUnavailable } from '../port.ts';
import { type BucketMapping, ensureBucket } from './bucket.ts';
import type { Influxdb2Options } from './options.ts';
import { lineWriter } from './writer.ts';

const DEFAULT_TIMEOUT_MS = 30_000;

/** InfluxDB 2.x: written through its client, read by InfluxQL, which 3.x answers too. */
export function influxdb2Server(options: Influxdb2Options): InfluxServer {
  const { url, org, bucket, token, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  for (const [key, value] of Object.entries({ org, bucket, token }))
    if (value === '') throw new TypeError(`store.${key} must be set for InfluxDB 2.x`);
  const credentials = `check store.token: it must be allowed to read and write the bucket "${bucket}"`;
  const missing = `check store.org "${org}" and create the bucket "${bucket}", or give a token that may create it`;
  const remedies: Remedies = { credentials, missing, unseen: `${credentials}; ${missing}` };
  const connection = httpConnection({
    url,
    timeoutMs,
    authorization: `Token ${token}`,
    ...(options.tls === undefined ? {} : { tls: options.tls }),
  });
  let mapping: BucketMapping = { db: bucket };
  const { ready, forget } = preparedOnce(async () => {
    mapping = await ensureBucket({ connection, org, bucket, remedies });
  });
  const write = lineWriter({ influx: options, timeoutMs, connection, remedies });
  const run = influxqlOver({ connection, remedies, database: () => mapping });
  /** Finds bucket and mapping anew after a failure: one of them may have been removed. */
  const watched = async <T>(work: () => Promise<T>): Promise<T> => {
    await ready();
    try {
      return await work();
    } catch (error) {
      if (error instanceof StoreUnavailable) forget();
      throw error;
    }
  };
  const query: Query = async function* (statements) {
    await ready();
    try {
      yield* run(statements);
    } catch (error) {
      if (error instanceof StoreUnavailable) forget();
      throw error;
    }
  };
  const remove = async (predicate: string, before: number): Promise<void> => {
    const answer = await connection.ask({
      method: 'POST',
      path: `/api/v2/delete?${new URLSearchParams({ org, bucket })}`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        start: '1970-01-01T00:00:00Z',
        stop: lastNanosecondBefore(before),
        predicate,
      }),
    });
    if (answer.status >= 300) throw unavailable(answer, remedies);
  };

  return {
    kind: 'influxdb2',
    query,
    ledgerQuery: query,
    post: (lines) => watched(() => write(lines.toString())),
    erase: (before) =>
      watched(async () => {
        for (const measurement of ['signals', ...MINUTE_MEASUREMENTS])
          await remove(`_measurement="${measurement}"`, before);
      }),
    eraseLedger: (measurement, grain, before) =>
      watched(() =>
        remove(`_measurement="${measurement}"${grain === null ? '' : ` AND grain="${grain}"`}`, before),
      ),
    [Symbol.asyncDispose]: async () => connection[Symbol.dispose](),
  };
}

/** The instant before a millisecond begins: right whether or not the store takes the end of a span as part of it. */
export function lastNanosecondBefore(ts: number): string {
  return new Date(ts - 1).toISOString().replace('Z', '999999Z');
}
