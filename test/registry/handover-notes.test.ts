import { expect, test } from 'vitest';
import { MOST_NOTES } from '../../domain/handover.ts';
import { openForTest, tempDir } from './open.ts';

const DAY = { line: 'acme/zhoushan/moulding/line1', day: '2026-03-02', shift: 'day' };
const note = (text: string, corrects: number | null = null) => ({ ...DAY, text, by: '王工', corrects });

test('a note stays as it was said, its corrections beside it, also over a restart', () => {
  const dir = tempDir();
  const registry = openForTest({ dir });
  const { handoverNotes } = registry;
  const first = handoverNotes.add(note('模具已换'), 1000);
  const second = handoverNotes.add(note('<b>缺料</b>'), 2000);
  expect([first.is, second.is]).toEqual(['added', 'added']);
  const id = first.is === 'added' ? first.id : -1;
  expect(handoverNotes.add({ ...note('模具已换，首件待检', id), by: '李工' }, 3000)).toEqual(first);
  expect(handoverNotes.add(note('模具已换，首件合格', id), 4000)).toEqual(first);
  registry.close();
  expect(openForTest({ dir }).handoverNotes.list(DAY)).toEqual([
    {
      ...{ id, text: '模具已换，首件合格', by: '王工', at: 4000 },
      earlier: [
        { text: '模具已换', by: '王工', at: 1000 },
        { text: '模具已换，首件待检', by: '李工', at: 3000 },
      ],
    },
    { id: second.is === 'added' ? second.id : -1, text: '<b>缺料</b>', by: '王工', at: 2000, earlier: [] },
  ]);
});

test('each shift has its own notes, and so has the whole day', () => {
  const { handoverNotes } = openForTest({ dir: tempDir() });
  const added = handoverNotes.add(note('白班'), 1);
  const others = [
    { ...DAY, shift: null },
    { ...DAY, shift: 'night' },
    { ...DAY, day: '2026-03-03' },
    { ...DAY, line: 'acme/zhoushan/moulding/line2' },
  ];
  for (const other of others) {
    expect(handoverNotes.list(other)).toEqual([]);
    const corrects = added.is === 'added' ? added.id : -1;
    expect(handoverNotes.add({ ...note('x', corrects), ...other }, 2)).toEqual({ is: 'not-found' });
    expect(handoverNotes.add({ ...note('x'), ...other }, 2).is).toBe('added');
  }
  expect(handoverNotes.list(DAY)).toHaveLength(1);
});

test('a correction can’t be corrected by itself, and nobody fills a shift without end', () => {
  const { handoverNotes } = openForTest({ dir: tempDir() });
  const added = handoverNotes.add(note('one'), 1);
  const id = added.is === 'added' ? added.id : -1;
  handoverNotes.add(note('two', id), 2);
  expect(handoverNotes.add(note('three', id + 1), 3)).toEqual({ is: 'not-found' });
  for (let count = 2; count < MOST_NOTES; count++) handoverNotes.add(note('more'), count);
  expect(handoverNotes.add(note('too many'), 9)).toEqual({ is: 'full' });
  expect(handoverNotes.add(note('a correction too many', id), 9)).toEqual({ is: 'full' });
  expect(handoverNotes.list(DAY)).toHaveLength(MOST_NOTES - 1);
});
