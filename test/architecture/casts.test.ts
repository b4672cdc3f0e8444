import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** Mutation testing prints the code anew without its parentheses, and `a as B < c` is no comparison any more. */
test('in domain a cast stands on the right of a comparison', () => {
  const found = globSync('domain/**/*.ts', { cwd: root }).filter((file) =>
    / as \w+\) [<>]=? /.test(readFileSync(join(root, file), 'utf8')),
  );
  expect(found).toEqual([]);
});
