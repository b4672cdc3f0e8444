import type { Severity } from '../domain/alert.ts';
import { quietUntil } from '../domain/quiet-hours.ts';
import type { EpochMs } from '../domain/time.ts';
import type { Channel } from './channel.ts';
import type { Message } from './message.ts';

/** When a channel may be told: now, or at the end of its quiet hours. `zone` is that of the alert's site. */
export function quietEnd(
  { quietHours, quietZone, criticalPasses }: Channel,
  { severity, zone, at }: { readonly severity: Severity; readonly zone: string; readonly at: EpochMs },
): EpochMs {
  if (severity === 'critical' && criticalPasses) return at;
  return quietUntil(quietHours, quietZone ?? zone, at) ?? at;
}

/** Until when a message that couldn't be delivered in time is held, where all of it would disturb now; `null`: it isn't. */
export function heldUntil(channel: Channel, { entries }: Message, at: EpochMs): EpochMs | null {
  const ends = entries.map(({ severity, clock: { zone } }) => quietEnd(channel, { severity, zone, at }));
  return ends.length > 0 && ends.every((end) => end > at) ? Math.max(...ends) : null;
}
