import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openInfluxdb2Store } from '../../store/influxdb2/open.ts';
import { type Store, StoreUnavailable } from '../../store/port.ts';
import { contentAt, PRESS, reading, T0 } from '../store/contract/samples.ts';
import { INFLUXDB2, serverWithTokens, skipWithoutInfluxdb2 } from './influxdb2-bucket.ts';
import { askInfluxdb2, bucketName, type Influxdb2, removeBucket } from './influxdb2-given.ts';

type Action = 'read' | 'write';

describe.skipIf(skipWithoutInfluxdb2())(
  `${INFLUXDB2}: what is given is too little, or written otherwise`,
  () => {
    const parts = new AsyncDisposableStack();
    let server: Influxdb2;
    let orgID: string;
    beforeAll(async () => {
      server = await serverWithTokens(parts);
      const { orgs } = await answered<{ orgs: { id: string }[] }>(
        `/api/v2/orgs?${new URLSearchParams({ org: server.org })}`,
      );
      orgID = orgs[0]!.id;
    });
    afterAll(() => parts.disposeAsync());

    async function answered<T>(path: string, method = 'GET', body?: unknown): Promise<T> {
      const answer = await askInfluxdb2(server, path, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
      return (text === '' ? undefined : JSON.parse(text)) as T;
    }

    /** A bucket that is removed after the test. */
    async function bucket(retentionRules: readonly object[] = []): Promise<{ id: string; name: string }> {
      const name = bucketName('access');
      onTestFinished(() => removeBucket(server, name));
      return answered('/api/v2/buckets', 'POST', { orgID, name, retentionRules });
    }

    /** A token that may do these with one bucket, and the means to revoke it. */
    async function tokenFor(bucketId: string, actions: readonly Action[]) {
      const permissions = actions.map((action) => ({
        action,
        resource: { type: 'buckets', id: bucketId, orgID },
      }));
      const made = await answered<{ id: string; token: string }>('/api/v2/authorizations', 'POST', {
        orgID,
        permissions,
      });
      const path = `/api/v2/authorizations/${made.id}`;
      let isThere = true;
      const revoke = async () => {
        if (isThere) await answered(path, 'DELETE');
        isThere = false;
      };
      onTestFinished(revoke);
      return {
        token: made.token,
        disable: () => answered(path, 'PATCH', { status: 'inactive' }),
        revoke,
      };
    }

    async function opened(over: Partial<Parameters<typeof openInfluxdb2Store>[0]>): Promise<Store> {
      const store = await openInfluxdb2Store({ ...server, bucket: 'none', ...over });
      onTestFinished(() => store[Symbol.asyncDispose]());
      return store;
    }
    const SOME = [reading(PRESS, T0, { n: 1 })];
    const failureOf = async (work: Promise<unknown>): Promise<string> => {
      const failure = await work.then(
        () => new Error('nothing failed'),
        (error: unknown) => error as Error,
      );
      expect(failure).toBeInstanceOf(StoreUnavailable);
      return failure.message;
    };

    test('a token that reads and writes the bucket is enough', async () => {
      const { id, name } = await bucket();
      const { token } = await tokenFor(id, ['read', 'write']);
      const store = await opened({ bucket: name, token });
      expect(await store.write(SOME)).toEqual([]);
      expect(await contentAt(store, PRESS, T0)).toEqual({ n: 1 });
      await store.purge(T0 + 1);
      expect(await store.machines()).toEqual([]);
    });

    test('a token that may only write stores, and what is asked names the token', async () => {
      const { id, name } = await bucket();
      const { token } = await tokenFor(id, ['write']);
      const store = await opened({ bucket: name, token });
      expect(await store.write(SOME)).toEqual([]);
      expect(await failureOf(store.machines())).toMatch(
        /check store\.token: it must be allowed to read and write/,
      );
    });

    test('a token that may only read loses nothing, and the remedy is told', async () => {
      const { id, name } = await bucket();
      const { token } = await tokenFor(id, ['read']);
      const store = await opened({ bucket: name, token });
      expect(await store.machines()).toEqual([]);
      expect(await failureOf(store.write(SOME))).toMatch(/check store\.token/);
      expect(await failureOf(store.purge(T0))).toMatch(/check store\.token/);
    });

    for (const how of ['disable', 'revoke'] as const)
      test(`a token that is taken away while we run (${how}) leaves the data with us`, async () => {
        const { id, name } = await bucket();
        const given = await tokenFor(id, ['read', 'write']);
        const store = await opened({ bucket: name, token: given.token });
        expect(await store.write(SOME)).toEqual([]);
        await given[how]();
        expect(await failureOf(store.write(SOME))).toMatch(/check store\.token/);
        expect(await failureOf(store.machines())).toMatch(/check store\.token/);
      });

    test('a bucket that is not there, and may not be created, is named in the remedy', async () => {
      const other = await bucket();
      const { token } = await tokenFor(other.id, ['read', 'write']);
      const store = await opened({ bucket: 'kaidong-test-missing', token });
      expect(await failureOf(store.write(SOME))).toMatch(/404.*create the bucket "kaidong-test-missing"/);
      expect(await failureOf(store.machines())).toMatch(/create the bucket "kaidong-test-missing"/);
    });

    test('a bucket that is removed while we run is created again', async () => {
      const { name } = await bucket();
      const store = await opened({ bucket: name });
      expect(await store.write(SOME)).toEqual([]);
      await removeBucket(server, name);
      await failureOf(store.write(SOME));
      expect(await store.write(SOME)).toEqual([]);
      expect(await contentAt(store, PRESS, T0)).toEqual({ n: 1 });
    });

    test('a bucket that keeps things shorter than we do refuses what is older, reading by reading', async () => {
      const { name } = await bucket([{ type: 'expire', everySeconds: 3600 }]);
      const store = await opened({ bucket: name });
      const now = Date.now();
      const batch = [reading(PRESS, now - 7_200_000, { n: 1, m: 1 }), reading(PRESS, now, { n: 2 })];
      expect(await store.write(batch)).toEqual([
        { reading: 0, signal: null, detail: expect.stringMatching(/retention policy/) },
      ]);
      expect(await contentAt(store, PRESS, now)).toEqual({ n: 2 });
    });

    test('an organisation that is not there is named in the remedy', async () => {
      const { name } = await bucket();
      const store = await opened({ bucket: name, org: 'nobody here' });
      expect(await failureOf(store.write(SOME))).toMatch(/404.*check store\.org "nobody here"/);
    });

    test('the organisation may be given by its id', async () => {
      const name = bucketName('access');
      onTestFinished(() => removeBucket(server, name));
      const store = await opened({ bucket: name, org: orgID });
      expect(await store.write(SOME)).toEqual([]);
      expect(await contentAt(store, PRESS, T0)).toEqual({ n: 1 });
    });

    test.each(['/influx', '/influx/'])('a server behind the path %s of a proxy', async (path) => {
      const { name } = await bucket();
      const target = new URL(server.url);
      const proxy = createServer((incoming, outgoing) => {
        if (!incoming.url?.startsWith('/influx/')) return void outgoing.writeHead(404).end('no such page');
        const passed = request(
          new URL(incoming.url.slice('/influx'.length), target),
          { method: incoming.method!, headers: incoming.headers },
          (answer) => {
            outgoing.writeHead(answer.statusCode!, answer.headers);
            answer.pipe(outgoing);
          },
        );
        incoming.pipe(passed);
      }).listen(0, '127.0.0.1');
      await once(proxy, 'listening');
      onTestFinished(() => {
        proxy.closeAllConnections();
        proxy.close();
      });
      const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}${path}`;
      const store = await opened({ bucket: name, url });
      expect(await store.write(SOME)).toEqual([]);
      expect(await contentAt(store, PRESS, T0)).toEqual({ n: 1 });
      await store.purge(T0 + 1);
      expect(await store.machines()).toEqual([]);
    });
  },
);
