import type { DurationMs, EpochMs } from '../domain/time.ts';
import type { Facts, MachineFact } from './facts.ts';

/** How a machine's silence is to be seen: it was heard, it is silent, or nobody is to expect that it speaks now. */
export type Silence =
  | { readonly is: 'heard' | 'not-expected' }
  | { readonly is: 'silent'; readonly since: EpochMs; readonly lastedMs: DurationMs };

/**
 * A machine's silence in scheduled time. One that was never heard, or may be silent for ever, is no matter of silence.
 * `enoughMs`: below it the time outside shifts needn't be left out.
 */
export function silenceOf(machine: MachineFact, facts: Facts, enoughMs: DurationMs): Silence {
  const { path, lastHeard, maxSilenceMs } = machine;
  if (lastHeard === null || maxSilenceMs === null) return { is: 'heard' };
  const raw = facts.asOf - lastHeard;
  if (raw <= maxSilenceMs) return { is: 'heard' };
  if (facts.planned(path) !== 'scheduled') return { is: 'not-expected' };
  const lastedMs = raw < enoughMs ? raw : facts.scheduledMs(path, lastHeard);
  return lastedMs > maxSilenceMs ? { is: 'silent', since: lastHeard, lastedMs } : { is: 'not-expected' };
}
