import { expect, test } from 'vitest';
import { citations } from '../../../docs/sparkplug.ts';
import { CLAUSES } from '../../../ingest/sparkplug/clauses.ts';

const { code, tests } = citations();
const kept = CLAUSES.filter(({ notApplicable }) => notApplicable === undefined).map(({ id }) => id);

test('every requirement that applies is cited where the code keeps it, and where a test holds it', () => {
  expect(kept.length).toBeGreaterThan(90);
  expect(kept.filter((id) => !code.has(id))).toEqual([]);
  expect(kept.filter((id) => !tests.has(id))).toEqual([]);
});

test('nothing is cited that the list lacks, and nothing as kept that does not apply', () => {
  const cited = new Set([...code.keys(), ...tests.keys()]);
  expect([...cited].filter((id) => !kept.includes(id))).toEqual([]);
});

test('no requirement is listed twice', () => {
  expect(new Set(CLAUSES.map(({ id }) => id)).size).toBe(CLAUSES.length);
});
