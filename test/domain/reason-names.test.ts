import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { reasonName, reasonNameIn } from '../../domain/reason-names.ts';
import {
  offeredReasons,
  type ReasonTree,
  reasonIn,
  type TreeReason,
  treeProblems,
} from '../../domain/reason-tree.ts';
import { vocabularies } from '../../domain/vocabulary/index.ts';

/** Reasons as they stand in the simulated plants' files; those of a tree bring their names along. */
function simulatedReasons(): string[] {
  const folder = join(import.meta.dirname, '../../simulators');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      const lists = [...text.matchAll(/reasons: \[([^{\]]*)\]/g)].flatMap(([, list = '']) =>
        [...list.matchAll(/'([^']+)'/g)].map(([, word = '']) => word),
      );
      return [...lists, ...[...text.matchAll(/reason: '([^']+)'/g)].map(([, word = '']) => word)];
    });
}

test('every reason of the simulated plants and of the vocabularies has a Chinese name', () => {
  const reasons = new Set([
    ...simulatedReasons(),
    ...vocabularies.flatMap(({ overrides }) => overrides.flatMap(({ reason }) => reason ?? [])),
    ...vocabularies.flatMap(({ states }) =>
      Object.values(states).flatMap((means) => (typeof means === 'string' ? [] : means.reason)),
    ),
    'unmapped',
  ]);
  expect(reasons.size).toBeGreaterThan(100);
  const unnamed = [...reasons].filter((reason) => !/[\u4e00-\u9fff]/.test(reasonName(reason, 'zh')));
  expect(unnamed).toEqual([]);
});

test('a tree gives its reasons by id, those no longer offered too, and says where an id stands twice', () => {
  const reason = (id: string) => ({ id, zh: id, en: id });
  const group = (id: string, ...reasons: TreeReason[]) => ({ id, zh: id, en: id, reasons });
  const tree: ReasonTree = {
    ...{ version: 1, source: 'own design' },
    groups: [group('a', reason('jam'), { ...reason('old'), retired: true }), group('b', reason('wait'))],
  };
  for (const _ of ['read', 'read again']) {
    expect(['jam', 'old', 'wait', 'none'].map((id) => reasonIn(tree, id)?.id)).toEqual([
      'jam',
      'old',
      'wait',
      undefined,
    ]);
  }
  expect(offeredReasons(tree).map(({ id }) => id)).toEqual(['jam', 'wait']);
  expect(treeProblems(tree)).toEqual([]);
  expect(treeProblems({ ...tree, groups: [...tree.groups, group('a', reason('wait'))] })).toMatchObject([
    { group: 2, message: expect.stringContaining('group "a" is there twice') },
    { group: 2, reason: 0, message: expect.stringContaining('reason "wait" stands in group "b" already') },
  ]);
});

test('an alarm keeps its number, and what nobody knows stays as it was heard', () => {
  expect(reasonName('E220-spindle-drive', 'zh')).toBe('E220 主轴驱动');
  expect(reasonName('E220-flux-capacitor', 'zh')).toBe('E220-flux-capacitor');
  expect(reasonName('E220', 'zh')).toBe('E220');
  expect(reasonName('换模', 'zh')).toBe('换模');
  expect(reasonName('constructor', 'zh')).toBe('constructor');
  expect(reasonName('mould-change', 'en')).toBe('mould-change');
});

test('a reason of a site is named by its tree, and any other as everywhere', () => {
  const tree = { groups: [{ reasons: [{ id: 'mould-change', zh: '换型', en: 'Change of mould' }] }] };
  expect(reasonNameIn(tree, 'mould-change', 'zh')).toBe('换型');
  expect(reasonNameIn(tree, 'mould-change', 'en')).toBe('Change of mould');
  expect(reasonNameIn(tree, 'E220-spindle-drive', 'zh')).toBe('E220 主轴驱动');
  expect(reasonNameIn(undefined, 'mould-change', 'en')).toBe('mould-change');
});
