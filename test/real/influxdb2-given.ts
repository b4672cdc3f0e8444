import { randomUUID } from 'node:crypto';

const {
  KAIDONG_TEST_INFLUXDB2_URL: url,
  KAIDONG_TEST_INFLUXDB2_TOKEN: token,
  KAIDONG_TEST_INFLUXDB2_ORG: org,
} = process.env;

export interface Influxdb2 {
  readonly url: string;
  readonly org: string;
  readonly token: string;
}

/** The InfluxDB 2.x that the environment names; `null`: none. No package brings one. */
export const givenInfluxdb2: Influxdb2 | null = url && token && org ? { url, token, org } : null;

/** A bucket name that nobody else uses, on a server that others may share. */
export const bucketName = (of: string): string => `kaidong-test-${of}-${randomUUID()}`;

export const askInfluxdb2 = ({ url: base, token: own }: Influxdb2, path: string, init: RequestInit = {}) =>
  fetch(`${base}${path}`, { ...init, headers: { authorization: `Token ${own}`, ...init.headers } });

export async function removeBucket(server: Influxdb2, name: string): Promise<void> {
  const settings = new URLSearchParams({ org: server.org, name });
  const answer = await askInfluxdb2(server, `/api/v2/buckets?${settings}`);
  const { buckets = [] } = (await answer.json()) as { buckets?: { id: string }[] };
  for (const { id } of buckets) await askInfluxdb2(server, `/api/v2/buckets/${id}`, { method: 'DELETE' });
}
