import { identifier, type Query } from '../influx/influxql.ts';
import { StoreUnavailable } from '../port.ts';

/** The retention policy of the observations, where they are kept for a limited time. */
export const SIGNALS_POLICY = 'signals';

interface DatabaseOptions {
  readonly database: string;
  readonly retentionMs?: number;
  /** Asks the server; no database needs to be there. */
  readonly query: Query;
}

/**
 * Creates the database where it is missing, and the policy of the observations where they are kept for a limited time. Looks
 * before it creates: a user who may not create a database may use one. Rejects with {@link StoreUnavailable}.
 */
export async function ensureDatabase({ database, retentionMs, query }: DatabaseOptions): Promise<void> {
  try {
    const names = await namesOf(query, 'SHOW DATABASES');
    if (!names.includes(database)) await namesOf(query, `CREATE DATABASE ${quoted(database)}`);
    if (retentionMs === undefined) return;
    const policies = await namesOf(query, `SHOW RETENTION POLICIES ON ${quoted(database)}`);
    const verb = policies.includes(SIGNALS_POLICY) ? 'ALTER' : 'CREATE';
    const policy = `RETENTION POLICY ${quoted(SIGNALS_POLICY)} ON ${quoted(database)}`;
    await namesOf(query, `${verb} ${policy} DURATION ${Math.ceil(retentionMs / 1000)}s REPLICATION 1`);
  } catch (error) {
    if (error instanceof StoreUnavailable) throw error;
    throw new StoreUnavailable((error as Error).message, { cause: error });
  }
}

/** A database may be called anything. */
const quoted = (name: string): string => identifier(name.replaceAll('\\', '\\\\'));

/** What a statement lists by its names; nothing where it lists nothing. */
async function namesOf(query: Query, statement: string): Promise<readonly unknown[]> {
  const names: unknown[] = [];
  for await (const { columns, values } of query([statement])) {
    const at = columns.indexOf('name');
    for (const row of values) names.push(row[at]);
  }
  return names;
}
