import { expect, test } from 'vitest';
import type { ValueRule } from '../../domain/values/rule.ts';
import { bench, MACHINE, message, NOW, send, TOPIC } from './harness.ts';

test('of a group in whose middle the platform fails nothing is held: what is sent again is news', async () => {
  const parts = bench();
  let failures = 1;
  const rule: ValueRule = {
    scope: 'acme',
    signal: 'a',
    outOfRange: 'refuse',
    onJump: 'flag',
    deadBand: { amount: 1 },
  };
  /** What no configuration can be: a rule that fails when it is asked first. */
  const broken = {
    ...rule,
    signal: 'c',
    get scope(): string {
      if (failures-- > 0) throw new Error('a defect');
      return 'acme';
    },
  };
  const plant = { sites: [], machines: [], signals: [rule, broken] };
  const ingest = await parts.start({ values: { plant, corrections: parts.corrections } });
  const other = `${TOPIC.slice(0, -2)}02`;
  const messages = () => [
    send(ingest, message(TOPIC, { ts: NOW, a: 5, b: 1 })),
    send(ingest, message(other, { ts: NOW, c: 7 })),
  ];
  const first = await Promise.allSettled(messages());
  expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(parts.events.map(({ event }) => event)).toContain('ingest-defect');

  await Promise.all(messages());
  await ingest.drained();
  expect(ingest.books().messages).toMatchObject({ received: 2, stored: 2, duplicate: 0, refused: 0 });
  expect(ingest.books().observations).toMatchObject({ received: 3, stored: 3, thinned: 0, duplicate: 0 });
  expect(parts.store.state.written).toHaveLength(2);
  // The types are written down, though the group that pinned them came to nothing.
  expect([...parts.catalogue.pinned.keys()].toSorted()).toEqual([
    `${MACHINE}\na`,
    `${MACHINE}\nb`,
    `${MACHINE.slice(0, -2)}02\nc`,
  ]);

  // And duplicates are told again.
  await Promise.all(messages());
  await ingest.drained();
  expect(ingest.books().messages).toMatchObject({ stored: 2, duplicate: 2 });
});
