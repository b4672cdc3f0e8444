import { expect, test } from 'vitest';
import { createOrder } from '../../../ingest/sparkplug/order.ts';
import { createRebirths } from '../../../ingest/sparkplug/rebirths.ts';
import { HandIntake } from '../edge/intake.ts';
import { delivery, message } from '../harness.ts';
import { encodePayload } from './proto.ts';
import { timerByHand } from './timer-by-hand.ts';

function orderForTest() {
  const clock = { now: 0 };
  const hand = timerByHand(clock);
  const gaps: string[] = [];
  const intake = new HandIntake({ automatic: true });
  const order = createOrder({
    intake,
    reorderTimeoutMs: 5000,
    gap: ({ node }) => void gaps.push(node),
    state: () => {},
    heard: () => {},
    newestConnection: () => 1,
    timer: hand.timer,
  });
  let packetId = 0;
  const hear = (verb: string, node: string, seq: number, qos = 0): void =>
    order.accept(
      message(`spBv1.0/G/${verb}/${node}`, encodePayload({ seq }), {
        delivery: qos === 0 ? null : delivery(++packetId),
      }),
      () => {},
    );
  return { order, intake, gaps, hand, hear };
}

test('acknowledgements leave in order, so no more than 500 are held; then a gap is given up', () => {
  const { intake, gaps, hear } = orderForTest();
  const nodes = Array.from({ length: 6 }, (_, index) => `n${index}`);
  for (const node of nodes) hear('NBIRTH', node, 0);
  let sent = nodes.length;
  for (const node of nodes) for (let seq = 2; seq < 102; seq++, sent++) hear('NDATA', node, seq, 1);
  expect(gaps).toHaveLength(1);
  expect(sent - intake.accepted.length).toBeLessThanOrEqual(500);
});

test('a connection that ends leaves nothing behind', () => {
  const { order, intake, gaps, hand, hear } = orderForTest();
  hear('NBIRTH', 'n', 0);
  for (const seq of [5, 3, 4]) hear('NDATA', 'n', seq);
  expect(intake.accepted).toHaveLength(1);
  order.disconnected();
  expect(intake.accepted).toHaveLength(4);
  expect(hand.waiting()).toBe(0);
  hand.pass(10_000);
  expect(gaps).toEqual([]);
});

test('a death gives on what is held before it, and nobody is asked', () => {
  const { intake, gaps, hand, hear } = orderForTest();
  hear('NBIRTH', 'n', 0);
  hear('NDATA', 'n', 2);
  hear('NDEATH', 'n', 0);
  expect(intake.accepted.map(({ message: { topic } }) => topic.split('/')[2])).toEqual([
    'NBIRTH',
    'NDATA',
    'NDEATH',
  ]);
  hand.pass(10_000);
  expect(gaps).toEqual([]);
});

function rebirthsForTest() {
  const clock = { now: 1_000_000 };
  const hand = timerByHand(clock);
  const sent: string[] = [];
  const broker = { connected: true };
  const rebirths = createRebirths({
    intervalMs: 10_000,
    send: (_group, node) => broker.connected && sent.push(node) > 0,
    now: () => clock.now,
    timer: hand.timer,
    log: () => {},
  });
  return { rebirths, sent, hand, broker };
}

test('a plant whose nodes all have to be asked is asked 200 a second', () => {
  const { rebirths, sent, hand } = rebirthsForTest();
  for (let node = 0; node < 450; node++) rebirths.wanted('G', `n${node}`, 'no-birth');
  expect(sent).toHaveLength(200);
  hand.pass(1000);
  expect(sent).toHaveLength(400);
  hand.pass(1000);
  expect(new Set(sent).size).toBe(450);
});

test('thousands of wishes wait for one timer, and each is uttered as soon as it may be', () => {
  const { rebirths, sent, hand } = rebirthsForTest();
  for (let node = 0; node < 5000; node++) rebirths.wanted('G', `n${node}`, 'no-birth');
  expect(hand.waiting()).toBe(1);
  hand.pass(24_000);
  expect(new Set(sent).size).toBe(5000);
  expect(hand.waiting()).toBe(0);
  // That of a node that has to wait long holds up no other.
  for (let time = 0; time < 3; time++) {
    rebirths.wanted('G', 'n4999', 'gap');
    hand.pass(40_000);
  }
  rebirths.wanted('G', 'n4999', 'gap');
  const before = sent.length;
  rebirths.wanted('G', 'other', 'gap');
  rebirths.wanted('G', 'other', 'gap');
  expect(hand.waiting()).toBe(1);
  hand.pass(10_000);
  expect(sent.slice(before)).toEqual(['other', 'other']);
  hand.pass(80_000);
  expect(sent.at(-1)).toBe('n4999');
});

test('beyond 20,000 nodes those that nothing hangs on make room for others', () => {
  const { rebirths, sent, hand } = rebirthsForTest();
  for (let node = 0; node < 20_000; node++) rebirths.wanted('G', `n${node}`, 'no-birth');
  rebirths.wanted('G', 'late', 'no-birth');
  hand.pass(120_000);
  expect(sent).not.toContain('late');
  // It asks again with its next message, when the first ones have been answered or may be asked anew.
  rebirths.wanted('G', 'late', 'no-birth');
  expect(sent.at(-1)).toBe('late');
});

test('a birth answers a wish that still waits, and another gap may be told after the interval', () => {
  const { rebirths, sent, hand } = rebirthsForTest();
  rebirths.wanted('G', 'n', 'gap');
  rebirths.wanted('G', 'n', 'gap');
  expect(hand.waiting()).toBe(1);
  rebirths.answered('G', 'n');
  expect(hand.waiting()).toBe(0);
  rebirths.wanted('G', 'n', 'gap');
  expect(sent).toHaveLength(1);
  hand.pass(10_000);
  expect(sent).toHaveLength(2);
});

test('without a connection nothing is asked, and the next wish tries anew', () => {
  const { rebirths, sent, hand, broker } = rebirthsForTest();
  broker.connected = false;
  rebirths.wanted('G', 'n', 'gap');
  expect(sent).toEqual([]);
  expect(hand.waiting()).toBe(0);
});

test('closed, it asks nobody any more', () => {
  const { rebirths, sent, hand } = rebirthsForTest();
  rebirths.wanted('G', 'n', 'gap');
  rebirths.wanted('G', 'n', 'gap');
  rebirths.close();
  rebirths.wanted('G', 'm', 'gap');
  hand.pass(100_000);
  expect(sent).toHaveLength(1);
});
