import { expect, test } from 'vitest';
import { storePart } from '../../composition/readiness.ts';

const status = { full: false, spooledBytes: 0, storeOk: false };

test.each([
  'the embedded store can\'t answer now: Could not write file "kaidong.duckdb.wal": No space left on device',
  'engine: error writing WAL entry: write 00001.wal: no space left on device',
])('a store whose disk is full asks for room, not for its address: %s', (lastError) => {
  expect(storePart({ ...status, lastError }).remedy?.en).toContain('free space');
});

test('a store that does not answer asks to be looked at', () => {
  expect(storePart({ ...status, lastError: 'connect ECONNREFUSED' }).remedy?.en).toContain(
    'address and login',
  );
});
