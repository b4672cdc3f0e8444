import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type PageAsked, pageOf } from '../../api/http/paging.ts';

/** Pages through a list that gets an entry after each page. */
function pagesOf(count: number, grows: 'oldest-first' | 'newest-first', limit: number | undefined): number[] {
  const items = Array.from({ length: count }, (_, index) => index);
  const seen: number[] = [];
  let asked: PageAsked = { limit };
  for (;;) {
    const { page, next } = pageOf(grows === 'oldest-first' ? items : items.toReversed(), grows, asked);
    seen.push(...page);
    if (next === null) return seen;
    asked = { limit, cursor: Number(next) };
    items.push(items.length);
  }
}

test('a list that grows meanwhile is gone through once: nothing twice, nothing left out', () => {
  fc.assert(
    fc.property(fc.nat(60), fc.integer({ min: 2, max: 70 }), (count, limit) => {
      const old = Array.from({ length: count }, (_, index) => index);
      expect(pagesOf(count, 'newest-first', limit)).toEqual(old.toReversed());
      expect(pagesOf(count, 'oldest-first', limit).slice(0, count)).toEqual(old);
    }),
  );
});

test('where nobody says how many, a page has a thousand', () => {
  const items = Array.from({ length: 1001 }, (_, index) => index);
  expect(pageOf(items, 'oldest-first', {})).toMatchObject({ page: { length: 1000 }, next: '1000' });
  expect(pageOf(items, 'newest-first', {})).toMatchObject({ page: { length: 1000 }, next: '1' });
  expect(pageOf(items, 'newest-first', { cursor: 1 })).toEqual({ page: [1000], next: null });
  expect(pageOf(items, 'newest-first', { cursor: 5000 }).page[0]).toBe(0);
  expect(pageOf([], 'oldest-first', { cursor: 9 })).toEqual({ page: [], next: null });
});
