import type { DurationMs, EpochMs } from '../../domain/time.ts';
import { yieldMs } from './backoff.ts';

/** So many connections that the broker ends without a word within so long: somebody else wants the session. */
const HANG_UPS = 3;
const HANG_UPS_WITHIN_MS = 120_000;
/** A connection that lasts this long means that the session is ours again. */
const UNDISPUTED_MS = 600_000;

/** Whether another client takes our session, and how long it is left to that one (ADR 14). */
export function createDispute({ now }: { readonly now: () => EpochMs }) {
  let takenOverAt: EpochMs | null = null;
  let takeOvers = 0;
  /** How often it was left to the other since it was ours undisputed. */
  let yields = 0;
  let yielding = false;
  /** When the broker ended connections without a word, lately. */
  let hangUps: readonly EpochMs[] = [];

  return {
    /** The broker ended a connection without a word: how many lately, where that is no chance any more; `null`: it may be. */
    hungUp(): number | null {
      hangUps = [...hangUps.filter((at) => now() - at < HANG_UPS_WITHIN_MS), now()];
      return hangUps.length < HANG_UPS ? null : hangUps.length;
    },

    /** Another client has the session: how long to leave it to that one. `connectedAt`: since when it was ours. */
    lost(connectedAt: EpochMs | null): DurationMs {
      if (connectedAt !== null && now() - connectedAt > UNDISPUTED_MS) yields = 0;
      takenOverAt = now();
      takeOvers++;
      yielding = true;
      return yieldMs(++yields);
    },

    /** The next attempt begins. */
    tryAgain(): void {
      yielding = false;
    },

    standing: () => ({ takenOverAt, takeOvers, yielding }),
  };
}
