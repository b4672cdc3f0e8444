import { expect, test } from 'vitest';
import type { QuarantineSelection } from '../../../ingest/ports.ts';
import { createReread } from '../../../ingest/sparkplug/reread.ts';
import { timerByHand } from './timer-by-hand.ts';

/** A quarantine whose topics hold so many messages, as long as it is told so. */
function desk() {
  const clock = { now: 0 };
  const { timer, pass, waiting } = timerByHand(clock);
  const kept = new Map<string, number>();
  const tried: string[] = [];
  const events: string[] = [];
  let fails = false;
  const reread = createReread({
    timer,
    log: (event) => events.push(event),
    async replay(selection: QuarantineSelection) {
      const { topic = '', code } = selection as { topic?: string; code?: string };
      if (code !== 'sparkplug-no-birth') return { replayed: 0, stored: 0, refused: 0 };
      tried.push(`${clock.now} ${topic}`);
      if (fails) throw new Error('database is locked');
      const stored = kept.get(topic) ?? 0;
      kept.delete(topic);
      return { replayed: stored, stored, refused: 0 };
    },
  });
  return {
    ...{ reread, kept, tried, events, waiting },
    failing(value: boolean) {
      fails = value;
    },
    /** Second by second, so that what is tried is done before the next. */
    async seconds(count: number) {
      for (let second = 0; second < count; second++) {
        pass(1000);
        await new Promise(setImmediate);
      }
    },
  };
}

test('a topic is tried until as many messages came out as became readable', async () => {
  const { reread, kept, tried, waiting, seconds } = desk();
  reread.readable('a', 3);
  kept.set('a', 2);
  await seconds(4);
  kept.set('a', 1);
  await seconds(700);
  expect(tried).toEqual(['1000 a', '6000 a']);
  expect(waiting()).toBe(0);
});

test('a topic keeps its pace whatever others are born meanwhile', async () => {
  const { reread, kept, tried, seconds } = desk();
  reread.readable('a', 1);
  await seconds(40);
  for (let n = 0; n < 10; n++) {
    reread.readable(`b${n}`, 1);
    kept.set(`b${n}`, 1);
    await seconds(2);
  }
  kept.set('a', 1);
  await seconds(800);
  expect(tried.filter((entry) => entry.endsWith(' a'))).toEqual(['1000 a', '6000 a', '36000 a', '156000 a']);
  expect(tried.filter((entry) => entry.endsWith(' b0'))).toEqual(['41000 b0']);
});

test('a replay that fails is tried again', async () => {
  const { reread, kept, tried, events, failing, seconds } = desk();
  failing(true);
  reread.readable('a', 1);
  kept.set('a', 1);
  await seconds(2);
  failing(false);
  await seconds(10);
  expect(tried).toEqual(['1000 a', '6000 a']);
  expect(events).toEqual(['sparkplug-reread-failed']);
});

test('closing ends it', async () => {
  const { reread, tried, waiting, seconds } = desk();
  reread.readable('a', 1);
  reread.close();
  await seconds(10);
  expect([tried, waiting()]).toEqual([[], 0]);
});
