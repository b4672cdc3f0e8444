import { Duplex } from 'node:stream';
import { expect, test } from 'vitest';
import { wholeReads } from '../../../ingest/edge/whole-reads.ts';

test('whatever came in several chunks is read at once, and what comes later again', async () => {
  const stream = wholeReads(new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() }));
  const got: string[] = [];
  stream.on('readable', () => got.push(String(stream.read())));
  for (const chunk of ['a', 'bc', 'd']) stream.push(chunk);
  await new Promise(setImmediate);
  stream.push('e');
  await new Promise(setImmediate);
  expect(got).toEqual(['abcd', 'e']);
  expect(stream.read()).toBeNull();
});
