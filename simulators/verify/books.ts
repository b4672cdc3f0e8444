import { setTimeout as sleep } from 'node:timers/promises';
import type { BooksOfPlatform, MessageBooksAnswer, Platform } from './platform.ts';

/** What the publisher knows of the messages of this run. */
export interface PublishedMessages {
  readonly acknowledged: number;
  /** Connections lost: messages in flight then may have been received twice. */
  readonly reconnects: number;
  /** The platform's books of our machines before the run. */
  readonly before: MessageBooksAnswer;
}

const FATES = ['stored', 'duplicate', 'refused', 'ignored', 'spooled', 'inFlight'] as const;

/** The books of some sources, added up. */
export function booksOf(books: BooksOfPlatform, machines: ReadonlySet<string>): MessageBooksAnswer {
  const sum = { received: 0, stored: 0, duplicate: 0, refused: 0, ignored: 0, spooled: 0, inFlight: 0 };
  for (const { source, messages } of books.sources) {
    if (!machines.has(source)) continue;
    for (const name of ['received', ...FATES] as const) sum[name] += messages[name];
  }
  return sum;
}

/** Waits until everything that was acknowledged is stored. Returns what is wrong with the books then, or after the wait. */
export async function checkBooks(options: {
  readonly platform: Platform;
  readonly machines: ReadonlySet<string>;
  readonly published: PublishedMessages | null;
  readonly waitMs: number;
  readonly signal: AbortSignal;
}): Promise<string[]> {
  const { platform, machines, published, waitMs, signal } = options;
  const deadline = performance.now() + waitMs;
  for (;;) {
    const books = await platform.books();
    const ours = booksOf(books, machines);
    const expected = published ? published.before.received + published.acknowledged : 0;
    const settled =
      books.messages.spooled === 0 && books.messages.inFlight === 0 && ours.received >= expected;
    if (settled || performance.now() > deadline) return problemsOf(books, ours, published, settled);
    await sleep(200, undefined, { signal });
  }
}

function problemsOf(
  { messages, sources }: BooksOfPlatform,
  ours: MessageBooksAnswer,
  published: PublishedMessages | null,
  settled: boolean,
): string[] {
  const problems: string[] = [];
  if (!settled) {
    problems.push(
      `books: not settled in the time given: ${messages.spooled} spooled, ${messages.inFlight} in flight, ${ours.received} received from our machines`,
    );
  }
  for (const { source, messages: books } of [{ source: 'in total', messages }, ...sources]) {
    const fates = FATES.reduce((sum, name) => sum + books[name], 0);
    if (books.received !== fates) {
      problems.push(`books ${source}: ${books.received} received, but the fates add up to ${fates}`);
    }
  }
  if (!published) return problems;
  const { acknowledged, reconnects, before } = published;
  const received = ours.received - before.received;
  if (received < acknowledged || (reconnects === 0 && received !== acknowledged)) {
    problems.push(
      `books: ${acknowledged} messages were acknowledged, ${received} are in the books as received`,
    );
  }
  for (const name of ['refused', 'ignored'] as const) {
    const count = ours[name] - before[name];
    if (count > 0) problems.push(`books: ${count} of our messages ${name}; see /api/v1/ingest/refused`);
  }
  return problems;
}
