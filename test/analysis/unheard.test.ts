import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { createAnalysis } from '../../analysis/create-analysis.ts';
import { calendarPieces } from '../../domain/calendar.ts';
import { piecesBefore } from '../../domain/failure-context.ts';
import { machineLedger } from '../../domain/ledger.ts';
import { FORMULAS_OF_SILENCE, LEDGER_FORMULA } from '../../domain/ledger-inputs.ts';
import type { Plant } from '../../domain/plant.ts';
import { openForTest } from '../registry/open.ts';
import { DAY, HOUR, IMM_1, MINUTE, MONDAY_8, plantOfTwo } from './plants.ts';
import { createWorld } from './world.ts';

const QUARTER = { from: MONDAY_8 - 90 * DAY, to: MONDAY_8 - DAY };

/** A plant that was heard for the first time on Monday at eight, and what is answered of the quarter before. */
async function world() {
  const { clock, report, store } = createWorld();
  const registry = openForTest();
  const start = (plant: Plant = plantOfTwo) =>
    createAnalysis({
      ...{ store, plant, now: clock.now, schedule: clock.schedule, ledgerMarks: registry.ledgerMarks },
      ...{ served: registry.servedCells, revisions: registry.ledgerRevisions },
    });
  await report(IMM_1, MONDAY_8, { state: 'running' });
  await clock.advance(3 * HOUR);
  const quarter = (analysis = start()) => analysis.ledger({ scope: IMM_1, by: ['hour'], ...QUARTER });
  const cell = { machine: IMM_1, grain: 'hour' as const, from: MONDAY_8 - 40 * DAY };
  const asked = (analysis = start()) =>
    analysis.ledger({ scope: IMM_1, by: ['hour'], from: cell.from, to: cell.from + HOUR });
  return { start, quarter, asked, cell, registry, report, store };
}

test('a quarter of a year before a machine was first heard is kept as one row, and each of its cells is read back', async () => {
  const { start, quarter, cell, registry } = await world();
  const { rows } = await quarter();
  expect((await quarter()).rows).toEqual(rows);
  expect(registry.servedCells.waiting()).toEqual(new Set());
  expect(registry.servedCells.unheard(IMM_1)).toHaveLength(1);
  const read = await start().cellRevisions(cell);
  expect(read?.revisions).toMatchObject([
    { revision: 1, current: true, ms: rows.find(({ from }) => from === cell.from)?.ms },
  ]);
});

test('what came late there, and what other settings make of it, follow as revisions of what was answered', async () => {
  const { start, quarter, cell, registry, report } = await world();
  const first = (await quarter()).rows.find(({ from }) => from === cell.from)!;
  const dayStart = plantOfTwo.sites.map((site) => ({ ...site, shifts: site.shifts.slice(0, 1) }));
  const other = { ...plantOfTwo, sites: dayStart };
  const changed = (await quarter(start(other))).rows.find(
    ({ from }) => from === MONDAY_8 - 40 * DAY + 14 * HOUR,
  )!;
  expect(changed.revision).toBe(2);
  await report(IMM_1, cell.from + 10 * MINUTE, { state: 'running' });
  const late = (await quarter()).rows.find(({ from }) => from === cell.from)!;
  expect([first.revision, late.revision]).toEqual([1, 2]);
  await start().record();
  const { revision, digest, ms } = late;
  expect((await quarter()).rows.find(({ from }) => from === cell.from)).toMatchObject({
    revision,
    digest,
    ms,
  });
  const read = await start().cellRevisions(cell);
  expect(read?.revisions.map(({ revision, ms }) => [revision, ms])).toEqual([
    [1, first.ms],
    [2, late.ms],
  ]);
  const { revisions } = await start().revisions({
    scope: IMM_1,
    from: cell.from,
    to: cell.from + HOUR,
    limit: 9,
  });
  expect(revisions.find(({ grain }) => grain === 'hour')).toMatchObject({ revision: 2, previous: 1 });
  expect(registry.servedCells.unheard(IMM_1)).toHaveLength(1);
});

/** What a machine that is never heard was answered by, some versions of the program ago. */
function documentOf(changes: object): string {
  const [machine] = plantOfTwo.machines;
  const [site] = plantOfTwo.sites;
  const vocabulary = { id: 'kaidong', version: 99 };
  return JSON.stringify({ formula: LEDGER_FORMULA, machine, site, vocabulary, reasonTree: 99, ...changes });
}

/** The hour as it was answered once, of which the registry knows the configuration alone. */
async function answeredBy(changes: object) {
  const parts = await world();
  const config = { hash: 'former', text: documentOf(changes) };
  parts.registry.servedCells.settle(
    [
      {
        ...{
          ...parts.cell,
          to: parts.cell.from + HOUR,
          until: parts.cell.from + HOUR,
          content: 'then',
          mark: 0,
        },
        ...{ before: undefined, config, silent: true, unheard: () => undefined, kept: () => '{}' },
      },
    ],
    { since: Number.MAX_SAFE_INTEGER, note: () => {} },
  );
  return parts;
}

/** The digest of an hour of a machine that was never heard, as its inputs read with other names. */
function digestWith(from: number, rename: (inputs: string) => string): string {
  const [machine] = plantOfTwo.machines;
  const [site] = plantOfTwo.sites;
  const span = { from: from - DAY, to: from + DAY };
  const facts = { machine: IMM_1, series: [], silences: [{ lastHeard: null, nextHeard: null }] };
  const digestOf = (bytes: Uint8Array) =>
    createHash('sha256')
      .update(rename(new TextDecoder().decode(bytes)))
      .digest('hex');
  const pieces = [...piecesBefore({}, site!, span.from), ...calendarPieces(site!, span)];
  const input = { machine: machine!, site: site!, facts, pieces, asOf: from + 99 * DAY, digestOf };
  return machineLedger(input)([{ from, to: from + HOUR }])[0]!.digest;
}

test('what an older version answered by another vocabulary is read back, and what this one makes of it is the next revision', async () => {
  const { start, asked, cell } = await answeredBy({});
  expect((await asked()).rows[0]?.revision).toBe(2);
  const read = await start().cellRevisions(cell);
  expect(read?.revisions.map(({ revision, digest }) => [revision, digest])).toEqual([
    [1, digestWith(cell.from, (inputs) => inputs.replace(/"kaidong\/\d+"/, '"kaidong/99"'))],
    [2, digestWith(cell.from, (inputs) => inputs)],
  ]);
});

test('a vocabulary that is no longer shipped takes nothing of what was answered by it along', async () => {
  const machine = { ...plantOfTwo.machines[0]!, vocabulary: 'gone' };
  const { start, asked, cell } = await answeredBy({ machine, vocabulary: { id: 'gone', version: 3 } });
  expect((await asked()).rows[0]?.revision).toBe(2);
  const read = await start().cellRevisions(cell);
  expect(read?.revisions[0]).toMatchObject({
    revision: 1,
    digest: digestWith(cell.from, (inputs) => inputs.replace(/"kaidong\/\d+"/, '"gone/3"')),
  });
});

test('by each formula there ever was that kept its documents, it is the cell that was answered', async () => {
  const digests: string[] = [];
  for (const formula of FORMULAS_OF_SILENCE) {
    const { start, asked, cell } = await answeredBy({ formula });
    await asked();
    const read = await start().cellRevisions(cell);
    digests.push(`${formula} ${read?.revisions.find(({ revision }) => revision === 1)?.digest}`);
  }
  expect(FORMULAS_OF_SILENCE).toContain(LEDGER_FORMULA);
  // One for each formula: a row is added when the formula is raised, and none is ever changed or taken out.
  expect(digests).toEqual(['ledger/2 cfa71ee02ff2bf6f58fc708b215e6cb8c25df1e779a194060b5fc6a3c90bd696']);
});
