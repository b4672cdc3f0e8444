import { expect, test, vi } from 'vitest';
import { pauseAfter, repeat } from '../../operation/repeat.ts';

test.each([
  { pace: { everyMs: 1000 }, tookMs: 5, pause: 1000, why: 'a plain pace' },
  { pace: { everyMs: 1000 }, tookMs: 90_000, pause: 1000, why: 'a plain pace, however long a run takes' },
  { pace: { everyMs: 1000, share: 0.02, seldomMs: 5000 }, tookMs: 5, pause: 1000, why: 'within its share' },
  { pace: { everyMs: 1000, share: 0.02, seldomMs: 5000 }, tookMs: 60, pause: 3000, why: 'beyond it' },
  { pace: { everyMs: 1000, share: 0.02, seldomMs: 5000 }, tookMs: 900, pause: 5000, why: 'far beyond it' },
])('the pause after a run: $why', ({ pace, tookMs, pause }) => {
  expect(pauseAfter(pace, tookMs)).toBe(pause);
});

test('the first run comes sooner where that is asked for', async () => {
  vi.useFakeTimers();
  try {
    const runs: number[] = [];
    const from = Date.now();
    await using seldom = repeat({ everyMs: 3_600_000, firstMs: 600_000, event: 'failed', log: () => {} });
    seldom.begin(() => runs.push(Date.now() - from));
    await vi.advanceTimersByTimeAsync(599_999);
    expect(runs).toEqual([]);
    await vi.advanceTimersByTimeAsync(2 * 3_600_000);
    expect(runs).toEqual([600_000, 4_200_000]);
  } finally {
    vi.useRealTimers();
  }
});
