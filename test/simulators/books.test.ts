import { expect, test } from 'vitest';
import { checkBooks } from '../../simulators/verify/books.ts';
import type { BooksOfPlatform, Platform } from '../../simulators/verify/platform.ts';

const WAIT_MS = 400;

/** A platform that has received ten messages and says in turn how many of them still wait for the store. */
function platformWith(spooled: readonly number[]): Platform {
  let asked = 0;
  const books = async (): Promise<BooksOfPlatform> => {
    const waiting = spooled[Math.min(asked++, spooled.length - 1)] as number;
    const counts = { received: 10, stored: 10 - waiting, spooled: waiting, inFlight: 0 };
    const messages = { ...counts, duplicate: 0, refused: 0, ignored: 0 };
    const observations = { ...messages, thinned: 0, replaced: 0 };
    return { messages, observations, sources: [{ source: 'm', messages, observations }] };
  };
  return { books } as Partial<Platform> as Platform;
}

const check = (spooled: readonly number[]) =>
  checkBooks({
    platform: platformWith(spooled),
    sources: new Set(['m']),
    published: null,
    waitMs: WAIT_MS,
    signal: AbortSignal.timeout(60_000),
  });

test('as long as the platform gets further its books are waited for, longer than the time given in all', async () => {
  expect(await check([10, 9, 9, 8, 7, 6, 6, 5, 4, 3, 2, 1, 0])).toMatchObject({ problems: [] });
});

test('a platform that gets no further is not waited for', async () => {
  const { problems } = await check([10, 9, 4]);
  expect(problems).toEqual([
    'books: not settled, and no further for 0.4 s: 4 spooled, 0 in flight, 10 received from our sources',
  ]);
});
