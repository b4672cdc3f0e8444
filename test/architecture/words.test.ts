import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { zh } from '../../dashboards/web/src/i18n/zh.ts';

const SOURCE = join(import.meta.dirname, '../../dashboards/web/src');
/** Whose words are named one by one; the other groups are tables that an answer's codes are looked up in. */
const AREAS: ReadonlySet<string> = new Set([
  'assess',
  'wall',
  'onMachine',
  'dataHealth',
  'alerting',
  'suggesting',
  'lineStops',
  'work',
  'shiftReport',
]);

const words = Object.entries(zh).flatMap(([name, said]) =>
  AREAS.has(name) ? [name, ...Object.keys(said)] : [name],
);

test('every word is on some view', () => {
  const views = globSync(`${SOURCE}/**/*.{ts,tsx}`)
    .filter((file) => !file.includes('i18n'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  expect(words.length).toBeGreaterThan(300);
  expect(words.filter((word) => !new RegExp(`(?:[.'"]|[{,] )${word}\\b`).test(views))).toEqual([]);
});
