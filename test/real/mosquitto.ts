import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts, startedOnFreePorts } from './free-ports.ts';

const BINARY = ['/usr/sbin/mosquitto', '/usr/local/sbin/mosquitto', '/opt/homebrew/sbin/mosquitto'].find(
  existsSync,
);

/**
 * Whether the real-broker tests can run. Where they must (CI), a missing binary is an error, never a skip.
 */
export function mosquittoAvailable(): boolean {
  if (BINARY === undefined && process.env.CI) {
    throw new Error(
      'mosquitto is not installed: apt-get install mosquitto (in CI these tests may not be skipped)',
    );
  }
  return BINARY !== undefined;
}

/** The installed version, e.g. `2.0.11`; `null`: none is installed. */
export function mosquittoVersion(): string | null {
  if (BINARY === undefined) return null;
  // Its help ends with 3.
  const { stdout } = spawnSync(BINARY, ['-h'], { encoding: 'utf8' });
  return /version (\S+)/.exec(stdout)?.[1] ?? null;
}

export interface MosquittoOptions {
  readonly maxQueuedMessages?: number;
  readonly maxInflightMessages?: number;
  readonly login?: { readonly username: string; readonly password: string };
  /** With `ca`, clients must show a certificate from it. */
  readonly tls?: { readonly cert: string; readonly key: string; readonly ca?: string };
  /** As mosquitto comes: 20 in flight, 1000 queued, nothing kept over a restart. */
  readonly asItComes?: boolean;
  readonly pickPorts?: (count: number) => Promise<readonly number[]>;
}

export interface Mosquitto extends AsyncDisposable {
  readonly port: number;
  readonly url: string;
  /** Ends the process; on SIGTERM it saves its sessions first, on SIGKILL it loses them. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Starts it again on the same port with the same sessions. */
  start(): Promise<void>;
}

/** Starts a mosquitto of our own: free port, sessions persisted in a temporary folder. */
export async function startMosquitto(options: MosquittoOptions = {}): Promise<Mosquitto> {
  const dir = mkdtempSync(join(tmpdir(), 'kaidong-mosquitto-'));
  const config = join(dir, 'mosquitto.conf');
  let port = 0;
  let child: ChildProcess | undefined;

  async function start(): Promise<void> {
    const output: string[] = [];
    child = spawn(BINARY!, ['-c', config], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout!.on('data', (text) => output.push(String(text)));
    child.stderr!.on('data', (text) => output.push(String(text)));
    await answering(port, child, output);
  }

  async function stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const running = child;
    child = undefined;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => running.once('exit', () => resolve()));
    running.kill(signal);
    await ended;
  }

  try {
    await startedOnFreePorts(
      1,
      async ([free]) => {
        port = free!;
        writeFileSync(config, configOf(options, dir, port));
        await start();
      },
      options.pickPorts ?? freePorts,
    );
  } catch (error) {
    rmSync(dir, { recursive: true, force: true });
    throw error;
  }
  return {
    port,
    url: `${options.tls ? 'mqtts' : 'mqtt'}://127.0.0.1:${port}`,
    start,
    stop,
    async [Symbol.asyncDispose]() {
      await stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function configOf(options: MosquittoOptions, dir: string, port: number): string {
  const lines = [
    `listener ${port} 127.0.0.1`,
    ...(options.asItComes
      ? []
      : [
          'persistence true',
          `persistence_location ${dir}/`,
          `max_queued_messages ${options.maxQueuedMessages ?? 1_000_000}`,
          `max_inflight_messages ${options.maxInflightMessages ?? 1000}`,
        ]),
  ];
  if (process.getuid?.() === 0) lines.push('user root'); // else it can't write its own folder after changing user
  if (options.login) {
    const file = join(dir, 'passwords');
    execFileSync('mosquitto_passwd', ['-b', '-c', file, options.login.username, options.login.password]);
    lines.push('allow_anonymous false', `password_file ${file}`);
  } else {
    lines.push('allow_anonymous true');
  }
  if (options.tls) lines.push(`certfile ${options.tls.cert}`, `keyfile ${options.tls.key}`);
  if (options.tls?.ca) lines.push(`cafile ${options.tls.ca}`, 'require_certificate true');
  return `${lines.join('\n')}\n`;
}

async function answering(port: number, child: ChildProcess, output: readonly string[]): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`mosquitto ended at start: ${output.join('')}`);
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.on('connect', () => resolve(true));
      socket.on('error', () => resolve(false));
      socket.on('connect', () => socket.destroy());
    });
    // Somebody else may answer at a port that ours didn't get: it says itself when it runs.
    if (open && output.join('').includes(' running')) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
