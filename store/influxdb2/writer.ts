import { HttpError, InfluxDB, RequestTimedOutError, type WriteApi } from '@influxdata/influxdb-client';
import { type Remedies, writeOutcome } from '../influx/answers.ts';
import type { HttpConnection } from '../influx/http.ts';
import type { WriteOutcome } from '../influx/place.ts';
import { StoreUnavailable } from '../port.ts';
import type { Influxdb2Options } from './options.ts';

/**
 * Writes one request at a time through the 2.x client. Each request has a `WriteApi` of its own whose only record is the
 * whole body, so that nothing is sent behind our back: the client's own batches in flight are not awaited by `close()`,
 * and its own retries would put an old value after a newer one. Retrying is the platform's task.
 */
export function lineWriter(options: {
  readonly influx: Influxdb2Options;
  readonly timeoutMs: number;
  readonly connection: HttpConnection;
  readonly remedies: Remedies;
}): (lines: string) => Promise<WriteOutcome> {
  const { connection, remedies, influx } = options;
  const client = new InfluxDB({
    url: influx.url,
    token: influx.token,
    timeout: options.timeoutMs,
    transportOptions: { agent: connection.agent },
  });
  const writeApi = (): WriteApi =>
    client.getWriteApi(influx.org, influx.bucket, 'ms', {
      batchSize: 2,
      maxBatchBytes: Number.MAX_SAFE_INTEGER,
      flushInterval: 0,
      maxRetries: 0,
      // Compressing costs more than the wire between a platform and its store; a proxy may do it.
      gzipThreshold: Number.MAX_SAFE_INTEGER,
      // Given back instead of logged: the error is judged below.
      writeFailed: (error) => Promise.reject(error),
    });
  return async (lines) => {
    connection.assertWelcome();
    const api = writeApi();
    try {
      api.writeRecord(lines);
      await api.flush();
      return { kind: 'stored' };
    } catch (error) {
      if (error instanceof HttpError) {
        const retryAfter = error.headers?.['retry-after'];
        connection.heed(error.statusCode, typeof retryAfter === 'string' ? retryAfter : undefined);
        return writeOutcome({ status: error.statusCode, body: error.body ?? error.message }, remedies);
      }
      // The client gives up waiting but leaves the request open; it must not arrive after a later correction.
      if (error instanceof RequestTimedOutError) connection.agent.destroy();
      const { code, message } = error as Error & { code?: string };
      throw new StoreUnavailable(`InfluxDB at ${influx.url} can't be reached: ${code ?? message}`, {
        cause: error,
      });
    }
  };
}
