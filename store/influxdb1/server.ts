import { type Remedies, writeOutcome } from '../influx/answers.ts';
import { MINUTE_MEASUREMENTS } from '../influx/board.ts';
import { httpConnection, type InfluxTls } from '../influx/http.ts';
import { influxqlOver, instantOf, type Query } from '../influx/influxql.ts';
import { preparedOnce } from '../influx/prepared.ts';
import type { InfluxServer } from '../influx/store.ts';
import { StoreUnavailable } from '../port.ts';
import { ensureDatabase, SIGNALS_POLICY } from './database.ts';

export interface Influxdb1Options {
  /** Base URL, e.g. `http://127.0.0.1:8086`. */
  readonly url: string;
  readonly database: string;
  readonly username?: string;
  readonly password?: string;
  /** How long observations are kept; absent: as the database's default policy says. Recorded ledgers stay. */
  readonly retentionMs?: number;
  /** Silence on the wire longer than this means that the store is away. Default 30 s. */
  readonly timeoutMs?: number;
  readonly tls?: InfluxTls;
}

const DEFAULT_TIMEOUT_MS = 30_000;

/** InfluxDB 1.x over `/write` and `/query`. */
export function influxdb1Server(options: Influxdb1Options): InfluxServer {
  if (options.database === '') throw new TypeError('store.database must name the InfluxDB 1.x database');
  const { username, password = '', database } = options;
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const missing = `the database "${database}" is missing and is created again with the next attempt`;
  const remedies: Remedies = {
    credentials: 'check store.username and store.password, and that the user may read and write the database',
    missing,
    unseen: missing,
  };
  const connection = httpConnection({
    url: options.url,
    timeoutMs,
    ...(options.tls === undefined ? {} : { tls: options.tls }),
    ...(username === undefined || username === ''
      ? {}
      : { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` }),
  });
  const signalsPolicy = options.retentionMs === undefined ? undefined : SIGNALS_POLICY;
  const { ready, forget } = preparedOnce(() => ensureDatabase({ ...options, timeoutMs }, remedies));
  const queryUnder = (policy: string | undefined): Query => {
    const mapping = { db: database, ...(policy === undefined ? {} : { rp: policy }) };
    const run = influxqlOver({ connection, remedies, database: () => mapping });
    return async function* (statements) {
      await ready();
      try {
        yield* run(statements);
      } catch (error) {
        if (error instanceof StoreUnavailable && /database not found/.test(error.message)) forget();
        throw error;
      }
    };
  };
  const query = queryUnder(signalsPolicy);
  return {
    kind: 'influxdb1',
    query,
    // Under the default policy, so that the ledger stays and others find it, whatever becomes of `signals`.
    ledgerQuery: queryUnder(undefined),
    post: async (lines, into) => {
      await ready();
      const settings = new URLSearchParams({ db: database, precision: 'ms' });
      if (into === 'signals' && signalsPolicy !== undefined) settings.set('rp', signalsPolicy);
      const answer = await connection.ask({
        method: 'POST',
        path: `/write?${settings}`,
        headers: { 'content-type': 'text/plain; charset=utf-8' },
        body: lines,
      });
      if (answer.status === 404) forget();
      return writeOutcome(answer, remedies);
    },
    erase: async (before) => {
      const statements = ['signals', ...MINUTE_MEASUREMENTS].map(
        (measurement) => `DELETE FROM "${measurement}" WHERE time < ${instantOf(before)}`,
      );
      for await (const _ of query(statements));
    },
    eraseLedger: async (measurement, grain, before) => {
      const only = grain === null ? '' : `"grain" = '${grain}' AND `;
      const statement = `DELETE FROM "${measurement}" WHERE ${only}time < ${instantOf(before)}`;
      for await (const _ of query([statement]));
    },
    [Symbol.asyncDispose]: async () => connection[Symbol.dispose](),
  };
}
