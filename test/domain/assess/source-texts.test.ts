import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { benefits } from '../../../domain/assess/benefits/index.ts';
import { measures } from '../../../domain/assess/measures/index.ts';
import { sourceIn } from '../../../domain/assess/source-texts.ts';

const RUBRICS = join(import.meta.dirname, '../../../rubrics');

/** Every text beside a `verification`, wherever it stands. */
function citedIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { text, verification } = value as Record<string, unknown>;
  const own = typeof text === 'string' && verification !== undefined ? [text] : [];
  return [...own, ...Object.values(value).flatMap(citedIn)];
}

test('all that is shipped says its source in Chinese too', () => {
  const files = readdirSync(RUBRICS).filter((name) => name.endsWith('.yaml'));
  const cited = [
    ...measures.map(({ source }) => source),
    ...benefits.map(({ source }) => source),
    ...citedIn(benefits),
    ...files.flatMap((name) => citedIn(parse(readFileSync(join(RUBRICS, name), 'utf8')))),
  ];
  expect(cited.length).toBeGreaterThan(30);
  const missing = cited.filter((text) => text !== '' && sourceIn('zh', text).isOriginal);
  expect([...new Set(missing)]).toEqual([]);
});

test('in English, and of a rubric of somebody else, the text is as it was written', () => {
  expect(sourceIn('en', "Kaidong's own proposal")).toEqual({
    ...{ text: "Kaidong's own proposal", isOriginal: true },
  });
  expect(sourceIn('zh', '本市的办法')).toEqual({ text: '本市的办法', isOriginal: true });
});
