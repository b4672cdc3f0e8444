import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startedOnFreePorts } from './free-ports.ts';
import { untilItAnswers } from './influxd.ts';
import type { Influxdb2 } from './influxdb2-given.ts';

/** A real InfluxDB 2.x of our own: a free port, a temporary folder, set up with one organisation, stopped by its process id. */
export interface Influxd2 extends Influxdb2, AsyncDisposable {
  readonly pid: number;
  /** Ends the process, `SIGKILL` as a power cut would; its data stays for {@link Influxd2.start}. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Starts it again on the same port with the same data. */
  start(): Promise<void>;
}

/** Where an influxd of 2.x is, which no package brings; `undefined`: nowhere. */
export const influxd2Binary = (): string | undefined => process.env.KAIDONG_TEST_INFLUXD2;

/** Without blanks or colons: `/query` would not know it. */
const TOKEN = 'operator-token';

/** Starts the influxd that KAIDONG_TEST_INFLUXD2 names. Rejects where there is none, or where it ends at once, with its log. */
export async function startInfluxd2(org = 'kaidong tests'): Promise<Influxd2> {
  const binary = influxd2Binary();
  if (binary === undefined) throw new Error('KAIDONG_TEST_INFLUXD2 names no influxd of 2.x');
  const dir = await mkdtemp(join(tmpdir(), 'kaidong-influxd2-'));
  let port = 0;
  let child: ChildProcess | undefined;
  const url = () => `http://127.0.0.1:${port}`;

  const start = async (): Promise<void> => {
    const started = spawn(
      binary,
      [
        ...['--http-bind-address', `127.0.0.1:${port}`, '--reporting-disabled', '--log-level', 'error'],
        ...['--bolt-path', join(dir, 'bolt'), '--sqlite-path', join(dir, 'sqlite')],
        ...['--engine-path', join(dir, 'engine')],
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    child = started;
    let complaint = '';
    for (const stream of [started.stdout, started.stderr])
      stream.on('data', (piece) => {
        complaint = (complaint + piece).slice(-2000);
      });
    const failed = new Promise<never>((_, reject) => {
      started.once('error', reject);
      started.once('exit', (code) => reject(new Error(`influxd ended with ${code}: ${complaint}`)));
    });
    failed.catch(() => undefined);
    await Promise.race([untilItAnswers(`${url()}/health`), failed]);
  };
  const stop: Influxd2['stop'] = async (signal = 'SIGTERM') => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };

  try {
    await startedOnFreePorts(1, async ([free]) => {
      port = free!;
      await start().catch(async (error) => {
        await stop('SIGKILL');
        throw error;
      });
    });
    const answer = await fetch(`${url()}/api/v2/setup`, {
      method: 'POST',
      body: JSON.stringify({ username: 'admin', password: 'a password', org, bucket: 'first', token: TOKEN }),
    });
    if (answer.status !== 201) throw new Error(`no setup: ${answer.status} ${await answer.text()}`);
  } catch (error) {
    await stop('SIGKILL');
    await rm(dir, { recursive: true, force: true });
    throw error;
  }
  return {
    url: url(),
    org,
    token: TOKEN,
    get pid() {
      return child!.pid!;
    },
    start,
    stop,
    [Symbol.asyncDispose]: async () => {
      await stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
