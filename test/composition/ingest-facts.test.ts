import { expect, test } from 'vitest';
import { sourcesElsewhere } from '../../composition/ingest-facts.ts';
import { emptyBooks } from '../../domain/books.ts';
import { openForTest } from '../registry/open.ts';

const SECOND_MS = 1000;
const HOUR_MS = 3_600_000;
const spool = { bytes: 7, maxBytes: 1000, waitingSince: null };
const books = { asOf: 0, ...emptyBooks(), spool, sources: [] };
const standing = (...parts: object[]) => ({ ready: true, parts, outsideBroker: true });
const part = (ok: boolean) => ({ part: 'broker', ok, detail: '', message: { zh: '', en: '' }, remedy: null });
const [heard, lost] = [part(true), part(false)];

test('without any ingest there are no books, nothing is heard, and that is a part that is away', () => {
  const { books, parts, hearing } = sourcesElsewhere(openForTest());
  expect([books(), hearing()]).toEqual([[], false]);
  expect(parts()).toMatchObject([{ part: 'ingest', ok: false }]);
});

test('of several workers each has its books; one that hears is enough; one that left for good is not missed', () => {
  const registry = openForTest();
  const publish = (worker: string, ageMs: number, broker: object) =>
    registry.booksShelf.publish({ worker, asOf: Date.now() - ageMs, books, standing: standing(broker) });
  publish('w1', SECOND_MS, lost);
  const here = sourcesElsewhere(registry);
  expect([here.books().map(({ ingest }) => ingest), here.hearing()]).toEqual([['w1'], false]);
  publish('w2', SECOND_MS, heard);
  expect(here.hearing()).toBe(true);
  publish('w3', HOUR_MS, heard);
  expect(here.books().map(({ ingest }) => ingest)).toEqual(['w1', 'w2']);
  expect(here.parts().filter(({ ok }) => !ok)).toMatchObject([{ part: 'broker w1' }, { part: 'ingest w3' }]);
  registry.booksShelf.leave('w3', Date.now());
  expect(here.books().map(({ ingest }) => ingest)).toEqual(['w1', 'w2', 'w3']);
  expect(here.parts().filter(({ ok }) => !ok)).toMatchObject([{ part: 'broker w1' }]);
});
