import { expect, test } from 'vitest';
import { pauseAfter } from '../../operation/repeat.ts';

test.each([
  { pace: { everyMs: 1000 }, tookMs: 5, pause: 1000, why: 'a plain pace' },
  { pace: { everyMs: 1000 }, tookMs: 90_000, pause: 1000, why: 'a plain pace, however long a run takes' },
  { pace: { everyMs: 1000, share: 0.02, seldomMs: 5000 }, tookMs: 5, pause: 1000, why: 'within its share' },
  { pace: { everyMs: 1000, share: 0.02, seldomMs: 5000 }, tookMs: 60, pause: 3000, why: 'beyond it' },
  { pace: { everyMs: 1000, share: 0.02, seldomMs: 5000 }, tookMs: 900, pause: 5000, why: 'far beyond it' },
])('the pause after a run: $why', ({ pace, tookMs, pause }) => {
  expect(pauseAfter(pace, tookMs)).toBe(pause);
});
