import type { Alert, AlertState, Severity, Telling } from '../domain/alert.ts';
import type { Bilingual } from '../domain/assess/register.ts';
import type { EpochMs } from '../domain/time.ts';

/** An alert with what is to be read of it. */
export interface ListedAlert extends Alert {
  /** The machine that it is about; `null`: none. */
  readonly machine: string | null;
  readonly title: Bilingual;
  readonly text: Bilingual;
  /** The page's address of it, from `#` on. */
  readonly link: string;
  readonly tellings: readonly Telling[];
}

/** A channel of notifications, without what is secret of it. */
export interface ListedChannel {
  readonly id: string;
  readonly kind: 'webhook' | 'wecom' | 'dingtalk';
  readonly language: 'zh' | 'en';
  readonly minSeverity: Severity;
  /** Messages that wait to be delivered. */
  readonly waiting: number;
  readonly lastDeliveredAt: EpochMs | null;
  /** Of the newest message that failed after the last delivery; `null`: none did. */
  readonly lastError: string | null;
}

/** Alerts and channels; the composition provides it. */
export interface NotificationDesk {
  /** How many entries `notify.rules` has; 0: nothing is watched. */
  readonly rules: number;
  list(query: {
    readonly limit: number;
    readonly cursor?: number;
    readonly states: readonly AlertState[];
    readonly scope?: string;
  }): { readonly asOf: EpochMs; readonly items: readonly ListedAlert[]; readonly next: number | null };
  channels(): readonly ListedChannel[];
  acknowledge(
    id: number,
    said: { readonly by: string; readonly note: string | null },
  ): { readonly is: 'unknown' } | { readonly is: 'acknowledged' | 'not-firing'; readonly alert: ListedAlert };
  /** Sends a test message at once. */
  test(
    channel: string,
  ): Promise<
    | { readonly is: 'unknown'; readonly channels: readonly string[] }
    | { readonly is: 'delivered' }
    | { readonly is: 'failed'; readonly error: string }
  >;
}
