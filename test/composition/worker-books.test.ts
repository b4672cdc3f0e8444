import { expect, test } from 'vitest';
import { booksOfAll, readinessOfAll } from '../../composition/worker-books.ts';
import { emptyBooks, imbalance } from '../../domain/books.ts';
import type { ShelvedBooks } from '../../registry/books-shelf.ts';

const NOW = Date.parse('2026-03-02T08:00:00Z');
const PART = {
  part: 'broker',
  ok: true,
  detail: 'connected',
  message: { zh: '已连接', en: 'Connected.' },
  remedy: null,
};

function shelved(
  worker: string,
  sources: Readonly<Record<string, number>>,
  more: Partial<ShelvedBooks> & { waitingSince?: number | null; bytes?: number } = {},
): ShelvedBooks {
  const { waitingSince = null, bytes = 0, ...rest } = more;
  const booksOf = (stored: number) => {
    const books = emptyBooks();
    Object.assign(books.messages, { received: stored, stored });
    Object.assign(books.observations, { received: 2 * stored, stored: 2 * stored });
    return books;
  };
  const total = booksOf(Object.values(sources).reduce((sum, count) => sum + count, 0));
  return {
    worker,
    asOf: NOW,
    books: {
      asOf: NOW,
      ...total,
      spool: { bytes, maxBytes: 100, waitingSince },
      sources: Object.entries(sources).map(([source, count]) => ({ source, ...booksOf(count) })),
    },
    standing: { ready: true, parts: [PART], outsideBroker: true },
    leftAt: null,
    ...rest,
  };
}

test('the books of all are the sums, source by source', () => {
  const all = booksOfAll(
    [
      shelved('w1', { b: 3, a: 1 }, { bytes: 5, waitingSince: NOW - 10 }),
      shelved('w2', { b: 4, c: 2 }, { asOf: NOW - 60_000, bytes: 7, waitingSince: NOW - 20 }),
    ],
    NOW,
  );
  expect(all).toMatchObject({
    asOf: NOW,
    messages: { received: 10, stored: 10 },
    observations: { received: 20, stored: 20 },
    spool: { bytes: 12, maxBytes: 200, waitingSince: NOW - 20 },
  });
  expect(all.sources.map(({ source, messages }) => [source, messages.stored])).toEqual([
    ['a', 1],
    ['b', 7],
    ['c', 2],
  ]);
  expect([imbalance(all.messages), imbalance(all.observations)]).toEqual([0, 0]);
  expect(all.workers).toEqual([
    {
      worker: 'w1',
      asOf: NOW,
      running: true,
      leftAt: null,
      received: 4,
      spoolBytes: 5,
      waitingSince: NOW - 10,
    },
    {
      worker: 'w2',
      asOf: NOW - 60_000,
      running: false,
      leftAt: null,
      received: 6,
      spoolBytes: 7,
      waitingSince: NOW - 20,
    },
  ]);
});

test('an ingest that is alone is no worker, and its readiness is its own', () => {
  const alone = [shelved('', { a: 1 })];
  expect(booksOfAll(alone, NOW).workers).toEqual([]);
  const { ready, parts, outsideBroker } = readinessOfAll(alone, NOW);
  expect([ready, parts.map(({ part }) => part), outsideBroker]).toEqual([true, ['ingest', 'broker'], true]);
  expect(readinessOfAll(alone, NOW + 10_000)).toMatchObject({
    ready: false,
    parts: [{ part: 'ingest', ok: false }],
  });
  expect(readinessOfAll([], NOW)).toMatchObject({ ready: false, parts: [{ part: 'ingest', ok: false }] });
});

test('each worker stands for itself; what one says that is away counts no more, and one that left is not missed', () => {
  const all = [
    shelved('w1', { a: 1 }),
    shelved('w2', { a: 1 }, { asOf: NOW - 3_600_000 }),
    shelved('w3', { a: 1 }, { asOf: NOW - 3_600_000, leftAt: NOW - 3_600_000 }),
  ];
  const { ready, parts } = readinessOfAll(all, NOW);
  expect(ready).toBe(false);
  expect(parts.map(({ part, ok }) => [part, ok])).toEqual([
    ['ingest w1', true],
    ['broker w1', true],
    ['ingest w2', false],
  ]);
  expect(parts[2]?.remedy?.en).toContain('--worker w2 --leave');
  expect(
    readinessOfAll(
      all.filter(({ worker }) => worker !== 'w2'),
      NOW,
    ).ready,
  ).toBe(true);
  const replaced = readinessOfAll(
    [shelved('', { a: 1 }, { asOf: NOW - 3_600_000 }), shelved('w1', { a: 1 })],
    NOW,
  );
  expect(replaced.parts.map(({ part, ok }) => [part, ok])).toEqual([
    ['ingest', false],
    ['ingest w1', true],
    ['broker w1', true],
  ]);
});

test('a broken part of a worker makes the whole not ready', () => {
  const broken = shelved('w1', { a: 1 }, { standing: { ready: false, parts: [{ ...PART, ok: false }] } });
  expect(readinessOfAll([broken, shelved('w2', { a: 1 })], NOW).ready).toBe(false);
});
