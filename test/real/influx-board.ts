import { expect, test } from 'vitest';
import { emptyBooks } from '../../domain/books.ts';
import type { PostedAssessment, PostedMachine } from '../../store/noticeboard.ts';
import { DAY, HOUR, LATHE, PRESS, T0 } from '../store/contract/samples.ts';
import type { OpenStore } from '../store/contract.ts';
import type { QueryAnswer } from './influx-history.ts';

const machine = (over: Partial<PostedMachine> = {}): PostedMachine => ({
  path: PRESS,
  declared: true,
  state: 'running',
  reason: null,
  since: T0 - HOUR,
  lastHeard: T0,
  stale: false,
  source: PRESS,
  ...over,
});
const assessment = (over: Partial<PostedAssessment> = {}): PostedAssessment => ({
  id: 1,
  createdAt: T0,
  publishedAt: null,
  from: T0 - DAY,
  to: T0,
  pilot: 'haida',
  name: '海达, "注塑" \\',
  simulated: true,
  rubric: 'utilisation',
  rubricVersion: '1',
  score: { value: 0.75, low: 0.5, high: 1 },
  reached: 'L1',
  possible: null,
  openDiscrepancies: 2,
  utilisation: { value: 0.5, coverage: 1 },
  machines: 3,
  heard: 2,
  ...over,
});

/** What others than the platform find on the board of an InfluxDB. */
export function boardContract(
  name: string,
  open: OpenStore,
  look: (statement: string) => Promise<QueryAnswer>,
): void {
  const rows = async (statement: string) => {
    const series = (await look(statement)).results[0]?.series ?? [];
    return series.flatMap(({ tags = {}, columns, values }) =>
      values.map((row) => ({ ...tags, ...Object.fromEntries(columns.map((column, i) => [column, row[i]])) })),
    );
  };

  test(`${name}: machines as they stand, under the tags of the ledger`, async () => {
    await using under = await open();
    const board = under.store.board!;
    const strange = machine({
      path: LATHE,
      state: 'down',
      reason: 'a "b" \\ c',
      since: null,
      lastHeard: null,
      stale: true,
      declared: false,
      source: null,
    });
    await board.machines(T0, [machine(), strange]);
    await board.machines(T0, [machine(), strange]);
    const found = await rows('SELECT * FROM "machine_state" GROUP BY "machine"');
    expect(found).toHaveLength(2);
    expect(found).toContainEqual(
      expect.objectContaining({
        machine: PRESS.split('/')[4],
        time: T0,
        state: 'running',
        reason: '',
        running: 1,
        down: 0,
        unknown: 0,
        stale: 0,
        undeclared: 0,
        since_ms: T0 - HOUR,
        last_heard_ms: T0,
        source: PRESS,
      }),
    );
    expect(found).toContainEqual(
      expect.objectContaining({
        machine: LATHE.split('/')[4],
        state: 'down',
        reason: 'a "b" \\ c',
        running: 0,
        down: 1,
        stale: 1,
        undeclared: 1,
        since_ms: null,
        last_heard_ms: null,
        source: '',
      }),
    );
  });

  test(`${name}: the books in total and of each source`, async () => {
    await using under = await open();
    const board = under.store.board!;
    const books = emptyBooks();
    books.messages.received = 3;
    books.messages.inFlight = 1;
    books.observations.replaced = 2;
    await board.books('kaidong', [{ asOf: T0, ...books, spool: { bytes: 10, maxBytes: 2 ** 40 } }]);
    await board.books('kaidong', []);
    await board.sources(T0, 'kaidong', [{ source: 'a, b=c', ...books }]);
    await board.sources(T0, 'kaidong', []);
    expect(await rows('SELECT * FROM "books"')).toEqual([
      expect.objectContaining({
        ingest: 'kaidong',
        messages_received: 3,
        messages_inFlight: 1,
        observations_replaced: 2,
        spooled_bytes: 10,
        spool_max_bytes: 2 ** 40,
      }),
    ]);
    expect(await rows('SELECT * FROM "source_books"')).toEqual([
      expect.objectContaining({ ingest: 'kaidong', source: 'a, b=c', messages_received: 3 }),
    ]);
  });

  test(`${name}: a score that is taken back is marked as none`, async () => {
    await using under = await open();
    const board = under.store.board!;
    await board.assessments([assessment()]);
    expect(await rows('SELECT * FROM "assessments"')).toEqual([
      expect.objectContaining({
        time: T0,
        pilot: 'haida',
        name: '海达, "注塑" \\',
        rubric: 'utilisation',
        id: 1,
        scored: 1,
        bounded: 1,
        score: 0.75,
        score_low: 0.5,
        score_high: 1,
        reached: 'L1',
        possible: '',
        open_discrepancies: 2,
        measured: 1,
        utilisation: 0.5,
        utilisation_coverage: 1,
        machines: 3,
        heard: 2,
        published: 0,
      }),
    ]);
    await board.assessments([assessment({ score: { value: null, low: 0, high: 1 }, publishedAt: T0 + 1 })]);
    expect(await rows('SELECT * FROM "assessments"')).toEqual([
      expect.objectContaining({ scored: 0, bounded: 1, score: 0, score_high: 1, published: 1 }),
    ]);
  });

  test(`${name}: a purge removes what tells of every minute; shifts and assessments stay`, async () => {
    await using under = await open();
    const { store } = under;
    const board = store.board!;
    const books = { ...emptyBooks(), spool: { bytes: 0, maxBytes: 1 } };
    for (const at of [T0, T0 + DAY]) {
      await board.machines(at, [machine()]);
      await board.books('kaidong', [{ asOf: at, ...books }]);
      await board.sources(at, 'kaidong', [{ source: 'a', ...emptyBooks() }]);
      await board.assessments([assessment({ createdAt: at })]);
      await board.shifts([
        { site: 'acme/zhoushan', shift: 'day', day: '2026-03-02', from: at, to: at + HOUR },
      ]);
    }
    await store.purge(T0 + DAY);
    const times = async (field: string, measurement: string) =>
      (await rows(`SELECT "${field}" FROM "${measurement}"`)).map(({ time }) => time);
    for (const [field, measurement] of [
      ['state', 'machine_state'],
      ['messages_received', 'books'],
      ['messages_received', 'source_books'],
    ] as const)
      expect(await times(field, measurement), measurement).toEqual([T0 + DAY]);
    expect(await times('id', 'assessments')).toEqual([T0, T0 + DAY]);
    expect(await rows('SELECT * FROM "shifts"')).toEqual([
      {
        time: T0,
        enterprise: 'acme',
        site: 'zhoushan',
        shift: 'day',
        day: '2026-03-02',
        text: 'day 2026-03-02',
        to_ms: T0 + HOUR,
      },
      expect.objectContaining({ time: T0 + DAY }),
    ]);
  });
}
