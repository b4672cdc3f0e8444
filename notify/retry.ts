import type { DurationMs, EpochMs } from '../domain/time.ts';
import type { Verdict } from './channel.ts';

const FIRST_MS = 5_000;
const LONGEST_MS = 300_000;
/** A message is given up a day after it was made: what is older helps nobody, and the alert itself stays listed. */
export const GIVE_UP_AFTER_MS: DurationMs = 86_400_000;

/** How long to wait after so many failed attempts: doubled each time, up to five minutes, and between half and all of it. */
export function backoffMs(attempts: number, random: number): DurationMs {
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempts, 20));
  return Math.round(whole * (0.5 + random / 2));
}

export type Next =
  | { readonly is: 'delivered' }
  | { readonly is: 'again'; readonly dueAt: EpochMs; readonly error: string }
  | { readonly is: 'given-up'; readonly error: string };

/** What is to become of a message after an attempt. `random` from 0 to 1. */
export function nextOf({
  verdict,
  attempts,
  createdAt,
  at,
  random,
}: {
  readonly verdict: Verdict;
  /** Before this one. */
  readonly attempts: number;
  readonly createdAt: EpochMs;
  readonly at: EpochMs;
  readonly random: number;
}): Next {
  if (verdict.is === 'delivered') return verdict;
  if (verdict.is === 'never') return { is: 'given-up', error: verdict.why };
  const dueAt = at + Math.max(backoffMs(attempts, random), verdict.afterMs ?? 0);
  return dueAt - createdAt > GIVE_UP_AFTER_MS
    ? { is: 'given-up', error: `${verdict.why}; tried ${attempts + 1} times` }
    : { is: 'again', dueAt, error: verdict.why };
}
