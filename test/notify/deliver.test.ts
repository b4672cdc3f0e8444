import { expect, test } from 'vitest';
import type { Channel } from '../../notify/channel.ts';
import { createDelivery } from '../../notify/deliver.ts';
import { openForTest } from '../registry/open.ts';
import { MONDAY, sampleMessage } from './sample.ts';

const channel: Channel = {
  id: 'crew',
  kind: 'wecom',
  url: 'http://x/',
  secret: null,
  language: 'zh',
  minSeverity: 'info',
  quietHours: [],
  quietZone: null,
  criticalPasses: true,
};

test('while the disk is full a delivered message isn’t sent again each second; what became of it is written when there is room', async () => {
  const { outbox } = openForTest();
  const message = sampleMessage();
  outbox.pack({ key: message.key, channel: 'crew', at: MONDAY, message, tellings: [] });
  let isFull = true;
  let sent = 0;
  const deliver = createDelivery({
    outbox: {
      ...outbox,
      delivered(id, at) {
        if (isFull) throw new Error('database or disk is full');
        outbox.delivered(id, at);
      },
    },
    channels: [channel],
    now: () => MONDAY,
    random: () => 1,
    stop: new AbortController().signal,
    log: () => {},
    async send() {
      sent++;
      return { is: 'delivered' };
    },
  });
  for (let turn = 0; turn < 5; turn++) await expect(deliver()).rejects.toThrow('disk is full');
  expect([sent, outbox.due(MONDAY).length]).toEqual([1, 1]);
  isFull = false;
  await deliver();
  expect([sent, outbox.due(MONDAY)]).toEqual([1, []]);
  expect(outbox.standings()).toMatchObject([{ waiting: 0, lastDeliveredAt: MONDAY }]);
});

test('of two channels a slow one doesn’t keep the other waiting', async () => {
  const { outbox } = openForTest();
  for (const id of ['slow', 'crew']) {
    const message = sampleMessage({ key: id, channel: id });
    outbox.pack({ key: id, channel: id, at: MONDAY, message, tellings: [] });
  }
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
  const deliver = createDelivery({
    ...{ outbox, channels: [{ ...channel, id: 'slow' }, channel], now: () => MONDAY, random: () => 1 },
    ...{ stop: new AbortController().signal, log: () => {} },
    async send({ channel: { id } }) {
      if (id === 'slow') await answered;
      return { is: 'delivered' };
    },
  });
  const delivering = deliver('slow');
  await deliver('crew');
  expect(outbox.due(MONDAY).map((one) => one.channel)).toEqual(['slow']);
  answer();
  await delivering;
  expect(outbox.due(MONDAY)).toEqual([]);
});
