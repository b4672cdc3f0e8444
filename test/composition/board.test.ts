import { describe, expect, test } from 'vitest';
import type { AssessmentSummary } from '../../analysis/assessment/port.ts';
import { createBoard, paced } from '../../composition/board.ts';
import { assessmentPoster, bookPoster, machinePoster, shiftPoster } from '../../composition/posters.ts';
import { emptyBooks } from '../../domain/books.ts';
import type { Noticeboard } from '../../store/noticeboard.ts';
import { pilot } from '../domain/assess/pilot.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const MONDAY = Date.UTC(2026, 2, 2);

/** A board that keeps what is posted. */
function notebook() {
  const posted: { readonly kind: string; readonly things: readonly unknown[] }[] = [];
  const note =
    (kind: string) =>
    async (...content: readonly unknown[]): Promise<void> =>
      void posted.push({ kind, things: content.flat() });
  const board: Noticeboard = {
    machines: (_at, machines) => note('machines')(machines),
    books: (_ingest, standings) => note('books')(standings),
    sources: (_at, _ingest, sources) => note('sources')(sources),
    shifts: note('shifts'),
    assessments: note('assessments'),
  };
  const take = (kind: string) => posted.splice(0).flatMap((one) => (one.kind === kind ? one.things : []));
  return { board, take };
}

describe('the pace', () => {
  const of = () =>
    paced<string>({
      pace: { changedMs: 10, unchangedMs: 100 },
      nameOf: (s) => s[0] ?? '',
      contentOf: (s) => s,
    });
  test('what is new is due, what has not changed waits, what has changed waits less', () => {
    const pace = of();
    expect(pace.due(['a1', 'b1'], 0)).toEqual(['a1', 'b1']);
    pace.posted(['a1', 'b1'], 0);
    expect(pace.due(['a2', 'b1'], 9)).toEqual([]);
    expect(pace.due(['a2', 'b1'], 10)).toEqual(['a2']);
    expect(pace.due(['a1', 'b1'], 100)).toEqual(['a1', 'b1']);
  });
  test('what could not be posted stays due', () => {
    const pace = of();
    pace.posted(['a1'], 0);
    expect(pace.due(['a2'], 20)).toEqual(['a2']);
    expect(pace.due(['a2'], 30)).toEqual(['a2']);
  });
  test('a clock that was set back holds nothing up', () => {
    const pace = of();
    pace.posted(['a1'], 1000);
    expect(pace.due(['a1'], 10)).toEqual(['a1']);
  });
});

describe('the board', () => {
  test('tries every kind, and rejects with the first failure', async () => {
    const seen: string[] = [];
    const board = createBoard(() => 7);
    board.add(async () => {
      throw new Error('the store is away');
    });
    board.add(async (at, all) => void seen.push(`${at} ${all}`));
    await expect(board.post()).rejects.toThrow('the store is away');
    await expect(board.post(true)).rejects.toThrow('the store is away');
    expect(seen).toEqual(['7 false', '7 true']);
  });
  test('posts never overlap', async () => {
    const board = createBoard(Date.now);
    let under = 0;
    let most = 0;
    board.add(async () => {
      most = Math.max(most, ++under);
      await Promise.resolve();
      under--;
    });
    await Promise.all([board.post(), board.post(true), board.post()]);
    expect(most).toBe(1);
  });
});

test('a machine is posted when its state changes, not because it was heard; and anew after five minutes', async () => {
  const { board, take } = notebook();
  const machine = {
    path: 'a/b/c/d/e',
    declared: true,
    state: 'running',
    reason: null,
    since: 1,
    lastHeard: 1,
    stale: false,
    source: null,
  } as const;
  let now: Parameters<Noticeboard['machines']>[1] = [machine];
  const post = machinePoster(board, { plant: async () => ({ asOf: 1, machines: now }) });
  await post(0, false);
  expect(take('machines')).toEqual([machine]);
  now = [{ ...machine, lastHeard: 2 }];
  await post(10_000, false);
  expect(take('machines')).toEqual([]);
  now = [{ ...machine, state: 'down' }];
  await post(20_000, false);
  expect(take('machines')).toHaveLength(1);
  await post(20_000 + 5 * MINUTE, false);
  expect(take('machines')).toHaveLength(1);
  await post(20_000 + 5 * MINUTE, true);
  expect(take('machines')).toHaveLength(1);
});

test('the books are posted at every turn, those of a source when they changed and a minute has passed', async () => {
  const { board, take } = notebook();
  const books = emptyBooks();
  const spool = { bytes: 3, maxBytes: 10, waitingSince: null };
  const ingest = {
    books: () => ({
      asOf: 5,
      ...structuredClone(books),
      spool,
      sources: [{ source: 's', ...structuredClone(books) }],
    }),
  };
  const post = bookPoster(board, ingest, 'kaidong');
  await post(0, false);
  expect(take('sources')).toHaveLength(1);
  books.messages.received++;
  await post(30_000, false);
  expect(take('sources')).toEqual([]);
  await post(30_000, false);
  expect(take('books')).toEqual([expect.objectContaining({ spool })]);
  await post(MINUTE, false);
  expect(take('sources')).toEqual([expect.objectContaining({ source: 's' })]);
});

test('books that could not be posted while the store was away are posted when it is back, each once', async () => {
  const { board, take } = notebook();
  let away = true;
  let asOf = 0;
  const post = bookPoster(
    {
      ...board,
      books: (...posted) => (away ? Promise.reject(new Error('the store is away')) : board.books(...posted)),
    },
    {
      books: () => ({
        ...emptyBooks(),
        asOf: ++asOf,
        spool: { bytes: asOf, maxBytes: 10, waitingSince: 0 },
        sources: [],
      }),
    },
    'kaidong',
  );
  for (let turn = 0; turn < 3; turn++) await expect(post(turn, false)).rejects.toThrow('away');
  away = false;
  await post(4, false);
  expect((take('books') as { asOf: number }[]).map((books) => books.asOf)).toEqual([1, 2, 3, 4]);
  await post(5, false);
  expect(take('books')).toHaveLength(1);
});

test('the runs of shifts are posted once, whole, and new ones as time goes on', async () => {
  const { board, take } = notebook();
  const site = {
    path: 'a/b',
    zone: 'Asia/Shanghai',
    dayStart: 480,
    shifts: [
      { id: 'day', start: 480, end: 1200, days: [1, 2, 3, 4, 5, 6, 7], breaks: [{ start: 720, end: 765 }] },
    ],
  };
  const post = shiftPoster(board, [site, { path: 'a/c', zone: 'UTC', dayStart: 0, shifts: [] }]);
  await post(MONDAY + 1, false);
  const first = take('shifts') as { from: number; to: number }[];
  expect(first.length).toBeGreaterThanOrEqual(36);
  for (const { from, to } of first) expect(to - from).toBe(12 * 60 * MINUTE);
  expect(first).toContainEqual({
    site: 'a/b',
    shift: 'day',
    day: '2026-03-02',
    from: MONDAY,
    to: MONDAY + DAY / 2,
  });
  await post(MONDAY + 2, false);
  expect(take('shifts')).toEqual([]);
  await post(MONDAY + 1 + 12 * 60 * MINUTE, false);
  expect(take('shifts')).toHaveLength(1);
});

test('an assessment is posted once, and again when it changes; with the name that the register gives it', async () => {
  const { board, take } = notebook();
  const summary: AssessmentSummary = {
    id: 1,
    pilot: 'haida',
    rubric: 'utilisation',
    rubricVersion: '1',
    from: 0,
    to: 1,
    createdAt: 2,
    publishedAt: null,
    score: null,
    reached: null,
    possible: null,
    openDiscrepancies: 0,
    elements: [],
    declared: [],
    telemetry: { utilisation: null, machines: 4, heard: 3, lastHeard: null },
  };
  let list = [summary, { ...summary, id: 2, pilot: 'gone' }];
  const post = assessmentPoster(board, {
    assessments: () => list,
    pilots: () => [{ ...pilot(), from: 'register' as const }],
  });
  await post(0, false);
  expect(take('assessments')).toEqual([
    expect.objectContaining({
      id: 1,
      name: '海达注塑',
      simulated: true,
      utilisation: null,
      machines: 4,
      heard: 3,
    }),
    expect.objectContaining({ id: 2, name: 'gone', simulated: false }),
  ]);
  await post(365 * DAY, false);
  expect(take('assessments')).toEqual([]);
  list = [{ ...summary, publishedAt: 3 }];
  await post(366 * DAY, false);
  expect(take('assessments')).toEqual([expect.objectContaining({ id: 1, publishedAt: 3 })]);
});
