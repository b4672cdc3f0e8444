import { skipWithoutInfluxd, startInfluxd } from './influxd.ts';
import { influxd2Binary, startInfluxd2 } from './influxd2.ts';
import { FACADE_ORG, FACADE_TOKEN, startFacade } from './influxdb2-facade.ts';
import { askInfluxdb2, bucketName, givenInfluxdb2, type Influxdb2, removeBucket } from './influxdb2-given.ts';

/** A bucket of a 2.x server that nobody else uses, and that is removed with all in it. */
export interface Influxdb2Bucket extends Influxdb2, AsyncDisposable {
  readonly bucket: string;
  /** The settings by which a platform stores in it. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Whether there is a real 2.x server to run on. */
export const isReal = givenInfluxdb2 !== null || influxd2Binary() !== undefined;

/** What tests of the 2.x adapter run on: a real server that is given or can be started, else our façade of 1.x. */
export const INFLUXDB2 = isReal ? 'InfluxDB 2.x' : 'the adapter of InfluxDB 2.x';

export const skipWithoutInfluxdb2 = (): boolean => !isReal && skipWithoutInfluxd();

/** A bucket on {@link INFLUXDB2}; `of` becomes part of its name. */
export async function influxdb2Bucket(of: string): Promise<Influxdb2Bucket> {
  await using parts = new AsyncDisposableStack();
  const server = await serverOf2x(parts);
  const bucket = bucketName(of);
  parts.defer(() => removeBucket(server, bucket));
  const held = parts.move();
  return {
    ...server,
    bucket,
    environment: {
      KAIDONG__STORE__KIND: 'influxdb2',
      KAIDONG__STORE__URL: server.url,
      KAIDONG__STORE__ORG: server.org,
      KAIDONG__STORE__BUCKET: bucket,
      KAIDONG__STORE__TOKEN: server.token,
    },
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  };
}

/** {@link INFLUXDB2}; what is started for it ends with `parts`. */
export async function serverOf2x(parts: AsyncDisposableStack): Promise<Influxdb2> {
  return givenInfluxdb2 ?? startedServer(parts);
}

/** The same where tokens can be made: a given server's token may not be allowed to, then one of our own takes its place. */
export async function serverWithTokens(parts: AsyncDisposableStack): Promise<Influxdb2> {
  return givenInfluxdb2 && (await makesTokens(givenInfluxdb2)) ? givenInfluxdb2 : startedServer(parts);
}

async function startedServer(parts: AsyncDisposableStack): Promise<Influxdb2> {
  if (influxd2Binary()) {
    const { url, org, token } = parts.use(await startInfluxd2());
    return { url, org, token };
  }
  const { url } = parts.use(await startFacade(parts.use(await startInfluxd())));
  return { url, org: FACADE_ORG, token: FACADE_TOKEN };
}

async function makesTokens(server: Influxdb2): Promise<boolean> {
  const found = await askInfluxdb2(server, `/api/v2/orgs?${new URLSearchParams({ org: server.org })}`);
  const { orgs: [org] = [] } = (await found.json()) as { orgs?: { id: string }[] };
  if (!org) return false;
  const permissions = [{ action: 'read', resource: { type: 'buckets', orgID: org.id } }];
  const made = await askInfluxdb2(server, '/api/v2/authorizations', {
    method: 'POST',
    body: JSON.stringify({ orgID: org.id, permissions }),
  });
  if (!made.ok) return false;
  const { id } = (await made.json()) as { id: string };
  await askInfluxdb2(server, `/api/v2/authorizations/${id}`, { method: 'DELETE' });
  return true;
}
