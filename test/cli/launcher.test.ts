import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, expect, test } from 'vitest';

const BIN = join(import.meta.dirname, '../../bin/kaidong.js');
/** Makes the launcher believe that the host's Node is an old one, so that it starts the project's own. */
const OLD_HOST =
  'data:text/javascript,Object.defineProperty(process,"versions",{value:{...process.versions,node:"20.1.0"}})';

const data = mkdtempSync(join(tmpdir(), 'kaidong-launcher-'));
afterEach(() => rmSync(data, { recursive: true, force: true }));

/** A platform on the data folder that was started under an old Node, and is ready. */
async function launched() {
  const launcher = spawn(process.execPath, ['--import', OLD_HOST, BIN, 'serve', '--json'], {
    env: { ...process.env, KAIDONG__DATA__DIR: data, KAIDONG__HTTP__PORT: '0', KAIDONG__BROKER__PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Both hold the pipe: it ends when the platform has ended too, not just its launcher.
  const ended = once(launcher, 'close');
  let told = '';
  launcher.stderr.on('data', (text) => {
    told += text;
  });
  const [line] = await Promise.race([once(createInterface(launcher.stdout), 'line'), ended]);
  expect(line, told).toContain('"event":"ready"');
  return { launcher, ended };
}

test('a platform ends with its launcher, also one that is killed, and leaves the data folder to the next', async () => {
  const killed = await launched();
  killed.launcher.kill('SIGKILL');
  expect(await killed.ended).toEqual([null, 'SIGKILL']);
  const stopped = await launched();
  stopped.launcher.kill('SIGTERM');
  expect(await stopped.ended).toEqual([0, null]);
}, 120_000);
