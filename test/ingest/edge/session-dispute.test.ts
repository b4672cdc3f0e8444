import { expect, test } from 'vitest';
import { createDispute } from '../../../ingest/edge/session-dispute.ts';

const T0 = Date.parse('2026-03-02T08:00:00Z');

test('three connections that end without a word within two minutes are no chance', () => {
  const clock = { now: T0 };
  const dispute = createDispute({ now: () => clock.now });
  const after = (ms: number) => {
    clock.now += ms;
    return dispute.hungUp();
  };
  expect([after(0), after(50_000), after(71_000), after(10_000)]).toEqual([null, null, null, 3]);
});

test('a session that is lost is left longer each time, and as at first when it was ours undisputed', () => {
  const clock = { now: T0 };
  const dispute = createDispute({ now: () => clock.now });
  expect(dispute.standing()).toEqual({ takenOverAt: null, takeOvers: 0, yielding: false });
  for (let time = 1; time <= 8; time++) {
    const waitMs = dispute.lost(clock.now - 1000);
    expect(waitMs).toBeGreaterThanOrEqual(10_000);
    expect(waitMs).toBeLessThanOrEqual(Math.min(300_000, 10_000 * 2 ** time));
    expect(dispute.standing()).toEqual({ takenOverAt: clock.now, takeOvers: time, yielding: true });
    dispute.tryAgain();
    expect(dispute.standing().yielding).toBe(false);
    clock.now += waitMs;
  }
  expect(dispute.lost(clock.now - 600_001)).toBeLessThanOrEqual(20_000);
});
