import { expect, test } from 'vitest';
import { refusalMessage } from '../../../api/wire/refusal-message.ts';
import { imbalance } from '../../../domain/books.ts';
import { NOW } from '../harness.ts';
import { encodePayload } from './proto.ts';
import { stage } from './stage.ts';

const metric = { name: 'a', alias: 0, timestamp: NOW, datatype: 9, float_value: 1 };
const nodeBirth = { timestamp: NOW, seq: 0, metrics: [{ name: 'bdSeq', datatype: 4, long_value: 0 }] };
const birth = (seq: number) => ({ timestamp: NOW, seq, metrics: [metric] });
const data = (seq: number) => ({ timestamp: NOW + seq, seq, metrics: [{ alias: 0, float_value: seq }] });

const CAP = { maxMachines: 2, maxSignalsPerMachine: 200 };

test('nodes and devices beyond the cap are refused as such, nobody is asked for births that would not help, and the others go on', async () => {
  const { parts, ingest, seat, hear, hand, asked } = await stage({ caps: CAP });
  seat.session.connected();
  seat.session.opened();
  for (const node of ['n1', 'n2', 'n3']) void hear(`spBv1.0/G/NBIRTH/${node}`, nodeBirth);
  for (const device of ['d1', 'd2', 'd3']) void hear(`spBv1.0/G/DBIRTH/n1/${device}`, birth(1));
  await ingest.drained();
  void hear('spBv1.0/G/DBIRTH/n3/d1', birth(1));
  void hear('spBv1.0/G/NDATA/n3', data(2));
  void hear('spBv1.0/G/DDATA/n1/d3', data(2));
  void hear('spBv1.0/G/DDATA/n1/d1', data(3));
  await ingest.drained();
  hand.pass(60_000);
  const { items } = ingest.refused({ limit: 10 });
  expect(items.map(({ code, topic }) => `${code} ${topic.slice(10)}`).reverse()).toEqual([
    'too-many-names NBIRTH/n3',
    'too-many-names DBIRTH/n1/d3',
    'too-many-names DBIRTH/n3/d1',
    'too-many-names NDATA/n3',
    'too-many-names DDATA/n1/d3',
  ]);
  expect(items.at(-1)?.detail).toMatch(/edge node "G\/n3" would be number 3; 2 are the most/);
  expect(items[0]?.detail).toMatch(/device "G\/n1\/d3" would be number 3; 2 are the most/);
  expect(items.map((item) => refusalMessage(item).zh)).toEqual(
    items.map(() => expect.stringMatching(/将是第 3 [个台]，一个进程最多记住 2 [个台]/)),
  );
  expect(asked()).toEqual([]);
  expect(parts.store.state.written.at(-1)).toMatchObject({ machine: 'G/-/-/n1/d1', values: [3] });
  expect(imbalance(ingest.books().messages)).toBe(0);
  const { refused } = ingest.explain({
    topic: 'spBv1.0/G/NDATA/n9',
    payload: encodePayload(data(1)),
  });
  expect(refused.map(({ code }) => code)).toEqual(['too-many-names']);
});
