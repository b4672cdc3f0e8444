import { expect, test } from 'vitest';
import type { CellRevision, RevisionLog } from '../../analysis/revision-log.ts';
import { openForTest, tempDir } from './open.ts';

const HOUR = 3_600_000;
const revision = (hour: number, over: Partial<CellRevision> = {}): CellRevision => ({
  ...{ machine: 'a/b/c/d/e', grain: 'hour', from: hour * HOUR, to: (hour + 1) * HOUR },
  ...{ revision: 2, previous: 1, at: 99 * HOUR, causes: ['late-data'], afterFinal: false },
  ...{ former: null, present: null, ...over },
});
const everything = { scope: '', from: 0, to: 100 * HOUR, limit: 100 };

test('revisions come back the newest first, in a scope of whole levels, of cells that overlap the span', () => {
  const dir = tempDir();
  const recorder: RevisionLog = openForTest({ dir }).ledgerRevisions;
  const answering: RevisionLog = openForTest({ dir }).ledgerRevisions;
  recorder.note([
    revision(1),
    revision(2, { machine: 'a/b2/c/d/e' }),
    revision(3, { grain: 'shift', causes: ['late-data', 'cycle'] }),
  ]);
  const found = (over: object) => answering.list({ ...everything, ...over }).map(({ from }) => from / HOUR);
  expect(found({})).toEqual([3, 2, 1]);
  expect(found({ scope: 'a/b' })).toEqual([3, 1]);
  expect(found({ scope: 'a/b/c/d/e' })).toEqual([3, 1]);
  expect(found({ from: 2 * HOUR, to: 3 * HOUR })).toEqual([2]);
  expect(found({ cause: 'cycle' })).toEqual([3]);
  expect(found({ cause: 'late-data', grain: 'hour' })).toEqual([2, 1]);
  const [newest] = answering.list({ ...everything, limit: 1 });
  expect(found({ before: newest?.id })).toEqual([2, 1]);
  const { id: _, ...told } = newest as CellRevision & { id: number };
  expect(told).toEqual(revision(3, { grain: 'shift', causes: ['late-data', 'cycle'] }));
});

test('a revision that is noted again is said better, with the configurations that are kept', () => {
  const { ledgerRevisions, ledgerMarks } = openForTest();
  for (const config of ['one', 'two']) {
    ledgerMarks.setConfig([{ machine: 'm', config, document: '{"formula":"ledger/2"}' }]);
  }
  const log: RevisionLog = ledgerRevisions;
  const again = { former: 'one', present: 'two' };
  log.note([revision(1, { causes: ['calendar', 'cycle'], ...again })]);
  log.note([revision(1, { causes: ['cycle'], ...again }), revision(1, { revision: 3, previous: 2 })]);
  const { machine, grain, from } = revision(1);
  expect(
    log.ofCell({ machine, grain, from }).map(({ causes, former, present }) => [causes, former, present]),
  ).toEqual([
    [['cycle'], 'one', 'two'],
    [['late-data'], null, null],
  ]);
  expect(ledgerMarks.documentOf('one')).toBe('{"formula":"ledger/2"}');
  expect(ledgerMarks.documentOf('three')).toBeNull();
});

test('what changed after it was final is told once, from where one stood', () => {
  const log: RevisionLog = openForTest().ledgerRevisions;
  log.note([revision(1), revision(2, { afterFinal: true }), revision(5, { afterFinal: true })]);
  const all = log.afterFinalSince(0, 10);
  expect(all.map(({ from }) => from / HOUR)).toEqual([2, 5]);
  expect(log.afterFinalSince(all[0]!.id, 10).map(({ from }) => from / HOUR)).toEqual([5]);
  expect(log.afterFinalSince(0, 1)).toEqual(all.slice(0, 1));
  log.note([]);
  expect(log.afterFinalSince(all[1]!.id, 10)).toEqual([]);
});
