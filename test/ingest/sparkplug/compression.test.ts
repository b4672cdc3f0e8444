import { deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { refusalMessage } from '../../../api/wire/refusal-message.ts';
import { REFUSALS } from '../../../domain/refusal.ts';
import { NOW } from '../harness.ts';
import { encodePayload } from './proto.ts';
import { stage } from './stage.ts';

const UUID = 'SPBV1.0_COMPRESSED';

const birth = {
  timestamp: NOW,
  seq: 0,
  metrics: [
    { name: 'bdSeq', datatype: 4, long_value: 1 },
    { name: 'a', alias: 0, timestamp: NOW, datatype: 10, double_value: 1 },
  ],
};
const data = (seq: number) => ({
  timestamp: NOW + seq,
  seq,
  metrics: [{ alias: 0, timestamp: NOW + seq, double_value: seq + 1 }],
});

/** As Tahu's `PayloadUtil` wraps it: everything is inside, the algorithm beside it. */
const wrapped = (body: Buffer, algorithm: string) =>
  encodePayload({
    uuid: UUID,
    body,
    metrics: [{ name: 'algorithm', datatype: 12, string_value: algorithm }],
  });
const deflated = (payload: object) => wrapped(deflateSync(encodePayload(payload)), 'DEFLATE');
const gzipped = (payload: object) => wrapped(gzipSync(encodePayload(payload)), 'GZIP');

test('compressed births, data and deaths are read, and put in their order, like others', async () => {
  const { parts, ingest, seat, hear, hand, asked } = await stage();
  seat.session.connected();
  seat.session.opened();
  void hear('spBv1.0/G/NBIRTH/N', deflated(birth));
  void hear('spBv1.0/G/NDATA/N', gzipped(data(2)));
  void hear('spBv1.0/G/NDATA/N', deflated(data(1)));
  void hear('spBv1.0/G/NDATA/N', data(3));
  await ingest.drained();
  hand.pass(10_000);
  void hear('spBv1.0/G/NDEATH/N', gzipped({ metrics: [{ name: 'bdSeq', datatype: 4, long_value: 1 }] }));
  await ingest.drained();
  expect(parts.store.state.written.map(({ ts, signals, values }) => [ts, signals, values])).toEqual([
    [NOW, ['a'], [1]],
    [NOW + 1, ['a'], [2]],
    [NOW + 2, ['a'], [3]],
    [NOW + 3, ['a'], [4]],
    [NOW + 10_000, ['state', 'reason'], ['unknown', 'offline']],
  ]);
  expect(asked()).toEqual([]);
});

test('where the wrapping tells the time and the number, they hold for what is inside', async () => {
  const { parts, ingest, seat, hear } = await stage();
  seat.session.connected();
  void hear('spBv1.0/G/NBIRTH/N', birth);
  const inner = encodePayload({ metrics: [{ alias: 0, double_value: 9 }] });
  void hear(
    'spBv1.0/G/NDATA/N',
    encodePayload({ uuid: UUID, timestamp: NOW + 7, seq: 1, body: gzipSync(inner) }),
  );
  await ingest.drained();
  expect(parts.store.state.written.at(-1)).toMatchObject({ ts: NOW + 7, values: [9] });
});

test.for([
  ['no compressed bytes', wrapped(Buffer.from('plain'), 'DEFLATE'), 'neither DEFLATE nor GZIP'],
  ['no body', encodePayload({ uuid: UUID }), 'neither DEFLATE nor GZIP'],
  ['a bomb', wrapped(gzipSync(Buffer.alloc(17 * 1024 * 1024)), 'GZIP'), 'more than 16777216 bytes'],
  ['one in another', gzippedTwice(), 'a compressed payload in a compressed one'],
  ['no payload', wrapped(deflateSync(Buffer.from('{"a":1}')), 'DEFLATE'), 'No Sparkplug payload'],
] as const)('%s is refused, and says why', async ([, bytes, says]) => {
  const { ingest, seat, hear } = await stage();
  seat.session.connected();
  void hear('spBv1.0/G/NBIRTH/N', birth);
  void hear('spBv1.0/G/NDATA/N', bytes);
  void hear('spBv1.0/G/NDATA/N', data(1));
  await ingest.drained();
  const { items } = ingest.refused({ limit: 10 });
  expect(items.map(({ code }) => code)).toEqual(['sparkplug-malformed']);
  expect(items[0]?.detail).toContain(says);
  expect(refusalMessage(items[0]!).zh).not.toContain(REFUSALS['sparkplug-malformed'].meaning.zh);
  expect(Buffer.from(items[0]!.payload)).toEqual(bytes);
  expect(ingest.books().messages).toMatchObject({ received: 3, stored: 2, refused: 1 });
});

function gzippedTwice(): Buffer {
  return wrapped(gzipSync(gzipped(data(1))), 'GZIP');
}

test('a uuid that says something else is no compression', async () => {
  const { parts, ingest, seat, hear } = await stage();
  seat.session.connected();
  void hear('spBv1.0/G/NBIRTH/N', { ...birth, uuid: 'my-schema', body: Buffer.from('mine') });
  void hear('spBv1.0/G/NDATA/N', { ...data(1), uuid: 'my-schema' });
  await ingest.drained();
  expect(parts.store.state.written.map(({ values }) => values)).toEqual([[1], [2]]);
});
