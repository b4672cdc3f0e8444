import { expect, test } from 'vitest';
import { topicReader } from '../../../ingest/edge/topic-reader.ts';

test('a topic reads as what was published, however many there are', () => {
  const topicOf = topicReader();
  // More than are remembered, and of other lengths, so that places are shared in every way.
  const topics = Array.from({ length: 90_000 }, (_, at) => `厂/hall-${at % 7}/${'m'.repeat(at % 3)}${at}`);
  for (const order of [topics, topics.toReversed()]) {
    for (const topic of order) {
      const bytes = Buffer.from(`..${topic}..`);
      for (let again = 0; again < 2; again++) {
        const read = topicOf(bytes, 2, bytes.length - 2).topic;
        if (read !== topic) expect(read).toBe(topic);
      }
    }
  }
  const bytes = Buffer.from('a/b');
  expect(topicOf(bytes, 0, 3).topic).toBe('a/b');
  expect(topicOf(bytes, 0, 1).topic).toBe('a');
});
