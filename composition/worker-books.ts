import type {
  BooksAnswer,
  Readiness,
  ReadinessPart,
  SourceAnswer,
  SourcesAnswer,
  WorkerStanding,
} from '../api/ingest-desk.ts';
import { addBooks, type Books, emptyBooks } from '../domain/books.ts';
import type { EpochMs } from '../domain/time.ts';
import { ALONE, type ShelvedBooks } from '../registry/books-shelf.ts';
import { distantIngestPart, workerPart } from './readiness.ts';

/** Books older than this mean that their ingest doesn't run. */
const FRESH_MS = 10_000;

/** Whether an ingest publishes its books. */
export const isRunning = ({ asOf, leftAt }: ShelvedBooks, now: EpochMs): boolean =>
  leftAt === null && now - asOf < FRESH_MS;

/**
 * The books of all ingests of a data folder in one, as each published them last. What one that is away has booked counts on:
 * nothing changes it meanwhile.
 */
export function booksOfAll(shelved: readonly ShelvedBooks[], now: EpochMs): BooksAnswer {
  const total = emptyBooks();
  const bySource = new Map<string, Books & { readonly source: string }>();
  const spools: NonNullable<BooksAnswer['spool']>[] = [];
  for (const { books } of shelved) {
    const { messages, observations, spool, sources } = books as BooksAnswer;
    addBooks(total.messages, messages);
    addBooks(total.observations, observations);
    if (spool) spools.push(spool);
    for (const one of sources) {
      const known = bySource.get(one.source) ?? { source: one.source, ...emptyBooks() };
      addBooks(known.messages, one.messages);
      addBooks(known.observations, one.observations);
      bySource.set(one.source, known);
    }
  }
  return {
    asOf: Math.max(...shelved.map(({ asOf }) => asOf)),
    ...total,
    ...(spools.length > 0 ? { spool: spoolOfAll(spools) } : {}),
    sources: [...bySource.values()].sort((a, b) => (a.source < b.source ? -1 : 1)),
    workers: shelved
      .filter(({ worker }) => worker !== ALONE || shelved.length > 1)
      .map((one) => standingOf(one, now)),
  };
}

function spoolOfAll(spools: readonly NonNullable<BooksAnswer['spool']>[]): NonNullable<BooksAnswer['spool']> {
  const since = spools.flatMap(({ waitingSince }) => (waitingSince === null ? [] : [waitingSince]));
  return {
    bytes: spools.reduce((sum, { bytes }) => sum + bytes, 0),
    maxBytes: spools.reduce((sum, { maxBytes }) => sum + maxBytes, 0),
    waitingSince: since.length === 0 ? null : Math.min(...since),
  };
}

function standingOf(one: ShelvedBooks, now: EpochMs): WorkerStanding {
  const { messages, spool } = one.books as BooksAnswer;
  return {
    worker: one.worker,
    asOf: one.asOf,
    running: isRunning(one, now),
    leftAt: one.leftAt,
    received: messages.received,
    spoolBytes: spool?.bytes ?? 0,
    waitingSince: spool?.waitingSince ?? null,
  };
}

/** How the sources stand, of what each running ingest sees: rates add up, and a clock is as one of them measured it. */
export function sourcesOfAll(answers: readonly SourcesAnswer[]): SourcesAnswer {
  const bySource = new Map<string, SourceAnswer>();
  for (const one of answers.flatMap(({ sources }) => sources)) {
    const known = bySource.get(one.source);
    bySource.set(one.source, known ? sourceOfBoth(known, one) : one);
  }
  return {
    asOf: Math.max(...answers.map(({ asOf }) => asOf)),
    sources: [...bySource.values()].sort((a, b) => (a.source < b.source ? -1 : 1)),
  };
}

function sourceOfBoth(a: SourceAnswer, b: SourceAnswer): SourceAnswer {
  const sum = (x: number | null, y: number | null): number | null =>
    x === null && y === null ? null : (x ?? 0) + (y ?? 0);
  const heard = [a.lastHeard, b.lastHeard].filter((at) => at !== null);
  return {
    source: a.source,
    lastHeard: heard.length === 0 ? null : Math.max(...heard),
    perSecond: sum(a.perSecond, b.perSecond),
    usualPerSecond: sum(a.usualPerSecond, b.usualPerSecond),
    flooding: a.flooding || b.flooding,
    waiting: a.waiting + b.waiting,
    clock: a.clock.state !== 'measured' && b.clock.state === 'measured' ? b.clock : a.clock,
  };
}

/** Whether every ingest of a data folder runs, and how its parts stand; one that left for good is expected to be away. */
export function readinessOfAll(shelved: readonly ShelvedBooks[], now: EpochMs): Readiness {
  const expected = shelved.filter(({ leftAt }) => leftAt === null);
  if (expected.length === 0) return { ready: false, parts: [distantIngestPart(false)] };
  const parts = expected.flatMap((one): readonly ReadinessPart[] => {
    const running = isRunning(one, now);
    const isAlone = one.worker === ALONE && expected.length === 1;
    const own = isAlone ? distantIngestPart(running) : workerPart(one.worker, running, one.asOf);
    const { parts: its } = one.standing as Readiness;
    return running ? [own, ...its.map((part) => (isAlone ? part : partOfWorker(one.worker, part)))] : [own];
  });
  return {
    ready: parts.every(({ ok }) => ok),
    parts,
    outsideBroker: expected.some(({ standing }) => (standing as Readiness).outsideBroker === true),
  };
}

const partOfWorker = (worker: string, part: ReadinessPart): ReadinessPart => ({
  ...part,
  part: `${part.part} ${worker}`,
  detail: `worker ${worker}: ${part.detail}`,
  message: { zh: `${worker}：${part.message.zh}`, en: `${worker}: ${part.message.en}` },
});
