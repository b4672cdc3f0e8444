import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts, startedOnFreePorts } from './free-ports.ts';
import type { QueryAnswer } from './influx-history.ts';

interface Diagnostics {
  readonly results: readonly {
    readonly series?: readonly {
      readonly name: string;
      readonly columns: readonly string[];
      readonly values: readonly (readonly unknown[])[];
    }[];
  }[];
}

/** A real InfluxDB 1.x of our own: free ports, a temporary folder, no reports, stopped by its process id. */
export interface Influxd extends AsyncDisposable {
  readonly url: string;
  readonly pid: number;
  /** Ends the process, `SIGKILL` as a power cut would; its data stays for {@link Influxd.start}. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Starts it again on the same port with the same data. */
  start(): Promise<void>;
  /** Runs a statement as an administrator would. */
  query(statement: string, database?: string): Promise<QueryAnswer>;
}

const configuration = (dir: string, httpPort: number, rpcPort: number, auth: boolean): string => `
reporting-disabled = true
bind-address = "127.0.0.1:${rpcPort}"
[meta]
  dir = "${join(dir, 'meta')}"
[data]
  dir = "${join(dir, 'data')}"
  wal-dir = "${join(dir, 'wal')}"
  query-log-enabled = false
[http]
  bind-address = "127.0.0.1:${httpPort}"
  log-enabled = false
  auth-enabled = ${auth}
[logging]
  level = "error"
[monitor]
  store-enabled = false
`;

const binary = (): string => process.env.KAIDONG_TEST_INFLUXD ?? 'influxd';

/** Whether tests that need influxd may be skipped: it isn't installed, and this isn't CI, where that is a failure. */
export const skipWithoutInfluxd = (): boolean =>
  process.env.CI === undefined && spawnSync(binary(), ['version']).error !== undefined;

/** The administrator of a server that asks for credentials. */
export const ADMIN = { username: 'admin', password: "adm'in" };

/**
 * Starts influxd, found in PATH or where KAIDONG_TEST_INFLUXD says. Rejects where it is missing or ends at once, with its log.
 * `auth`: it asks for credentials, and has the user {@link ADMIN}.
 */
export async function startInfluxd({ auth = false, pickPorts = freePorts } = {}): Promise<Influxd> {
  const dir = await mkdtemp(join(tmpdir(), 'kaidong-influxd-'));
  const configPath = join(dir, 'influxdb.conf');
  let url = '';
  let child: ChildProcess | undefined;

  const start = async (): Promise<void> => {
    const started = spawn(binary(), ['-config', configPath], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child = started;
    let complaint = '';
    started.stderr.on('data', (piece) => {
      complaint = (complaint + piece).slice(-2000);
    });
    const failed = new Promise<never>((_, reject) => {
      started.once('error', reject);
      started.once('exit', (code) => reject(new Error(`influxd ended with ${code}: ${complaint}`)));
    });
    failed.catch(() => undefined);
    await Promise.race([untilItAnswers(`${url}/ping`), failed]);
    // Somebody else may answer at a port that ours didn't get.
    if (!auth) await Promise.race([untilItIs(started.pid!), failed]);
  };
  const untilItIs = async (pid: number): Promise<void> => {
    const { results } = (await query('SHOW DIAGNOSTICS')) as unknown as Diagnostics;
    const system = results[0]?.series?.find(({ name }) => name === 'system');
    const answering = system?.values[0]?.[system.columns.indexOf('PID')];
    if (answering === pid) return;
    throw new Error(`influxd ${pid}: address already in use, ${url} is that of ${answering}`);
  };
  const stop: Influxd['stop'] = async (signal = 'SIGTERM') => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };

  const query: Influxd['query'] = async (statement, database = '') => {
    const answer = await fetch(`${url}/query?${new URLSearchParams({ db: database, epoch: 'ms' })}`, {
      method: 'POST',
      headers: auth ? { authorization: `Basic ${btoa(`${ADMIN.username}:${ADMIN.password}`)}` } : {},
      body: new URLSearchParams({ q: statement }),
    });
    return (await answer.json()) as QueryAnswer;
  };

  try {
    await startedOnFreePorts(
      2,
      async ([http, rpc]) => {
        url = `http://127.0.0.1:${http}`;
        await writeFile(configPath, configuration(dir, http!, rpc!, auth));
        await start().catch(async (error) => {
          await stop('SIGKILL');
          throw error;
        });
      },
      pickPorts,
    );
  } catch (error) {
    await rm(dir, { recursive: true, force: true });
    throw error;
  }
  if (auth) await query(`CREATE USER "admin" WITH PASSWORD 'adm\\'in' WITH ALL PRIVILEGES`);
  return {
    url,
    get pid() {
      return child!.pid!;
    },
    start,
    stop,
    query,
    [Symbol.asyncDispose]: async () => {
      await stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Resolves once a GET of the address succeeds; rejects after a minute. */
export async function untilItAnswers(address: string): Promise<void> {
  const patience = AbortSignal.timeout(60_000);
  while (!patience.aborted) {
    const answer = await fetch(address).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${address} doesn't answer`);
}
