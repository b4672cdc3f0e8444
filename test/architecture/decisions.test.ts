import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const FOLDER = join(import.meta.dirname, '../../docs/adr');

test('decisions are numbered one after another, each with a number of its own, in name and heading alike', () => {
  const files = readdirSync(FOLDER).sort();
  expect(files.map((file) => Number(file.slice(0, 4)))).toEqual(files.map((_, index) => index + 1));
  const headings = files.map((file) => readFileSync(join(FOLDER, file), 'utf8').split('\n')[0]);
  expect(headings).toEqual(
    files.map((_, index) => expect.stringMatching(new RegExp(`^# ${index + 1}\\. \\S`))),
  );
});
