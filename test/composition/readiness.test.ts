import { expect, test } from 'vitest';
import { spoolPart, storePart } from '../../composition/readiness.ts';

const status = { full: false, diskError: null, spooledBytes: 0, storeOk: false };

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

test.each([
  ['ENOSPC: no space left on device, write', 'free space'],
  ['only 56034 of 112948 bytes were written', 'free space'],
  ['EROFS: read-only file system, write', 'may be written'],
])('a disk that does not take the journal is no spool that is full: %s', (diskError, remedy) => {
  const part = spoolPart({ ...status, full: true, diskError, lastError: null });
  expect(part).toMatchObject({ part: 'spool', ok: false });
  expect(part.detail).toContain(diskError);
  expect(part.remedy?.en).toContain(remedy);
  expect(part.remedy?.en).not.toContain('spool.maxBytes');
});
