import { randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { workerFolder, workersOf } from './workers.ts';

/** Imported, it would bring Node's `fetch` and `WebSocket` too, which its namespace names: 15 MB and 35 ms for nothing. */
const { createServer, request } = process.getBuiltinModule('node:http');

/** What a running process does for other commands on the same host: `backup`, `replay`, `books` … */
export type ControlActions = Readonly<Record<string, ControlAction>>;

/** `signal` is aborted when whoever asked has gone. */
export type ControlAction = (input: unknown, signal: AbortSignal) => Promise<unknown> | unknown;

interface Running {
  readonly pid: number;
  readonly url: string;
  readonly secret: string;
}

const runningFile = (dir: string): string => join(dir, 'running.json');

/**
 * Opens the way in for other commands: HTTP on a loopback port, known with its secret only to whoever may read
 * `running.json` (mode 0600) in the data folder.
 */
export async function openControl(dir: string, actions: ControlActions): Promise<AsyncDisposable> {
  const secret = randomBytes(32).toString('hex');
  const server = createServer(async (asked, response) => {
    const answer = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body) ?? 'null');
    };
    const gone = new AbortController();
    response.on('close', () => {
      if (!response.writableFinished) gone.abort(new Error('whoever asked has gone'));
    });
    try {
      const given = Buffer.from(asked.headers.authorization ?? '');
      const expected = Buffer.from(`Bearer ${secret}`);
      if (given.length !== expected.length || !timingSafeEqual(given, expected))
        return answer(401, { error: 'wrong secret' });
      const chunks: Buffer[] = [];
      for await (const chunk of asked) chunks.push(chunk as Buffer);
      const action = actions[(asked.url ?? '/').slice(1)];
      if (!action) return answer(404, { error: `no action ${asked.url}` });
      answer(200, await action(JSON.parse(Buffer.concat(chunks).toString() || 'null'), gone.signal));
    } catch (error) {
      answer(500, { error: (error as Error).message });
    }
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const running: Running = { pid: process.pid, url: `http://127.0.0.1:${port}`, secret };
  writeFileSync(runningFile(dir), JSON.stringify(running), { mode: 0o600 });
  return {
    [Symbol.asyncDispose]: async () => {
      rmSync(runningFile(dir), { force: true });
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Thrown where no process runs on the data folder. */
export class NothingRunning extends Error {
  override name = 'NothingRunning';
}

/**
 * Asks a process that runs on a data folder: the one that has it alone, or the first worker that answers. Throws as
 * {@link askProcess} does.
 */
export async function askRunning(
  dir: string,
  action: string,
  input: unknown,
  signal?: AbortSignal,
): Promise<unknown> {
  for (const worker of workersOf(dir)) {
    try {
      return await askProcess(workerFolder(dir, worker), action, input, signal);
    } catch (error) {
      if (!(error instanceof NothingRunning)) throw error;
    }
  }
  return askProcess(dir, action, input, signal);
}

/** Asks every process that runs on a data folder, and leaves out what ends meanwhile. Throws {@link NothingRunning} where none does. */
export async function askAllRunning(dir: string, action: string, input: unknown): Promise<unknown[]> {
  const folders = [...workersOf(dir).map((worker) => workerFolder(dir, worker)), dir];
  const answers = await Promise.allSettled(folders.map((folder) => askProcess(folder, action, input)));
  const given = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
  if (given.length > 0) return given;
  throw (answers.at(-1) as PromiseRejectedResult).reason;
}

/**
 * Asks the process whose way in lies in a folder. Throws {@link NothingRunning}, an error with the process's own words, or
 * the signal's reason, in which case the process is told to stop.
 */
export async function askProcess(
  dir: string,
  action: string,
  input: unknown,
  signal?: AbortSignal,
): Promise<unknown> {
  const nobody = (): NothingRunning =>
    new NothingRunning(
      `nothing runs on ${dir}; start kaidong there, or name the running one's configuration with --config (its data.dir counts)`,
    );
  let running: Running;
  try {
    running = JSON.parse(readFileSync(runningFile(dir), 'utf8')) as Running;
  } catch {
    throw nobody();
  }
  const { url, secret } = running;
  const body = JSON.stringify(input);
  const answer = await post(`${url}/${action}`, { secret, body, signal }).catch((error) => {
    signal?.throwIfAborted();
    throw (error as NodeJS.ErrnoException).code === 'ECONNREFUSED' ? nobody() : error;
  });
  // What was killed left its file behind, and its port may be another's by now.
  if (answer.status === 401) throw nobody();
  const answered = JSON.parse(answer.text) as { error?: string };
  if (answer.status !== 200) throw new Error(answered.error ?? `${action} failed with ${answer.status}`);
  return answered;
}

/** Without a time-out, unlike `fetch`: a backup takes as long as it takes. */
async function post(
  url: string,
  { secret, body, signal }: { secret: string; body: string; signal: AbortSignal | undefined },
): Promise<{ status: number; text: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const headers = { authorization: `Bearer ${secret}` };
  const asking = request(url, { method: 'POST', headers, ...(signal ? { signal } : {}) }, resolve);
  asking.on('error', reject).end(body);
  const response = await promise;
  return { status: response.statusCode ?? 0, text: await text(response) };
}
