import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { vi } from 'vitest';

// Every test starts processes, which takes as long as a busy host lets it.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const CLI = join(import.meta.dirname, '../../bin/kaidong.js');

export type Environment = Readonly<Record<string, string>>;

/** A folder of the test's own; disposal removes it. */
export interface Folder extends Disposable {
  readonly path: string;
  file(name: string): string;
}

export function newFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), 'kaidong-contracts-'));
  return {
    path,
    file: (name) => join(path, name),
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** The environment without any setting of whoever runs the tests. */
const bare = (): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('KAIDONG')));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly environment?: Environment;
  readonly input?: string;
}

function start(args: readonly string[], { cwd, environment = {} }: RunOptions): ChildProcess {
  return spawn(process.execPath, [CLI, ...args], { cwd, env: { ...bare(), ...environment }, stdio: 'pipe' });
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}

/** Runs a command of `kaidong` to its end. */
export async function kaidong(args: readonly string[], options: RunOptions): Promise<Ended> {
  const child = start(args, options);
  child.stdin!.end(options.input ?? '');
  const [stdout, stderr, [code]] = await Promise.all([
    textOf(child.stdout!),
    textOf(child.stderr!),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { code, stdout, stderr };
}

// biome-ignore lint/suspicious/noExplicitAny: an outsider reads answers by name; what they must hold is the test's claim
export type Json = any;

export interface Answer {
  readonly status: number;
  readonly body: Json;
}

/** A service of `kaidong` that said it is ready. */
export interface Service extends AsyncDisposable {
  readonly http: string;
  readonly mqtt: string;
  readonly ready: Readonly<Record<string, unknown>>;
  /** Everything on standard output up to now. */
  readonly lines: readonly string[];
  /** SIGTERM; resolves with how it ended. */
  stop(): Promise<Ended>;
  kill(): Promise<void>;
  get(path: string, init?: RequestInit): Promise<Answer>;
  post(path: string, body: unknown): Promise<Answer>;
}

export interface ServiceOptions extends RunOptions {
  readonly role?: string;
  readonly args?: readonly string[];
}

/** Starts a service on free ports and waits for its ready line. Rejects with its standard error where it ends first. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { role = 'serve', args = [] } = options;
  const environment = { KAIDONG__HTTP__PORT: '0', KAIDONG__BROKER__PORT: '0', ...options.environment };
  const child = start([role, '--json', ...args], { ...options, environment });
  const ended = once(child, 'close') as Promise<[number | null]>;
  const complaints = textOf(child.stderr!);
  const lines: string[] = [];
  const output = createInterface({ input: child.stdout! });
  output.on('line', (line) => lines.push(line));
  await Promise.race([once(output, 'line'), ended]);
  if (lines.length === 0)
    throw new Error(`${role} ended with ${(await ended)[0]} before it was ready: ${await complaints}`);
  const ready = JSON.parse(lines[0] as string) as { http: string; mqtt: string };
  const running = (): boolean => child.exitCode === null && child.signalCode === null;
  const stop = async (): Promise<Ended> => {
    if (running()) child.kill('SIGTERM');
    const [code] = await ended;
    return { code, stdout: lines.join('\n'), stderr: await complaints };
  };
  const ask = async (path: string, init?: RequestInit) => {
    const response = await fetch(`${ready.http}${path}`, init);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return { status: response.status, body: isJson ? JSON.parse(text) : text };
  };
  return {
    http: ready.http,
    mqtt: ready.mqtt,
    ready: ready as unknown as Readonly<Record<string, unknown>>,
    lines,
    stop,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    get: ask,
    post: (path, body) =>
      ask(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    async [Symbol.asyncDispose]() {
      await stop();
    },
  };
}

const PATIENCE_MS = 60_000;

/** Asks again until the answer suits; rejects with the last one after long patience. */
export async function until<T>(ask: () => Promise<T>, suits: (answer: T) => boolean): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const answer = await ask();
    if (suits(answer)) return answer;
    if (performance.now() > deadline) throw new Error(`never came true: ${JSON.stringify(answer)}`);
    await delay(20);
  }
}

/** Resolves with the books once nothing is under way any more. */
export async function settled(service: Service) {
  const { body } = await until(
    () => service.get('/api/v1/ingest/books'),
    ({ body: { messages } }) => messages.spooled === 0 && messages.inFlight === 0,
  );
  return body;
}
