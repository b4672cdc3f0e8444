import type { Retained } from '../../domain/mapping/rule.ts';
import type { SignalValue } from '../../domain/observation.ts';
import type { MachinePath } from '../../domain/path.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { IncomingMessage } from '../message.ts';
import type { Layout } from './layout.ts';

/** What a decoder found for one machine and instant, before any guard has seen it. */
export interface DecodedReading {
  readonly machine: MachinePath;
  /** `null`: the source named no time, and gets the receive time. */
  readonly ts: EpochMs | null;
  /** What the source's clock said, where a correction moved `ts`. */
  readonly sourceTs?: EpochMs;
  /** `ts` is by our clock, e.g. of a death that a broker tells, and needs no check. */
  readonly isOurTime?: true;
  readonly signals: readonly string[];
  readonly values: readonly SignalValue[];
}

/** A part of a message that is refused; `observations`: how many observations it held, 0 where nobody can tell. */
export interface RefusedPart extends Refusal {
  readonly observations: number;
}

export interface Decoded {
  readonly readings: readonly DecodedReading[];
  readonly refused: readonly RefusedPart[];
  /** Observations that are no facts to be kept: without a value, of bad quality, transient. Absent: none. */
  readonly ignored?: number;
}

/** How a message comes to its decoder. */
export interface Occasion {
  /** 0: it doesn't come, somebody only wants to know; nothing may be remembered of it. */
  readonly number: number;
  readonly message: IncomingMessage;
  /** Set where the message came before, and comes again out of quarantine. */
  readonly replay: object | null;
  /** Set where somebody wants to know what is left out. */
  readonly trace?: Trace;
}

/** What a decoder remembers of a topic to be quick with its next message; it changes nothing of what is decoded. */
export interface Habit {
  layout: Layout | null;
  /** Messages in a row that were written otherwise. */
  misses: number;
}

/** What a topic says of its messages. */
export interface Binding {
  /** Whose books the messages enter. */
  readonly source: string;
  readonly machine: MachinePath;
  /** `null`: the payload names its signals. */
  readonly signal: string | null;
  readonly habit: Habit;
  /** What becomes of messages that a broker had retained; absent: those without a time are ignored. */
  readonly retained?: Retained;
}

/** Told of what a decoder leaves out without refusing it; only `explain` asks. */
export interface Trace {
  skipped(signal: string, at: string): void;
}

/**
 * Turns messages of some topics into readings. The same topic and payload always give the same, but for Sparkplug, where a
 * birth says what the messages behind it mean; what it said is remembered from messages that really came, and from no others.
 */
export interface Decoder {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  /** `undefined`: the topic is another decoder's; a refusal: it is this one's, and wrong. */
  bind(topic: string): Binding | Refusal | undefined;
  decode(binding: Binding, payload: Uint8Array, occasion: Occasion): Decoded;
}
