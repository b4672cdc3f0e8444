import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Influxd } from './influxd.ts';

export const FACADE_TOKEN = 'facade-token';
export const FACADE_ORG = 'facade';

const ORG_ID = 'aaaaaaaaaaaaaaaa';
const BUCKET_ID = 'bbbbbbbbbbbbbbbb';

interface Answer {
  readonly status: number;
  readonly body?: unknown;
}
const refusal = (status: number, code: string, message: string): Answer => ({
  status,
  body: { code, message },
});

/**
 * The paths of the 2.x API that the adapter uses, in front of a real 1.x server. It is no InfluxDB 2 and proves nothing
 * about one; it lets the 2.x adapter pass the contract on a real storage engine where no 2.x server can be had.
 */
export async function startFacade(influxd: Influxd): Promise<{ readonly url: string } & AsyncDisposable> {
  const buckets = new Set<string>();

  const answer = async (method: string, url: URL, body: string): Promise<Answer> => {
    const ask = (name: string): string => url.searchParams.get(name) ?? '';
    switch (`${method} ${url.pathname}`) {
      case 'GET /api/v2/orgs':
        return { status: 200, body: { orgs: [{ id: ORG_ID, name: FACADE_ORG }] } };
      case 'GET /api/v2/buckets':
        return buckets.has(ask('name'))
          ? { status: 200, body: { buckets: [{ id: BUCKET_ID, orgID: ORG_ID }] } }
          : refusal(404, 'not found', `bucket "${ask('name')}" not found`);
      case 'POST /api/v2/buckets': {
        const { name } = JSON.parse(body) as { name: string };
        await influxd.query(`CREATE DATABASE "${name}"`);
        buckets.add(name);
        return { status: 201, body: { id: BUCKET_ID } };
      }
      case 'GET /api/v2/dbrps': {
        const database = [...buckets].at(-1);
        const mapping = { database, retention_policy: 'autogen', default: true, virtual: true };
        return { status: 200, body: { content: [mapping] } };
      }
      case 'POST /api/v2/write':
        return write(ask('bucket'), ask('precision'), body);
      case 'POST /api/v2/delete': {
        const { stop, predicate } = JSON.parse(body) as { stop: string; predicate: string };
        const terms = /^_measurement=("[^"]+")(?: AND grain="([^"]+)")?$/.exec(predicate);
        const only = terms?.[2] === undefined ? '' : `"grain" = '${terms[2]}' AND `;
        await influxd.query(`DELETE FROM ${terms?.[1]} WHERE ${only}time <= '${stop}'`, ask('bucket'));
        return { status: 204 };
      }
      default:
        return refusal(404, 'not found', 'path not found');
    }
  };

  const write = async (bucket: string, precision: string, body: string): Promise<Answer> => {
    if (!buckets.has(bucket)) return refusal(404, 'not found', `bucket "${bucket}" not found`);
    const settings = new URLSearchParams({ db: bucket, precision });
    const written = await fetch(`${influxd.url}/write?${settings}`, { method: 'POST', body });
    if (written.status === 204) return { status: 204 };
    const { error } = (await written.json()) as { error: string };
    return written.status === 400 && error.startsWith('partial write')
      ? refusal(422, 'unprocessable entity', `failure writing points to database: ${error}`)
      : refusal(written.status, 'internal error', error);
  };

  const server = createServer(async (incoming, outgoing) => {
    const url = new URL(incoming.url ?? '', 'http://facade');
    const body = await bodyOf(incoming);
    if (incoming.headers.authorization !== `Token ${FACADE_TOKEN}`) {
      outgoing.writeHead(401, { 'content-type': 'application/json' });
      outgoing.end(JSON.stringify({ code: 'unauthorized', message: 'unauthorized access' }));
    } else if (url.pathname === '/query') {
      const found = await fetch(`${influxd.url}/query${url.search}`, {
        method: 'POST',
        headers: { 'content-type': incoming.headers['content-type'] ?? '' },
        body,
      });
      outgoing.writeHead(found.status, { 'content-type': 'application/json' });
      outgoing.end(await found.text());
    } else {
      const { status, body: content } = await answer(incoming.method ?? '', url, body);
      outgoing.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
      outgoing.end(content === undefined ? undefined : JSON.stringify(content));
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  incoming.setEncoding('utf8');
  let body = '';
  for await (const piece of incoming) body += piece;
  return body;
}
