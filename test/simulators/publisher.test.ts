import { describe, expect, it } from 'vitest';
import { pace } from '../../simulators/publish/pace.ts';
import { openPublisher } from '../../simulators/publish/publisher.ts';
import { startBroker } from './broker.ts';

const total = 4_000;
const topicOf = (lane: number): string => `kaidong/v1/e/s/a/l/m${lane}`;

describe('the publisher', () => {
  it('brings everything, each lane in order, and asks to wait when much is in flight', async () => {
    await using broker = await startBroker();
    await using publisher = await openPublisher({ url: broker.url, qos: 1, connections: 3, inFlight: 50 });
    let waits = 0;
    for (let number = 0; number < total; number++) {
      const full = publisher.publish(number % 7, topicOf(number % 7), String(number));
      if (full) {
        waits++;
        await full;
      }
    }
    expect(await publisher.drain(10_000)).toBe(true);
    expect(waits).toBeGreaterThan(10);
    expect(publisher.counts).toEqual({ published: total, acknowledged: total, reconnects: 0 });
    expect(broker.messages.length).toBe(total);
    for (let lane = 0; lane < 7; lane++) {
      const numbers = broker.messages
        .filter(({ topic }) => topic === topicOf(lane))
        .map(({ payload }) => Number(payload));
      expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    }
  });

  it('loses nothing when its connections break, again and again', async () => {
    await using broker = await startBroker();
    await using publisher = await openPublisher({
      url: broker.url,
      qos: 1,
      connections: 2,
      inFlight: 100,
      reconnectMs: 5,
    });
    for (let number = 0; number < total; number++) {
      const full = publisher.publish(number % 2, topicOf(number % 2), String(number));
      if (number % 1_000 === 500) broker.cut();
      if (full) await full;
    }
    expect(await publisher.drain(20_000)).toBe(true);
    expect(publisher.counts).toMatchObject({ published: total, acknowledged: total });
    expect(publisher.counts.reconnects).toBeGreaterThan(0);
    expect(new Set(broker.messages.map(({ payload }) => payload)).size).toBe(total);
  });

  it('publishes at QoS 0 too', async () => {
    await using broker = await startBroker();
    const arrived = new Promise<void>((resolve) => {
      broker.onMessage = () => {
        if (broker.messages.length === 100) resolve();
      };
    });
    await using publisher = await openPublisher({ url: broker.url, qos: 0, connections: 1 });
    for (let number = 0; number < 100; number++) publisher.publish(0, topicOf(0), String(number));
    expect(await publisher.drain(10_000)).toBe(true);
    await arrived;
  });

  it('says that not everything was acknowledged when the broker is gone', async () => {
    await using broker = await startBroker();
    const publisher = await openPublisher({ url: broker.url, qos: 1, connections: 1 });
    await broker[Symbol.asyncDispose]();
    publisher.publish(0, topicOf(0), 'late');
    expect(await publisher.drain(30)).toBe(false);
    await publisher[Symbol.asyncDispose]();
    expect(publisher.counts).toMatchObject({ published: 1, acknowledged: 0 });
  });
});

describe('pace', () => {
  /** A clock that stands still but for its sleepers. */
  function handClock() {
    const clock = {
      ms: 1_000_000,
      slept: 0,
      now: () => clock.ms,
      sleep: async (ms: number) => {
        clock.ms += ms;
        clock.slept += ms;
      },
    };
    return clock;
  }
  const { signal } = new AbortController();

  it('lets simulated time pass as many times as fast', async () => {
    const clock = handClock();
    const due = pace({ speed: 60, start: 5_000, signal, clock });
    await due(5_000 + 3_600_000);
    expect(clock.slept).toBe(60_000);
    await due(5_000 + 3_000_000);
    expect(clock.slept).toBe(60_000);
  });

  it('catches up after a pause without waiting, and never waits at full speed', () => {
    const clock = handClock();
    const due = pace({ speed: 1, start: 0, signal, clock });
    clock.ms += 10_000;
    expect(due(9_000)).toBeUndefined();
    expect(due(11_000)).toBeInstanceOf(Promise);
    expect(pace({ speed: 'max', start: 0, signal, clock })(1e12)).toBeUndefined();
  });
});
