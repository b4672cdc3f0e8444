import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { askProcess, askRunning, NothingRunning, openControl } from '../../operation/control.ts';
import { holdLock, isHeld } from '../../operation/lock.ts';
import { createLog } from '../../operation/log.ts';
import { workerFolder, workersOf } from '../../operation/workers.ts';

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
  const script = `import { holdLock, isHeld } from ${JSON.stringify(module)}; globalThis.held = holdLock(${JSON.stringify(dir)}, 'ingest'); console.log('held'); setInterval(() => {}, 1000);`;
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

test('a shared lock lets others share it, and keeps out who wants it alone', () => {
  const first = holdLock(dir, 'ingest', 'shared');
  const second = holdLock(dir, 'ingest', 'shared');
  expect(() => holdLock(dir, 'ingest')).toThrow('another process uses');
  first[Symbol.dispose]();
  expect(() => holdLock(dir, 'ingest')).toThrow('another process uses');
  expect(isHeld(dir, 'ingest')).toBe(true);
  second[Symbol.dispose]();
  expect(isHeld(dir, 'ingest')).toBe(false);
  const alone = holdLock(dir, 'ingest');
  expect(() => holdLock(dir, 'ingest', 'shared')).toThrow('another process uses');
  alone[Symbol.dispose]();
});

test('of several workers the first that runs is asked; a file that one left behind leads nobody astray', async () => {
  expect(workersOf(dir)).toEqual([]);
  const folders = ['w1', 'w2', 'w3'].map((worker) => workerFolder(dir, worker));
  for (const folder of folders) mkdirSync(folder, { recursive: true });
  expect(workersOf(dir)).toEqual(['w1', 'w2', 'w3']);
  await expect(askRunning(dir, 'name', null)).rejects.toThrow(NothingRunning);
  await using _second = await openControl(folders[1]!, { name: () => 'w2' });
  await using _third = await openControl(folders[2]!, { name: () => 'w3' });
  expect(await askRunning(dir, 'name', null)).toBe('w2');
  // A worker was killed, and another process listens on its port now.
  const left = JSON.parse(readFileSync(join(folders[2]!, 'running.json'), 'utf8'));
  writeFileSync(join(folders[0]!, 'running.json'), JSON.stringify({ ...left, secret: 'of the dead' }));
  expect(await askRunning(dir, 'name', null)).toBe('w2');
  expect(await askProcess(folders[2]!, 'name', null)).toBe('w3');
});
