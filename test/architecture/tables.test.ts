import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const PAGES = globSync('**/*.md', { cwd: ROOT, exclude: (name) => name === 'node_modules' });

/** Rows that have not as many cells as the table's first row; up to the next empty line all lines belong to it [GFM 4.10]. */
function brokenRows(page: string): string[] {
  const broken: string[] = [];
  let cells: number | null = null;
  let isCode = false;
  for (const [index, line] of readFileSync(join(ROOT, page), 'utf8').split('\n').entries()) {
    if (line.trim().startsWith('```')) isCode = !isCode;
    if (isCode || line.trim() === '') {
      cells = null;
      continue;
    }
    const found = line.match(/(?<!\\)\|/g)?.length ?? 0;
    if (cells !== null && found !== cells) broken.push(`${page}:${index + 1}`);
    else if (line.trim().startsWith('|')) cells = found;
  }
  return broken;
}

test('each row of a table in a page has as many cells as its first', () => {
  expect(PAGES.length).toBeGreaterThan(50);
  expect(PAGES.flatMap(brokenRows)).toEqual([]);
});
