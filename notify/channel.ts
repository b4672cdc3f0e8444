import type { Severity } from '../domain/alert.ts';
import type { Name } from '../domain/names.ts';
import type { QuietHours } from '../domain/quiet-hours.ts';
import type { DurationMs, EpochMs } from '../domain/time.ts';
import type { Message } from './message.ts';

export const CHANNEL_KINDS = ['webhook', 'wecom', 'dingtalk'] as const;
export type ChannelKindId = (typeof CHANNEL_KINDS)[number];

/** Where messages go. `url` and `secret` are secrets: they are neither logged nor shown. */
export interface Channel {
  readonly id: string;
  readonly kind: ChannelKindId;
  readonly url: string;
  readonly secret: string | null;
  readonly language: keyof Name;
  readonly minSeverity: Severity;
  readonly quietHours: readonly QuietHours[];
  /** Zone of the quiet hours; `null`: that of the alert's site. */
  readonly quietZone: string | null;
  /** What is critical is told in quiet hours too. */
  readonly criticalPasses: boolean;
}

/** A request as it goes out. */
export interface Outgoing {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * What an answer means. `again`: it may work later, not before `afterMs` where that is said. `never`: this message, or the
 * channel as it is configured, won't be taken however often it is tried.
 */
export type Verdict =
  | { readonly is: 'delivered' }
  | { readonly is: 'again'; readonly why: string; readonly afterMs?: DurationMs }
  | { readonly is: 'never'; readonly why: string };

/** One kind of channel: how a message is written for it, and what its answers mean. */
export interface ChannelKind {
  readonly id: ChannelKindId;
  readonly title: Name;
  /** Where the format is documented. */
  readonly source: string;
  /** Messages that it takes in a minute; `null`: no limit is known. */
  readonly perMinute: number | null;
  /** `at` is the instant of sending, which is part of signatures. */
  request(sending: {
    readonly channel: Pick<Channel, 'url' | 'secret' | 'language'>;
    readonly message: Message;
    readonly at: EpochMs;
  }): Outgoing;
  /** The meaning of an answer with a status from 200 to 299; the others mean the same for every kind. */
  verdict(body: string): Verdict;
}
