import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import type { AssessmentShelf } from '../../analysis/assessment/port.ts';
import type { Entry } from '../../domain/assess/evidence.ts';
import { REGISTRY_FILE } from '../../registry/registry.ts';
import { openForTest, tempDir } from './open.ts';

const facts = (over: object = {}) => ({
  pilot: 'haida',
  rubric: 'utilisation',
  rubricVersion: '1',
  from: 1_000,
  to: 2_000,
  createdAt: 3_000,
  evidence: '{"pilot":{"name":"海达 🏭"}}',
  rubricJson: '{"id":"utilisation"}',
  ...over,
});
const answer = (option: string): Entry => ({
  kind: 'answer',
  indicator: 'q1',
  option,
  note: '现场核实',
  by: '王',
  at: 4_000,
});

const RESULT = { digest: 'd1', document: '{"schema":"kaidong/assessment/1","设备":"🏭"}' };
/** Publishes one of so many entries. */
async function publish(
  assessments: AssessmentShelf,
  id: number,
  entries: number,
  by = '李',
): Promise<boolean> {
  const document = await assessments.packResult([RESULT.document]);
  return assessments.publish(id, { by, at: 5_000, entries, result: { ...RESULT, document } });
}

test('an assessment comes back as it was added, with its entries in order', () => {
  const dir = tempDir();
  const one: AssessmentShelf = openForTest({ dir }).assessments;
  const other: AssessmentShelf = openForTest({ dir }).assessments;
  const id = one.add(facts());
  one.enter(id, answer('A'));
  one.enter(id, answer('B'));
  expect(other.get(id)).toEqual({
    id,
    ...facts(),
    publishedAt: null,
    publishedBy: null,
    entries: [answer('A'), answer('B')],
    evidenceRemovedAt: null,
    result: null,
  });
  expect(other.get(id + 1)).toBeUndefined();
});

test('the newest is first in the list, by pilot and rubric, without the evidence', () => {
  const { assessments } = openForTest();
  const first = assessments.add(facts());
  const second = assessments.add(facts({ pilot: 'other' }));
  const third = assessments.add(facts({ rubric: 'zj-future-factory' }));
  assessments.enter(first, answer('A'));
  const idsOf = (filter: object) => assessments.list(filter).map(({ id }) => id);
  expect(idsOf({})).toEqual([third, second, first]);
  expect(idsOf({ pilot: 'haida' })).toEqual([third, first]);
  expect(idsOf({ rubric: 'utilisation' })).toEqual([second, first]);
  expect(idsOf({ pilot: 'haida', rubric: 'utilisation' })).toEqual([first]);
  const { evidence, rubricJson, ...rest } = facts();
  expect(assessments.list({ pilot: 'haida', rubric: 'utilisation' })).toEqual([
    { id: first, ...rest, publishedAt: null, publishedBy: null, entries: [answer('A')], summary: null },
  ]);
});

test('what lists show is noted, until an entry makes it old', async () => {
  const { assessments } = openForTest();
  const id = assessments.add(facts());
  const noted = () => assessments.list({}).map(({ summary }) => summary);
  assessments.noteSummary(id, { entries: 0, json: '{"reached":"L1"}' });
  expect(noted()).toEqual(['{"reached":"L1"}']);
  assessments.enter(id, answer('A'));
  expect(noted()).toEqual([null]);
  assessments.noteSummary(id, { entries: 1, json: '{"reached":"L2"}' });
  expect(await publish(assessments, id, 1)).toBe(true);
  expect(noted()).toEqual(['{"reached":"L2"}']);
});

test('publishing closes it: no entry and no second publication afterwards', async () => {
  const { assessments } = openForTest();
  const id = assessments.add(facts());
  assessments.enter(id, answer('A'));
  expect(await publish(assessments, id, 1)).toBe(true);
  expect(() => assessments.enter(id, answer('B'))).toThrow(`assessment ${id} is published`);
  expect(await publish(assessments, id, 1, '王')).toBe(false);
  expect(assessments.get(id)).toMatchObject({
    publishedAt: 5_000,
    publishedBy: '李',
    entries: [answer('A')],
    result: RESULT,
  });
  expect(() => assessments.enter(99, answer('A'))).toThrow('there is no assessment 99');
  await expect(publish(assessments, 99, 0)).rejects.toThrow('there is no assessment 99');
});

test('what was made before the last entry is not published', async () => {
  const { assessments } = openForTest();
  const other = assessments.add(facts());
  for (const option of ['A', 'B', 'C']) assessments.enter(other, answer(option));
  const id = assessments.add(facts());
  assessments.enter(id, answer('A'));
  expect(await publish(assessments, id, 0)).toBe(false);
  expect(assessments.get(id)).toMatchObject({ publishedAt: null, result: null });
  expect(await publish(assessments, id, 1)).toBe(true);
  expect(await publish(assessments, other, 3)).toBe(true);
});

test('the file itself refuses to change what a report rests on, whatever program asks', async () => {
  const dir = tempDir();
  const { assessments } = openForTest({ dir });
  const id = assessments.add(facts());
  assessments.enter(id, answer('A'));
  await publish(assessments, id, 1);
  const draft = assessments.add(facts());
  using db = new DatabaseSync(join(dir, REGISTRY_FILE));
  for (const [sql, refusal] of [
    [`UPDATE assessment SET evidence = x'00'`, 'facts of an assessment never change'],
    [`UPDATE assessment SET evidence = x''`, 'facts of an assessment never change'],
    [`UPDATE assessment SET rubric_json = x''`, 'facts of an assessment never change'],
    [`UPDATE assessment_result SET digest = ''`, 'published result never changes'],
    ['DELETE FROM assessment_result', 'published result is never removed'],
    [`REPLACE INTO assessment_result VALUES (${id}, '', x'')`, 'published result never changes'],
    [`INSERT INTO assessment_result VALUES (${draft}, '', x'')`, 'only a published assessment'],
    [`INSERT INTO evidence_removal VALUES (${draft}, 1, 1)`, 'evidence stays where no result is kept'],
    ['UPDATE assessment SET published_at = NULL, published_by = NULL', 'is published'],
    ['DELETE FROM assessment', 'never removed'],
    [`UPDATE assessment_entry SET entry = '{}'`, 'an entry never changes'],
    ['DELETE FROM assessment_entry', 'an entry is never removed'],
    [`INSERT INTO assessment_entry (assessment, entry) VALUES (${id}, '{}')`, 'is published'],
  ] as const) {
    expect(() => db.exec(sql), sql).toThrow(refusal);
  }
});

test('evidence rests compressed', () => {
  const dir = tempDir();
  const registry = openForTest({ dir });
  const machine = '{"path":"haida/zhoushan/moulding/line1/imm-01","scheduledDays":92,"heardDays":92},';
  const id = registry.assessments.add(facts({ evidence: machine.repeat(50_000) }));
  expect(registry.assessments.get(id)?.evidence).toHaveLength(machine.length * 50_000);
  registry.close();
  expect(statSync(join(dir, REGISTRY_FILE)).size).toBeLessThan(500_000);
});

test('a document packed in pieces comes back as the same text, and a maker that fails keeps nothing', async () => {
  const { assessments } = openForTest();
  const text = JSON.stringify(Array.from({ length: 20_000 }, (_, index) => `设备 ${index}`));
  const pieces = text.match(/.{1,1000}/gsu) ?? [];
  const id = assessments.add(facts({ evidence: await assessments.pack(pieces) }));
  expect(assessments.get(id)?.evidence).toBe(text);
  const failing = function* () {
    yield '[';
    throw new Error('torn');
  };
  await expect(assessments.pack(failing())).rejects.toThrow('torn');
});

test('assessments are part of a backup and come back with it', async () => {
  const registry = openForTest();
  const id = registry.assessments.add(facts());
  registry.assessments.enter(id, answer('A'));
  const folder = tempDir();
  await registry.backup(folder);
  expect(openForTest({ dir: folder }).assessments.get(id)).toEqual(registry.assessments.get(id));
});
