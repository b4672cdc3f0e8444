import type { EpochMs } from '../../domain/time.ts';
import type { IngestLog } from '../log.ts';
import { readState } from './state-message.ts';
import type { StartTimer } from './timer.ts';

/** So many times in a row the host says at once that it is there; whoever contradicts it more often is answered once a second. */
const AT_ONCE = 5;
const SECOND_MS = 1000;
/** What goes on is told so often. */
const LOG_EVERY_MS = 60_000;

/** What others did to our STATE at a broker. */
export interface StateTrouble {
  /** When somebody said last that we are gone, or emptied or overwrote what we had said; `null`: nobody did. */
  readonly contradictedAt: EpochMs | null;
  readonly contradictions: number;
  /** When another host said last that it is there by our id; `null`: none did. */
  readonly otherHostAt: EpochMs | null;
}

/**
 * Watches over our own STATE at one broker. [tck-id-message-flow-hid-sparkplug-state-message-delivered] Told that it is offline,
 * the host says at once that it is not; what is empty or no STATE keeps edge nodes waiting just as well. Another host with the same
 * id that says it is there is never answered: two that do would go on for ever.
 */
export function createOwnState(options: {
  readonly hostId: string;
  /** Says that we are there, with the time of the birth. */
  readonly tellAgain: () => void;
  readonly now: () => EpochMs;
  readonly timer: StartTimer;
  readonly log: IngestLog;
}) {
  const { hostId, tellAgain, now, timer, log } = options;
  let contradictedAt: EpochMs | null = null;
  let otherHostAt: EpochMs | null = null;
  let contradictions = 0;
  /** May be used at once; one comes back each second. */
  let credit = AT_ONCE;
  let creditAt = now();
  let stop: (() => void) | null = null;
  const loggedAt = new Map<string, EpochMs>();

  function tell(event: string, fields: Readonly<Record<string, unknown>>): void {
    const at = now();
    if (at - (loggedAt.get(event) ?? Number.NEGATIVE_INFINITY) < LOG_EVERY_MS) return;
    loggedAt.set(event, at);
    log(event, { hostId, ...fields });
  }

  function contradicted(): void {
    const at = now();
    credit = Math.min(AT_ONCE, credit + Math.max(0, Math.floor((at - creditAt) / SECOND_MS)));
    creditAt = at;
    if (stop !== null) return;
    if (credit > 0) {
      credit--;
      tellAgain();
      return;
    }
    stop = timer(SECOND_MS, () => {
      stop = null;
      tellAgain();
    });
  }

  return {
    /** Somebody published our STATE; `own`: the time of our birth. */
    heard(payload: Uint8Array, own: EpochMs): void {
      const state = readState(payload);
      if (state?.online) {
        if (state.timestamp === own) return;
        otherHostAt = now();
        tell('sparkplug-host-id-shared', { timestamp: state.timestamp });
        return;
      }
      contradictedAt = now();
      contradictions++;
      const what = state !== null ? 'offline' : payload.length === 0 ? 'emptied' : 'overwritten';
      tell('sparkplug-told-offline', { what, contradictions });
      contradicted();
    },
    /** The connection is gone; the next one begins with a birth. */
    closed(): void {
      stop?.();
      stop = null;
    },
    trouble: (): StateTrouble => ({ contradictedAt, contradictions, otherHostAt }),
  };
}
