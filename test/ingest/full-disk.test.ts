import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { spoolPart } from '../../composition/readiness.ts';
import { imbalance } from '../../domain/books.ts';
import { bench, delivery, message, NOW, send, TOPIC } from './harness.ts';

/** A file system of its own with so much room; `null`: this user may not mount one. */
function smallDisk(bytes: number): string | null {
  const dir = mkdtempSync(join(tmpdir(), 'kaidong-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', dir]).status === 0;
  onTestFinished(() => {
    if (mounted) execFileSync('umount', ['--lazy', dir]);
    rmSync(dir, { recursive: true, force: true });
  });
  return mounted ? dir : null;
}

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

test('a disk without room: nothing more is acknowledged and nothing is lost, and with room it goes on by itself', async (context) => {
  const disk = smallDisk(2 * 1024 * 1024);
  if (disk === null) return context.skip('needs the right to mount a file system');
  const filler = join(disk, 'filler');
  writeFileSync(filler, Buffer.alloc(1024 * 1024));
  const parts = bench({ dir: disk });
  const first = await parts.start();
  parts.store.state.away = true;
  const text = 'x'.repeat(10_000);
  let acknowledged = 0;
  const publish = async (n: number): Promise<void> => {
    const payload = { ts: NOW - 1000 + n, text: `${n} ${text}` };
    await send(first, message(TOPIC, payload, { delivery: delivery(n + 1) }));
    acknowledged++;
  };
  for (let n = 0; n < 20; n++) await publish(n);
  const rest = Promise.all(Array.from({ length: 130 }, (_, n) => publish(20 + n)));
  while (!first.full) await turn();
  expect(acknowledged).toBe(20);
  const failure = parts.events.find(({ event }) => event === 'journal-write-failed');
  const { diskError } = first.status();
  expect(diskError).toMatch(/ENOSPC|only \d+ of \d+ bytes were written/);
  expect(spoolPart(first.status())).toMatchObject({
    ok: false,
    detail: `the journal can't be written (${diskError}): messages wait unacknowledged at the broker`,
    remedy: { en: expect.stringContaining('free space') },
  });
  expect(failure?.fields?.error).toMatch(/ENOSPC|only \d+ of \d+ bytes were written/);
  const before = acknowledged;
  await turn();
  expect(acknowledged).toBe(before);
  rmSync(filler);
  await rest;
  expect(first.full).toBe(false);
  expect(spoolPart(first.status()).ok).toBe(true);
  await first.abandon();

  parts.store.state.away = false;
  await using second = await parts.start();
  await second.drained();
  const { messages } = second.books();
  expect(messages).toMatchObject({ received: 150, stored: 150, spooled: 0 });
  expect(imbalance(messages)).toBe(0);
  expect(parts.store.state.written.map(({ ts }) => ts)).toEqual(
    Array.from({ length: 150 }, (_, n) => NOW - 1000 + n),
  );
});
