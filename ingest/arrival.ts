import type { Refusal } from '../domain/refusal.ts';
import type { EpochMs } from '../domain/time.ts';
import type { Trace } from './decode/decoder.ts';
import type { DeliveryRecord } from './journal/records.ts';
import type { IncomingMessage } from './message.ts';
import type { QuarantinedMessage } from './ports.ts';
import type { Route } from './route.ts';

/** A message on its way through ingest. */
export interface Arrival {
  /** Counts all arrivals since the start, from 1. */
  readonly number: number;
  readonly message: IncomingMessage;
  readonly route: Route;
  readonly delivery: DeliveryRecord | null;
  /** To be called when the message is durable, or never will be. */
  readonly durable: ((error?: Error) => void) | null;
  readonly replay: Replay | null;
  /** Set where it is only explained. */
  readonly trace?: Trace;
  /** Set where it stands for messages that nobody looks into. */
  readonly dropped?: Dropped;
}

/** Messages at QoS 0 that came while too much was waiting: only the books, and now and then quarantine, know of them. */
export interface Dropped {
  /** How many of the source's messages the arrival stands for. */
  count: number;
  /** Whether the first of them is kept in quarantine, as an example. */
  readonly kept: boolean;
}

/** A message that comes again, out of quarantine. */
export interface Replay {
  readonly quarantined: QuarantinedMessage;
  /** What its books say of it. */
  readonly booked: { readonly wholeMessage: boolean; readonly observations: number };
  /** The time of each of its readings. */
  readonly instants: readonly EpochMs[];
  /** Called when the message is stored or waits in the spool; or why it is refused again. */
  readonly done: (refusal: Refusal | null) => void;
}
