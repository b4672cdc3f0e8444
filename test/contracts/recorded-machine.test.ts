import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Folder,
  type Json,
  kaidong,
  newFolder,
  type Service,
  settled,
  startService,
} from './kaidong.ts';

const ROOT = join(import.meta.dirname, '../..');

/** The commands of the README's section on a real machine, as written there. */
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
const [, block = ''] = /## A real machine[\s\S]*?```sh\n([\s\S]*?)```/.exec(README) ?? [];
const commands = block
  .split('\n')
  .filter((line) => line.startsWith('npx kaidong') || line.startsWith('curl'));

/** The arguments of a line of the README, its paths, ports and names made ours. */
const argumentsOf = (line: string | undefined, places: Readonly<Record<string, string>>): string[] =>
  Object.entries({ 'simulators/logs': join(ROOT, 'simulators/logs'), ...places })
    .reduce((text, [from, to]) => text.replaceAll(from, to), line ?? '')
    .replace(/ &$/, '')
    .split(' ')
    .slice(2);

let folder: Folder;
let platform: Service;
beforeAll(async () => {
  folder = newFolder();
  expect(commands).toHaveLength(4);
  const written = await kaidong(argumentsOf(commands[0], {}), { cwd: folder.path });
  expect(written).toMatchObject({ code: 0 });
  const [role, ...args] = argumentsOf(commands[1], {});
  platform = await startService({ cwd: folder.path, role: role!, args });
  const played = await kaidong(argumentsOf(commands[2], { 'mqtt://127.0.0.1:1883': platform.mqtt }), {
    cwd: folder.path,
  });
  expect(played).toMatchObject({ code: 0 });
  await settled(platform);
});
afterAll(async () => {
  await platform[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

const MACHINE = 'demo/fair/cell/line1/multus';
const SPAN = 'from=2022-08-08T13:00:00Z&to=2022-08-08T19:00:00Z';

test("the README's last command shows the day of the recorded machine", async () => {
  const { pathname, search, searchParams } = new URL(/'(http[^']+)'/.exec(commands[3]!)![1]!);
  const { status, body } = await platform.get(pathname + search);
  expect(status).toBe(200);
  expect(body.machine).toBe(MACHINE);
  let end = Date.parse(searchParams.get('from')!);
  for (const { from, to } of body.intervals) {
    expect(Date.parse(from)).toBe(end);
    end = Date.parse(to);
  }
  expect(end).toBe(Date.parse(searchParams.get('to')!));
  const states = new Set<string>(body.intervals.map((one: Json) => one.state));
  expect([...states]).toEqual(expect.arrayContaining(['running', 'idle', 'unknown']));
  // The machine's own words are kept.
  expect(body.intervals.some(({ raw }: Json) => raw === 'ACTIVE')).toBe(true);
});

test('timeline and ledger tell the same, and nothing of the log was refused', async () => {
  const { body: timeline } = await platform.get(`/api/v1/timeline?machine=${MACHINE}&${SPAN}`);
  const { body: ledger } = await platform.get(`/api/v1/ledger?scope=${MACHINE}&by=machine&${SPAN}`);
  const [{ ms, flags }] = ledger.rows;
  const spent = (state: string): number =>
    timeline.intervals
      .filter((one: Json) => one.state === state)
      .reduce((sum: number, { from, to }: Json) => sum + Date.parse(to) - Date.parse(from), 0);
  expect(spent('running')).toBeGreaterThan(0);
  expect(ms.running + ms.extra).toBe(spent('running'));
  expect(ms.unknown).toBe(spent('unknown'));
  expect(flags).not.toContain('undeclared');
  const classes = Object.values(ms as Record<string, number>).reduce((sum, span) => sum + span, 0);
  expect(classes).toBe(6 * 3_600_000);
  const { body: books } = await platform.get('/api/v1/ingest/books');
  expect(books.messages.refused).toBe(0);
  expect(books.messages.received).toBe(books.messages.stored + books.messages.duplicate);
});

test('played a second time it changes nothing', async () => {
  const ask = async () =>
    (await platform.get(`/api/v1/ledger?scope=${MACHINE}&by=machine,hour&${SPAN}`)).body.rows;
  const before = await ask();
  const again = await kaidong(argumentsOf(commands[2], { 'mqtt://127.0.0.1:1883': platform.mqtt }), {
    cwd: folder.path,
  });
  expect(again.code).toBe(0);
  await settled(platform);
  expect(await ask()).toEqual(before);
});
