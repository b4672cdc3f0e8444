import type { EpochMs } from '../../domain/time.ts';
import type { Outgoing } from '../outgoing.ts';

/**
 * What machines say, by their own clocks. A clock never shows an instant twice; what it shows before `start` is not
 * published, so that a run keeps to its window.
 */
export function* byOwnClock(
  outgoing: Iterable<Outgoing>,
  clocks: ReadonlyMap<string, (ts: EpochMs) => EpochMs>,
  options: { readonly start: EpochMs; befell(): void },
): Generator<Outgoing, void> {
  const shown = new Map<string, EpochMs>();
  for (const told of outgoing) {
    const { event } = told;
    const clock = clocks.get(event.machine);
    if (!clock) {
      yield told;
      continue;
    }
    const ts = Math.max(clock(event.ts), (shown.get(event.machine) ?? Number.NEGATIVE_INFINITY) + 1);
    shown.set(event.machine, ts);
    if (ts < options.start) continue;
    if (ts !== event.ts) options.befell();
    yield { ...told, event: { ...event, ts } };
  }
}
