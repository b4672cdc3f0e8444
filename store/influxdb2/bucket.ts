import { type HttpAnswer, type Remedies, unavailable } from '../influx/answers.ts';
import type { HttpConnection } from '../influx/http.ts';

/** Under which database and policy InfluxQL sees a bucket. */
export interface BucketMapping {
  readonly db: string;
  readonly rp?: string;
}

interface BucketOptions {
  readonly connection: HttpConnection;
  readonly org: string;
  readonly bucket: string;
  readonly remedies: Remedies;
}

const parsed = <T>(answer: HttpAnswer): T => JSON.parse(answer.body) as T;
const isOk = (answer: HttpAnswer): boolean => answer.status >= 200 && answer.status < 300;
/** The server won't say: the token may only read and write the bucket, or it is a server that has no such endpoint. */
const isWithheld = ({ status }: HttpAnswer): boolean => status >= 400 && status < 500 && status !== 429;

/**
 * Finds the bucket, creating it where the token may, and the mapping by which InfluxQL reads it (a virtual one bears the
 * bucket's name), creating that where there is none. A token without these rights is no error here: the bucket may well
 * be there, and the write that follows says what is wrong.
 */
export async function ensureBucket(options: BucketOptions): Promise<BucketMapping> {
  const { bucket } = options;
  const found = await findBucket(options);
  // A token of one bucket may see that, and not the organisation.
  const orgId = found?.orgID ?? (await findOrgId(options));
  const bucketId = found?.id ?? (orgId && (await createBucket(options, orgId)));
  const mapping = orgId && bucketId && (await findOrCreateMapping(options, orgId, bucketId));
  if (mapping) return mapping;
  // As the server itself would map the name.
  const [db = bucket, rp] = bucket.split(/\/(.*)/s);
  return rp === undefined ? { db } : { db, rp };
}

async function ask(
  { connection, remedies }: BucketOptions,
  path: string,
  body?: unknown,
): Promise<HttpAnswer | undefined> {
  const answer = await connection.ask({
    method: body === undefined ? 'GET' : 'POST',
    path,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (isOk(answer)) return answer;
  if (isWithheld(answer)) return undefined;
  throw unavailable(answer, remedies);
}

/** Parameters that name the organisation: an id has 16 hexadecimal digits. */
const orgParameter = (org: string): Record<string, string> =>
  /^[0-9a-f]{16}$/.test(org) ? { orgID: org } : { org };

async function findOrgId(options: BucketOptions): Promise<string | undefined> {
  if (/^[0-9a-f]{16}$/.test(options.org)) return options.org;
  const answer = await ask(options, `/api/v2/orgs?${new URLSearchParams({ org: options.org })}`);
  return answer && parsed<{ orgs?: { id: string }[] }>(answer).orgs?.[0]?.id;
}

interface Bucket {
  readonly id: string;
  readonly orgID?: string;
}

/** The bucket; a server answers that there is none with an empty list, or with 404. */
async function findBucket(options: BucketOptions): Promise<Bucket | undefined> {
  const settings = new URLSearchParams({ ...orgParameter(options.org), name: options.bucket });
  const answer = await ask(options, `/api/v2/buckets?${settings}`);
  return answer && parsed<{ buckets?: Bucket[] }>(answer).buckets?.[0];
}

async function createBucket(options: BucketOptions, orgID: string): Promise<string | undefined> {
  const answer = await options.connection.ask({
    method: 'POST',
    path: '/api/v2/buckets',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ orgID, name: options.bucket, retentionRules: [] }),
  });
  if (isOk(answer)) return parsed<{ id?: string }>(answer).id;
  // 422: another process has created it in the meantime.
  if (answer.status === 422) return (await findBucket(options))?.id;
  if (isWithheld(answer)) return undefined;
  throw unavailable(answer, options.remedies);
}

/** 2.4 and later show a virtual mapping for every bucket that has no other, so that there is always one. */
interface Dbrp {
  readonly database: string;
  readonly retention_policy: string;
  readonly default?: boolean;
}

async function findOrCreateMapping(
  options: BucketOptions,
  orgID: string,
  bucketID: string,
): Promise<BucketMapping | undefined> {
  const answer = await ask(options, `/api/v2/dbrps?${new URLSearchParams({ orgID, bucketID })}`);
  if (answer === undefined) return undefined;
  const mappings = parsed<{ content?: Dbrp[] }>(answer).content ?? [];
  const found = mappings.find((mapping) => mapping.default === true) ?? mappings[0];
  if (found !== undefined) return { db: found.database, rp: found.retention_policy };
  const wanted = { orgID, bucketID, database: options.bucket, retention_policy: 'autogen', default: true };
  return (await ask(options, '/api/v2/dbrps', wanted)) && { db: options.bucket, rp: 'autogen' };
}
