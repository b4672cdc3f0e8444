import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Influxd } from './influxd.ts';
import { type Answer, type Grant, refusal, tokenDesk } from './influxdb2-facade-tokens.ts';

export const FACADE_TOKEN = 'facade-token';
export const FACADE_ORG = 'facade';

const ORG_ID = 'aaaaaaaaaaaaaaaa';

interface Bucket {
  readonly id: string;
  readonly orgID: string;
  readonly name: string;
}

/** One request, its token known. */
interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly body: string;
  readonly contentType: string;
  readonly grant: Grant;
}

/**
 * The paths of the 2.x API that the adapter uses, in front of a real 1.x server. It is no InfluxDB 2 and proves nothing
 * about one; it lets the 2.x adapter pass the contract on a real storage engine where no 2.x server can be had. Where it
 * refuses, its answers are those of 2.7.12.
 */
export async function startFacade(influxd: Influxd): Promise<{ readonly url: string } & AsyncDisposable> {
  const buckets = new Map<string, Bucket>();
  const desk = tokenDesk(FACADE_TOKEN);

  const orgFault = (url: URL): Answer | undefined => {
    const org = url.searchParams.get('org') ?? '';
    if (org === FACADE_ORG || org === ORG_ID || url.searchParams.get('orgID') === ORG_ID) return undefined;
    return refusal(404, 'not found', `organization name "${org}" not found`);
  };
  const findOrg = ({ url, grant }: Asked): Answer => {
    const orgs = grant.isAdmin ? [{ id: ORG_ID, name: FACADE_ORG }] : [];
    return orgFault(url) ?? { status: 200, body: { orgs } };
  };
  const noBucket = (name: string): Answer => refusal(404, 'not found', `bucket "${name}" not found`);

  const createBucket = async ({ body, grant }: Asked): Promise<Answer> => {
    if (!grant.isAdmin) return refusal(401, 'unauthorized', `write:orgs/${ORG_ID}/buckets is unauthorized`);
    const { name, retentionRules = [] } = JSON.parse(body) as {
      name: string;
      retentionRules?: { everySeconds: number }[];
    };
    if (buckets.has(name)) return refusal(422, 'conflict', `bucket with name ${name} already exists`);
    const [rule] = retentionRules;
    await influxd.query(`CREATE DATABASE "${name}"${rule ? ` WITH DURATION ${rule.everySeconds}s` : ''}`);
    const bucket = { id: randomBytes(8).toString('hex'), orgID: ORG_ID, name };
    buckets.set(name, bucket);
    return { status: 201, body: bucket };
  };

  const removeBucket = async ({ url }: Asked): Promise<Answer> => {
    const found = [...buckets.values()].find(({ id }) => url.pathname.endsWith(id));
    if (found === undefined) return refusal(404, 'not found', 'bucket not found');
    await influxd.query(`DROP DATABASE "${found.name}"`);
    buckets.delete(found.name);
    return { status: 204 };
  };

  const findBucket = ({ url, grant }: Asked): Answer => {
    const fault = orgFault(url);
    if (fault) return fault;
    const name = url.searchParams.get('name') ?? '';
    const found = buckets.get(name);
    if (found === undefined) return noBucket(name);
    return { status: 200, body: { buckets: grant.may('read', found.id) ? [found] : [] } };
  };

  const findMapping = ({ url, grant }: Asked): Answer => {
    const found = [...buckets.values()].find(({ id }) => id === url.searchParams.get('bucketID'));
    const mapping = { database: found?.name, retention_policy: 'autogen', default: true, virtual: true };
    return { status: 200, body: { content: found && grant.may('read', found.id) ? [mapping] : [] } };
  };

  const write = async ({ url, body, grant }: Asked): Promise<Answer> => {
    const name = url.searchParams.get('bucket') ?? '';
    const bucket = buckets.get(name);
    const fault = orgFault(url) ?? (bucket ? undefined : noBucket(name));
    if (fault) return fault;
    if (!grant.may('write', bucket!.id))
      return refusal(403, 'forbidden', 'insufficient permissions for write');
    const settings = new URLSearchParams({ db: name, precision: url.searchParams.get('precision') ?? 'ns' });
    const written = await fetch(`${influxd.url}/write?${settings}`, { method: 'POST', body });
    if (written.status === 204) return { status: 204 };
    const { error } = (await written.json()) as { error: string };
    if (/unable to parse/.test(error)) return refusal(400, 'invalid', error);
    if (written.status === 400 && error.startsWith('partial write'))
      return refusal(422, 'unprocessable entity', `failure writing points to database: ${error}`);
    return refusal(written.status, 'internal error', error);
  };

  const remove = async ({ url, body, grant }: Asked): Promise<Answer> => {
    const name = url.searchParams.get('bucket') ?? '';
    const bucket = buckets.get(name);
    const { stop, predicate } = JSON.parse(body) as { stop: string; predicate: string };
    const terms = /^_measurement="([a-z_]+)"(?: AND grain="([a-z]+)")?$/.exec(predicate);
    if (terms === null) return refusal(400, 'invalid', 'invalid request; error parsing predicate');
    const fault = orgFault(url) ?? (bucket ? undefined : noBucket(name));
    if (fault) return fault;
    if (!grant.may('write', bucket!.id))
      return refusal(403, 'forbidden', 'insufficient permissions to delete');
    const only = terms[2] === undefined ? '' : `"grain" = '${terms[2]}' AND `;
    await influxd.query(`DELETE FROM "${terms[1]}" WHERE ${only}time <= '${stop}'`, name);
    return { status: 204 };
  };

  const query = async ({ url, body, contentType, grant }: Asked): Promise<Answer> => {
    const name = url.searchParams.get('db') ?? '';
    const bucket = buckets.get(name);
    if (bucket === undefined || !grant.may('read', bucket.id))
      return { status: 200, body: { results: [{ statement_id: 0, error: `database not found: ${name}` }] } };
    const found = await fetch(`${influxd.url}/query${url.search}`, {
      method: 'POST',
      headers: { 'content-type': contentType },
      body,
    });
    return { status: found.status, body: await found.text() };
  };

  const answer = async (asked: Asked): Promise<Answer> => {
    const { method, url } = asked;
    const path = `${method} ${url.pathname}`;
    switch (path) {
      case 'GET /api/v2/orgs':
        return findOrg(asked);
      case 'GET /api/v2/buckets':
        return findBucket(asked);
      case 'POST /api/v2/buckets':
        return createBucket(asked);
      case 'GET /api/v2/dbrps':
        return findMapping(asked);
      case 'POST /api/v2/write':
        return write(asked);
      case 'POST /api/v2/delete':
        return remove(asked);
      case 'POST /query':
      case 'GET /query':
        return query(asked);
      default:
        if (path.startsWith('DELETE /api/v2/buckets/')) return removeBucket(asked);
        return desk.answer(path, asked.body) ?? refusal(404, 'not found', 'path not found');
    }
  };

  const server = createServer(async (incoming, outgoing) => {
    const url = new URL(incoming.url ?? '', 'http://facade');
    const body = await bodyOf(incoming);
    const grant = desk.grantOf(incoming.headers.authorization ?? '', url.pathname);
    const contentType = incoming.headers['content-type'] ?? '';
    const said =
      'status' in grant
        ? grant
        : await answer({ method: incoming.method ?? '', url, body, contentType, grant });
    outgoing.writeHead(said.status, { 'content-type': 'application/json; charset=utf-8' });
    outgoing.end(typeof said.body === 'object' ? JSON.stringify(said.body) : said.body);
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
