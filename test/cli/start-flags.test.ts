import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const BIN = join(import.meta.dirname, '../../bin/kaidong.js');
const TELL =
  'data:text/javascript,console.error(JSON.stringify([process.execArgv.slice(2), process.env.MALLOC_ARENA_MAX ?? null]))';

/** With which flags of V8 a command ran, at each of its beginnings, and the heaps of the allocator. */
function beginningsOf(command: string, flags: readonly string[] = [], environment = {}) {
  const args = ['--import', TELL, ...flags, BIN, command, '--help'];
  const { MALLOC_ARENA_MAX: _, NODE_OPTIONS: __, ...env } = process.env;
  const { stderr, stdout, status } = spawnSync(process.execPath, args, { env: { ...env, ...environment } });
  expect([status, `${stdout}`]).toEqual([0, expect.stringContaining(command)]);
  return `${stderr}`
    .split('\n')
    .filter((line) => line.startsWith('[['))
    .map((line) => JSON.parse(line));
}

test('ingest begins anew with little room for young objects, and keeps the flags that it was started with', () => {
  expect(beginningsOf('ingest', ['--stack-trace-limit=20'])).toEqual([
    [['--stack-trace-limit=20'], null],
    [['--stack-trace-limit=20', '--max-semi-space-size=16', '--min-semi-space-size=8'], '2'],
  ]);
});

test('who says how much room it has is followed, and other commands begin once', () => {
  const asked = '--max-semi-space-size=32';
  expect(beginningsOf('ingest', [asked])).toEqual([[[asked], null]]);
  expect(beginningsOf('ingest', [], { NODE_OPTIONS: asked })).toEqual([[[], null]]);
  expect(beginningsOf('serve')).toEqual([[[], null]]);
});
