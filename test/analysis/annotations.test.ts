import { expect, test } from 'vitest';
import type { SaidEdit } from '../../analysis/annotations/said-edit.ts';
import { openForTest } from '../registry/open.ts';
import { IMM_1, MONDAY_8, plantOfTwo } from './plants.ts';
import { createWorld } from './world.ts';

const HOUR = 3_600_000;
const EVER = { scope: '', from: 0, to: 4e12 };

const said = (id: string, more: Partial<SaidEdit>): SaidEdit => ({
  ...{ id, machine: IMM_1, kind: 'annotate', from: MONDAY_8 + 2 * HOUR, to: MONDAY_8 + 3 * HOUR },
  ...{ reason: 'no-orders', class: null, by: '王工', note: null, takenAt: null, sentAt: null },
  ...more,
});

test('an edit makes a new revision of exactly the cells that it touches; taken back, the digest is the old one', async () => {
  const { analysis, clock, store, report } = createWorld({ plant: plantOfTwo });
  for (let hour = 0; hour < 12; hour++) {
    await report(IMM_1, MONDAY_8 + hour * HOUR, { state: hour % 4 === 2 ? 'down' : 'running', count: hour });
    for (let minutes = 5; minutes < 60; minutes += 5)
      await report(IMM_1, MONDAY_8 + hour * HOUR + minutes * 60_000, { temperature: 1 });
  }
  await clock.advance(11 * HOUR);
  await analysis.record();
  const hours = async () =>
    (await store.recordedLedger({ ...EVER, grain: 'hour' }))
      .filter(({ machine }) => machine === IMM_1)
      .map(({ from, revision, digest, ms }) => ({ from, revision, digest, idle: ms.idle }));
  const original = await hours();
  expect(original.length).toBeGreaterThan(5);

  await analysis.stops.say(said('a', {}));
  // Before it is recorded, the answer knows it already.
  const asked = await analysis.ledger({
    scope: IMM_1,
    from: MONDAY_8,
    to: MONDAY_8 + 8 * HOUR,
    by: ['hour'],
  });
  expect(asked.rows.map(({ ms }) => ms.idle)).toEqual([0, 0, HOUR, 0, 0, 0, 0, 0]);
  await analysis.record();
  const touched = await hours();
  for (const [place, cell] of touched.entries()) {
    const before = original[place] as typeof cell;
    const isTouched = cell.from === MONDAY_8 + 2 * HOUR;
    expect(cell.revision).toBe(before.revision + (isTouched ? 1 : 0));
    expect(cell.digest === before.digest).toBe(!isTouched);
    expect(cell.idle).toBe(isTouched ? HOUR : 0);
  }

  await analysis.stops.undo('a', { id: 'u', by: '王工', note: null, takenAt: null, sentAt: null });
  await analysis.record();
  const undone = await hours();
  expect(undone.map(({ digest }) => digest)).toEqual(original.map(({ digest }) => digest));
  const revision = undone.find(({ from }) => from === MONDAY_8 + 2 * HOUR)?.revision;
  expect(revision).toBe(3);
});

test('an edit of hours that were answered and not recorded yet is told as an annotation', async () => {
  const revisions = openForTest().ledgerRevisions;
  const { analysis, clock, report } = createWorld({ plant: plantOfTwo, revisions });
  await report(IMM_1, MONDAY_8, { state: 'running' });
  await report(IMM_1, MONDAY_8 + 2 * HOUR, { state: 'down' });
  await report(IMM_1, MONDAY_8 + 3 * HOUR, { state: 'running' });
  await clock.advance(6 * HOUR);
  const answered = {
    scope: IMM_1,
    from: MONDAY_8 + 2 * HOUR,
    to: MONDAY_8 + 3 * HOUR,
    by: ['hour'],
  } as const;
  expect((await analysis.ledger(answered)).rows[0]?.revision).toBe(1);
  await analysis.stops.say(said('a', {}));
  expect((await analysis.ledger(answered)).rows[0]?.revision).toBe(2);
  await analysis.record();
  const hours = revisions.list({ ...answered, grain: 'hour', limit: 9 });
  expect(hours.map(({ revision, causes }) => ({ revision, causes }))).toEqual([
    { revision: 2, causes: ['annotation'] },
  ]);
});
