import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { reasonName } from '../../domain/reason-names.ts';
import { vocabularies } from '../../domain/vocabulary/index.ts';

/** Reasons as they stand in the simulated plants' files. */
function simulatedReasons(): string[] {
  const folder = join(import.meta.dirname, '../../simulators');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      const lists = [...text.matchAll(/reasons: \[(.*?)\]/gs)].flatMap(([, list = '']) =>
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

test('an alarm keeps its number, and what nobody knows stays as it was heard', () => {
  expect(reasonName('E220-spindle-drive', 'zh')).toBe('E220 主轴驱动');
  expect(reasonName('E220-flux-capacitor', 'zh')).toBe('E220-flux-capacitor');
  expect(reasonName('换模', 'zh')).toBe('换模');
  expect(reasonName('constructor', 'zh')).toBe('constructor');
  expect(reasonName('mould-change', 'en')).toBe('mould-change');
});
