import { expect, test } from 'vitest';
import type { Quarantine } from '../../ingest/ports.ts';
import { openForTest, tempDir } from './open.ts';

const refused = (n: number, over: object = {}) => ({
  key: `k${n}`,
  source: 'acme/a/b/c/d',
  topic: `kaidong/v1/t${n}`,
  receivedAt: 1_700_000_000_000 + n,
  code: 'not-json' as const,
  detail: `detail ${n}`,
  payload: Buffer.from(`body ${n}`),
  payloadBytes: 6,
  sha256: 'ab'.repeat(32),
  truncated: false,
  ...over,
});

test('gives back what was put, newest first, page by page', () => {
  const quarantine: Quarantine = openForTest().quarantine;
  quarantine.put([1, 2, 3, 4, 5].map((n) => refused(n)));
  const first = quarantine.list({ limit: 2 });
  expect(first.items.map((item) => item.detail)).toEqual(['detail 5', 'detail 4']);
  expect(first.items[0]).toEqual({
    id: 5,
    ...(({ key: _, ...rest }) => rest)(refused(5)),
    payload: new Uint8Array(Buffer.from('body 5')),
    keptBytes: 6,
  });
  const second = quarantine.list({ limit: 2, cursor: first.next! });
  const third = quarantine.list({ limit: 2, cursor: second.next! });
  expect(second.items.map((item) => item.id)).toEqual([3, 2]);
  expect(third).toMatchObject({ items: [{ id: 1 }], next: null });
});

test('gives no more of each body than is asked for, and says how much there is', () => {
  const { quarantine } = openForTest();
  quarantine.put([refused(1), refused(2, { payload: new Uint8Array(0) })]);
  const shown = (bodyBytes: number) =>
    quarantine
      .list({ limit: 2, bodyBytes })
      .items.map(({ payload, keptBytes }) => [Buffer.from(payload).toString(), keptBytes]);
  expect(shown(3)).toEqual([
    ['', 0],
    ['bod', 6],
  ]);
  expect(shown(0)).toEqual([
    ['', 0],
    ['', 6],
  ]);
});

test('counts what rests for each code, of everything or of a topic, without what was taken out', () => {
  const { quarantine } = openForTest();
  quarantine.put([
    refused(1),
    refused(2, { code: 'no-rule', topic: 'plant/a' }),
    refused(3, { code: 'no-rule', topic: 'plant/b/c' }),
    refused(4, { code: 'no-rule', topic: 'other' }),
    refused(5),
  ]);
  quarantine.remove([5]);
  const at = (n: number) => 1_700_000_000_000 + n;
  expect(quarantine.countByCode({})).toEqual([
    { code: 'no-rule', count: 3, newest: at(4) },
    { code: 'not-json', count: 1, newest: at(1) },
  ]);
  expect(quarantine.countByCode({ topic: 'plant/#' })).toEqual([
    { code: 'no-rule', count: 2, newest: at(3) },
  ]);
  expect(quarantine.countByCode({ topic: 'nothing' })).toEqual([]);
});

test('a key put twice is one message, also after it was removed', () => {
  const { quarantine } = openForTest();
  quarantine.put([refused(1)]);
  quarantine.put([refused(1), refused(2)]);
  expect(quarantine.list({ limit: 10 }).items.map((item) => item.detail)).toEqual(['detail 2', 'detail 1']);
  quarantine.remove(quarantine.list({ limit: 10 }).items.map((item) => item.id));
  quarantine.put([refused(1)]);
  expect(quarantine.list({ limit: 10 })).toEqual({ items: [], next: null });
  expect(quarantine.bodyBytes()).toBe(0);
});

test('filters by code, by topic and below a topic', () => {
  const { quarantine } = openForTest();
  quarantine.put([
    refused(1, { topic: 'p/a' }),
    refused(2, { topic: 'p/a/x', code: 'ts-malformed' }),
    refused(3, { topic: 'p/ab' }),
    refused(4, { topic: 'p/a' }),
  ]);
  const idsOf = (filter: object) => quarantine.list({ limit: 10, ...filter }).items.map((item) => item.id);
  expect(idsOf({ topic: 'p/a' })).toEqual([4, 1]);
  expect(idsOf({ topic: 'p/a/#' })).toEqual([4, 2, 1]);
  expect(idsOf({ code: 'not-json' })).toEqual([4, 3, 1]);
  expect(idsOf({ code: 'ts-malformed', topic: 'p/a' })).toEqual([]);
  expect(quarantine.select({ topic: 'p/a' }, 0, 1).map((item) => item.id)).toEqual([1]);
  expect(quarantine.select({ topic: 'p/a' }, 1, 9).map((item) => item.id)).toEqual([4]);
  expect(quarantine.select({ ids: [4, 2, 4, 99] }, 0, 9).map((item) => item.id)).toEqual([2, 4]);
});

test('the oldest bodies go when the cap is passed; rows and sizes stay', () => {
  const { quarantine } = openForTest({ quarantineMaxBytes: 1000 });
  const body = (n: number) => refused(n, { payload: Buffer.alloc(400, n), payloadBytes: 400 });
  quarantine.put([body(1), body(2), body(3), body(4)]);
  const kept = quarantine.list({ limit: 10 }).items;
  expect(kept.map((item) => [item.id, item.payload.length, item.payloadBytes])).toEqual([
    [4, 400, 400],
    [3, 400, 400],
    [2, 0, 400],
    [1, 0, 400],
  ]);
  expect(quarantine.bodyBytes()).toBe(800);
});

test('what is older than the limit goes, rows and bodies; the rest and the sum of the bodies stay right', () => {
  const { quarantine } = openForTest();
  const body = (n: number) => refused(n, { payload: Buffer.alloc(10, n), payloadBytes: 10, receivedAt: n });
  quarantine.put(Array.from({ length: 2500 }, (_, n) => body(n)));
  quarantine.remove([1, 2]);
  quarantine.purge(2400);
  expect(quarantine.select({}, 0, 9999).map((item) => item.receivedAt)).toEqual(
    Array.from({ length: 100 }, (_, n) => 2400 + n),
  );
  expect(quarantine.bodyBytes()).toBe(1000);
  quarantine.purge(2400);
  expect(quarantine.bodyBytes()).toBe(1000);
});

test('a body of 1 MB is whole, of a larger one 64 kB rest', () => {
  const { quarantine } = openForTest();
  const whole = Buffer.alloc(1024 * 1024, 1);
  const large = Buffer.alloc(1024 * 1024 + 1, 2);
  quarantine.put([
    refused(1, { payload: whole, payloadBytes: whole.length }),
    refused(2, { payload: large, payloadBytes: large.length }),
  ]);
  expect(
    quarantine
      .list({ limit: 2 })
      .items.map((item) => [item.payload.length, item.payloadBytes, item.truncated]),
  ).toEqual([
    [65_536, large.length, true],
    [whole.length, whole.length, false],
  ]);
});

test('another process sees it, and it survives closing', () => {
  const dir = tempDir();
  const one = openForTest({ dir });
  const other = openForTest({ dir });
  one.quarantine.put([refused(1)]);
  other.quarantine.put([refused(1), refused(2)]);
  expect(one.quarantine.list({ limit: 9 }).items).toHaveLength(2);
  one.close();
  other.close();
  expect(openForTest({ dir }).quarantine.list({ limit: 9 }).items).toHaveLength(2);
});
