import type { LiveEvent } from '../../analysis/answers.ts';
import type { Analysis } from '../../analysis/port.ts';
import type { Schedule } from '../../analysis/schedule.ts';
import { isoOrNull } from '../wire/scalars.ts';
import { openRing, type Ring } from './ring.ts';

/** The events that a client may have missed and can still get. */
const RING_CAPACITY = 10_000;
/** Time for the last client to come back before nobody listens any more. */
export const LINGER_MS = 60_000;

/** The analysis events as text, numbered and kept while someone wants them. Nobody listening costs the analysis nothing. */
export interface Tap {
  /** Opens the tap, where it isn't open, and gives the events kept. */
  open(): Ring<string>;
  /** Says that nobody wants events just now; the tap closes after {@link LINGER_MS} unless it is opened before. */
  release(): void;
  close(): void;
}

/**
 * Event numbers only rise. They start at the clock's microseconds, and anew after each pause, so that a number given
 * before a restart or a pause is lower than every number kept and is never taken for a place to resume at.
 */
export function createTap(options: {
  readonly analysis: Pick<Analysis, 'live'>;
  readonly now: () => number;
  readonly schedule: Schedule;
  readonly onEvent: (id: number, text: string) => void;
}): Tap {
  const { analysis, now, schedule, onEvent } = options;
  let running: { readonly ring: Ring<string>; readonly unsubscribe: () => void } | undefined;
  let newest = 0;
  let cancelClose: (() => void) | undefined;

  const start = () => {
    const ring = openRing<string>({ start: Math.max(now() * 1000, newest + 1), capacity: RING_CAPACITY });
    const unsubscribe = analysis.live((event) => {
      const text = `event: ${event.event}\ndata: ${JSON.stringify(wireData(event))}\n\n`;
      onEvent(ring.add(text), text);
    });
    return { ring, unsubscribe };
  };
  const keepOpen = (): void => {
    cancelClose?.();
    cancelClose = undefined;
  };
  const close = (): void => {
    keepOpen();
    if (!running) return;
    running.unsubscribe();
    newest = running.ring.newest;
    running = undefined;
  };

  return {
    open() {
      keepOpen();
      running ??= start();
      return running.ring;
    },
    release() {
      keepOpen();
      if (running) cancelClose = schedule(LINGER_MS, close);
    },
    close,
  };
}

/** The data of an event as it is sent: times in ISO 8601. */
function wireData(event: LiveEvent): object {
  return event.event === 'state' ? { ...event.data, since: isoOrNull(event.data.since) } : event.data;
}
