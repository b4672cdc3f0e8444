import { setTimeout as sleep } from 'node:timers/promises';
import type { Expected } from '../publish/speaker.ts';
import type { BooksOfPlatform, MessageBooksAnswer, ObservationBooksAnswer, Platform } from './platform.ts';

/** What the publisher knows of the messages of this run. */
export interface PublishedMessages {
  readonly published: number;
  readonly acknowledged: number;
  /** Connections lost: messages in flight then may have been received twice. */
  readonly reconnects: number;
  /** What they come to where each is taken as it was meant; `null`: nobody counted. */
  readonly expected: Expected | null;
  /** Every copy comes while the platform still knows what it is a copy of. */
  readonly copiesKnown: boolean;
  /** No message of our sources is somebody else's, nor an answer to one, nor a word that holds no fact (a node's birth or death). */
  readonly booksAreOurs: boolean;
  /** The platform's books of our sources before the run. */
  readonly before: BooksOfRun;
}

/** The books of the sources of a run, added up. */
export interface BooksOfRun {
  readonly messages: MessageBooksAnswer;
  readonly observations: ObservationBooksAnswer;
}

/** What a run came to: what was published, and what became of it. */
export interface Balance extends BooksOfRun {
  readonly published: number;
  readonly acknowledged: number;
  /** What was to be refused or a duplicate, and what is, where faults fix it; messages but for `values`. */
  readonly expected: readonly {
    readonly what: 'refused' | 'duplicate' | 'refused values';
    readonly expected: number;
    /** Where it can't be told exactly. */
    readonly atMost?: number;
    readonly found: number;
  }[];
}

const FATES = ['stored', 'duplicate', 'refused', 'ignored', 'spooled', 'inFlight'] as const;
const MESSAGES = ['received', ...FATES] as const;
const OBSERVATION_FATES = [...FATES, 'thinned', 'replaced'] as const;
const OBSERVATIONS = ['received', ...OBSERVATION_FATES] as const;

/** The books of some sources, added up. */
export function booksOf({ sources }: BooksOfPlatform, ours: ReadonlySet<string>): BooksOfRun {
  const messages = { received: 0, stored: 0, duplicate: 0, refused: 0, ignored: 0, spooled: 0, inFlight: 0 };
  const observations = { ...messages, thinned: 0, replaced: 0 };
  for (const { source, ...books } of sources) {
    if (!ours.has(source)) continue;
    for (const name of MESSAGES) messages[name] += books.messages[name];
    for (const name of OBSERVATIONS) observations[name] += books.observations[name];
  }
  return { messages, observations };
}

/**
 * Waits until everything that was acknowledged is stored, as long as it becomes less within `waitMs`: a store that is slow beside
 * a fast publisher takes its time. Returns the balance then, or after the wait, and what is wrong with it.
 */
export async function checkBooks(options: {
  readonly platform: Platform;
  readonly sources: ReadonlySet<string>;
  readonly published: PublishedMessages | null;
  readonly waitMs: number;
  readonly signal: AbortSignal;
}): Promise<{ readonly problems: string[]; readonly balance: Balance | null }> {
  const { platform, sources, published, waitMs, signal } = options;
  let deadline = performance.now() + waitMs;
  let fewest = Number.POSITIVE_INFINITY;
  for (;;) {
    const books = await platform.books();
    const ours = booksOf(books, sources);
    const expected = published ? published.before.messages.received + published.acknowledged : 0;
    const { spooled, inFlight } = books.messages;
    const settled = spooled === 0 && inFlight === 0 && ours.messages.received >= expected;
    const missing = Math.max(0, expected - ours.messages.received);
    const waiting = missing + ours.messages.spooled + ours.messages.inFlight;
    if (waiting < fewest) {
      fewest = waiting;
      deadline = performance.now() + waitMs;
    }
    if (!settled && performance.now() <= deadline) {
      await sleep(200, undefined, { signal });
      continue;
    }
    const problems = imbalancesOf(books);
    if (!settled) {
      problems.unshift(
        `books: not settled, and no further for ${waitMs / 1000} s: ${spooled} spooled, ${inFlight} in flight, ${ours.messages.received} received from our sources`,
      );
    }
    if (!published) return { problems, balance: null };
    const balance = balanceOf(ours, published);
    return { problems: [...problems, ...problemsOf(balance, published)], balance };
  }
}

function imbalancesOf({ messages, observations, sources }: BooksOfPlatform): string[] {
  const problems: string[] = [];
  for (const books of [{ source: 'in total', messages, observations }, ...sources]) {
    const { source } = books;
    for (const [what, fates] of [
      ['messages', FATES],
      ['observations', OBSERVATION_FATES],
    ] as const) {
      const counts: Readonly<Record<string, number>> = { ...books[what] };
      const { received } = books[what];
      const sum = fates.reduce((all, fate) => all + (counts[fate] ?? 0), 0);
      if (received !== sum) {
        problems.push(`books ${source}: ${received} ${what} received, but the fates add up to ${sum}`);
      }
    }
  }
  return problems;
}

function balanceOf(ours: BooksOfRun, { before, ...published }: PublishedMessages): Balance {
  const less = <B extends object>(now: B, then: B): B =>
    Object.fromEntries(
      Object.entries(now).map(([name, count]) => [name, count - (then[name as keyof B] as number)]),
    ) as B;
  const messages = less(ours.messages, before.messages);
  const observations = less(ours.observations, before.observations);
  const { expected, copiesKnown, booksAreOurs, acknowledged } = published;
  const rows: Balance['expected'][number][] = [];
  if (expected) {
    const { garbage, copies, drifted, driftedCopies } = expected;
    // Of a message with a value of another type the rest is stored, unless all of it was there already.
    if (!booksAreOurs || !copiesKnown) {
      rows.push({
        what: 'refused',
        expected: garbage,
        ...(drifted > 0 ? { atMost: garbage + drifted } : {}),
        found: messages.refused,
      });
    } else rows.push({ what: 'refused', expected: garbage + driftedCopies, found: messages.refused });
    if (copiesKnown && booksAreOurs) {
      rows.push({ what: 'duplicate', expected: copies - driftedCopies, found: messages.duplicate });
    }
    if (drifted > 0 && garbage === 0) {
      rows.push({ what: 'refused values', expected: drifted, found: observations.refused });
    }
  }
  return { published: published.published, acknowledged, messages, observations, expected: rows };
}

function problemsOf(
  balance: Balance,
  { acknowledged, reconnects, booksAreOurs }: PublishedMessages,
): string[] {
  const problems: string[] = [];
  const { received, ignored } = balance.messages;
  if (received < acknowledged || (reconnects === 0 && booksAreOurs && received !== acknowledged)) {
    problems.push(
      `books: ${acknowledged} messages were acknowledged, ${received} are in the books as received`,
    );
  }
  if (ignored > 0 && booksAreOurs) {
    problems.push(`books: ${ignored} of our messages ignored; see /api/v1/ingest/refused`);
  }
  for (const { what, expected, atMost = expected, found } of balance.expected) {
    // What was in flight when a connection was lost may have come twice.
    if (found >= expected && (reconnects > 0 || found <= atMost)) continue;
    problems.push(
      `books: ${found} of our ${what === 'refused values' ? 'values refused' : `messages ${what}`}, the faults account for ${expected}; see /api/v1/ingest/refused`,
    );
  }
  return problems;
}
