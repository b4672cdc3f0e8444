import { afterEach, expect, test, vi } from 'vitest';
import { stopAt } from '../../cli/stop-at.ts';

afterEach(() => vi.useRealTimers());

test('a signal that comes twice, from the terminal and from a launcher, stops once; one that comes later has its usual effect', () => {
  vi.useFakeTimers();
  const stop = new AbortController();
  stopAt('SIGUSR2', stop);
  const comes = () => process.emit('SIGUSR2', 'SIGUSR2');
  expect([comes(), stop.signal.reason]).toEqual([true, 'SIGUSR2']);
  expect(comes()).toBe(true);
  vi.advanceTimersByTime(1_000);
  expect(comes()).toBe(false);
});
