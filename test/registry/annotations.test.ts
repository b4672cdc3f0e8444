import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createEditLog } from '../../analysis/annotations/edit-log.ts';
import { LONGEST_EDIT_MS, LONGEST_FOLLOWED_MS } from '../../domain/annotations/edit.ts';
import { createMemoryMarks } from '../analysis/memory-marks.ts';
import { editOf } from '../domain/edits.ts';
import { openForTest, tempDir } from './open.ts';

const M = 'acme/zhoushan/moulding/line1/imm-01';
const HOUR = 3_600_000;
const withoutSeq = ({ seq: _, ...edit }: ReturnType<typeof editOf>) => edit;
const edit = (id: string, from: number, to: number, more = {}) =>
  withoutSeq(editOf({ id, seq: 0, from, to, reason: 'jam', ...more }));

test('an edit is there after a restart and in a backup, word for word; its id is taken', async () => {
  const dir = tempDir();
  const first = openForTest({ dir });
  const said = edit('a', 0, HOUR, { follows: true, note: '更换轴承', takenAt: 5, class: null });
  expect(first.annotations.add(said)).toEqual({ is: 'added', edit: { ...said, seq: 1 } });
  expect(first.annotations.add({ ...said, reason: 'other' })).toEqual({
    is: 'known',
    edit: { ...said, seq: 1 },
  });
  const copy = tempDir();
  await first.backup(copy);
  first.close();
  for (const folder of [dir, copy]) {
    const again = openForTest({ dir: folder });
    expect(again.annotations.touching(M, { from: 0, to: 1 })).toEqual([{ ...said, seq: 1 }]);
    expect(again.annotations.get('a')).toEqual({ ...said, seq: 1 });
    expect(again.annotations.get('b')).toBeUndefined();
  }
});

test('its time is marked with it, recorded or not, and neither is there without the other', () => {
  const registry = openForTest();
  const { annotations, ledgerMarks } = registry;
  annotations.add(edit('a', 0, HOUR));
  expect(ledgerMarks.takeMarks(9)).toMatchObject([{ machine: M, from: 0, to: HOUR, cause: 'annotation' }]);
  ledgerMarks.clearMarks(ledgerMarks.takeMarks(9).map(({ id }) => id));
  ledgerMarks.setRecordedUntil([{ machine: M, until: 2 * HOUR }]);
  annotations.add(edit('b', HOUR, 3 * HOUR));
  expect(ledgerMarks.takeMarks(9)).toMatchObject([
    { machine: M, from: HOUR, to: 3 * HOUR, cause: 'annotation' },
  ]);
  const refuse = () => {
    throw new RangeError('no');
  };
  expect(() => annotations.add(edit('d', 0, HOUR), refuse)).toThrow('no');
  expect(annotations.get('d')).toBeUndefined();
  expect(ledgerMarks.takeMarks(9)).toHaveLength(1);
});

test('the log on disk finds what the one in memory finds, however far an edit reaches', () => {
  const hours = (LONGEST_EDIT_MS + 2 * LONGEST_FOLLOWED_MS) / HOUR;
  const some = fc.record({
    from: fc.nat(hours),
    length: fc.integer({ min: 0, max: LONGEST_EDIT_MS / HOUR }),
    follows: fc.boolean(),
    machine: fc.constantFrom(M, `${M}2`),
  });
  fc.assert(
    fc.property(fc.array(some, { maxLength: 15 }), fc.nat(hours), fc.nat(200), (all, from, length) => {
      using registry = openForTest();
      const memory = createEditLog(createMemoryMarks());
      for (const [place, { from: hour, length: long, ...more }] of all.entries()) {
        const said = edit(`e${place}`, hour * HOUR, (hour + long) * HOUR, more);
        registry.annotations.add(said);
        memory.add(said);
      }
      const span = { from: from * HOUR, to: (from + length) * HOUR + 1 };
      expect(registry.annotations.touching(M, span)).toEqual(memory.touching(M, span));
    }),
    { numRuns: 20 },
  );
});
