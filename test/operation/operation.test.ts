import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { askRunning, NothingRunning, openControl } from '../../operation/control.ts';
import { holdLock } from '../../operation/lock.ts';
import { createLog } from '../../operation/log.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'kaidong-operation-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

test('a lock keeps a second holder out until it is given back', () => {
  const lock = holdLock(dir, 'ingest');
  expect(() => holdLock(dir, 'ingest')).toThrow('another process uses');
  lock[Symbol.dispose]();
  holdLock(dir, 'ingest')[Symbol.dispose]();
});

test('kill -9 of the holder frees the lock', async () => {
  const module = join(import.meta.dirname, '../../operation/lock.ts');
  const script = `import { holdLock } from ${JSON.stringify(module)}; globalThis.held = holdLock(${JSON.stringify(dir)}, 'ingest'); console.log('held'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  expect(() => holdLock(dir, 'ingest')).toThrow('another process uses');
  child.kill('SIGKILL');
  await once(child, 'exit');
  holdLock(dir, 'ingest')[Symbol.dispose]();
});

test('a command asks the running process, and is told when there is none', async () => {
  await expect(askRunning(dir, 'double', 2)).rejects.toThrow(NothingRunning);
  {
    await using _control = await openControl(dir, {
      double: (input) => ({ twice: (input as number) * 2 }),
      fail: () => Promise.reject(new Error('no room')),
    });
    expect(await askRunning(dir, 'double', 21)).toEqual({ twice: 42 });
    await expect(askRunning(dir, 'fail', null)).rejects.toThrow('no room');
    await expect(askRunning(dir, 'nothing', null)).rejects.toThrow('no action /nothing');
    expect(statSync(join(dir, 'running.json')).mode & 0o077).toBe(0);
  }
  expect(existsSync(join(dir, 'running.json'))).toBe(false);
});

test('whoever asked and has gone is no longer worked for', async () => {
  const told = Promise.withResolvers<Error>();
  const begun = Promise.withResolvers<void>();
  await using _control = await openControl(dir, {
    long: (_input, signal) => {
      signal.addEventListener('abort', () => told.resolve(signal.reason));
      begun.resolve();
      return told.promise.then(() => null);
    },
    short: (_input, signal) => ({ aborted: signal.aborted }),
  });
  const stop = new AbortController();
  const asked = askRunning(dir, 'long', null, stop.signal);
  await begun.promise;
  stop.abort(new Error('Ctrl-C'));
  await expect(asked).rejects.toThrow('Ctrl-C');
  expect((await told.promise).message).toContain('whoever asked has gone');
  expect(await askRunning(dir, 'short', null, new AbortController().signal)).toEqual({ aborted: false });
});

test('a log line is a named event with its fields', () => {
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => void lines.push(line) });
  log('debug', 'quiet');
  log('warn', 'spool-nearly-full', { share: 0.8 });
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ level: 40, event: 'spool-nearly-full', share: 0.8 }),
  ]);
});
