import type { AlertEvent, AlertRule, AlertState, Evidence, Severity } from '../domain/alert.ts';
import type { Name } from '../domain/names.ts';
import type { EpochMs } from '../domain/time.ts';

/** What a message says of one alert. */
export interface Entry {
  readonly alert: number;
  readonly rule: AlertRule;
  /** The entry of `notify.rules`. */
  readonly ruleId: string;
  readonly title: Name;
  readonly event: AlertEvent;
  readonly state: AlertState;
  readonly severity: Severity;
  readonly subject: string;
  readonly since: EpochMs;
  readonly firedAt: EpochMs | null;
  readonly resolvedAt: EpochMs | null;
  /** When it began and ended, by the wall clock of its site. */
  readonly clock: { readonly since: string; readonly resolved: string | null; readonly zone: string };
  readonly text: Name;
  readonly evidence: Evidence;
  /** The page of it; `null`: `notify.publicUrl` is not set. */
  readonly link: string | null;
}

/** A message as it rests in the outbox. `summary`: what came in quiet hours. */
export interface Message {
  readonly kind: 'alerts' | 'summary' | 'test';
  /** The same at every attempt, so that a receiver can tell a repetition. */
  readonly key: string;
  readonly channel: string;
  readonly createdAt: EpochMs;
  readonly entries: readonly Entry[];
  /** How many more alerts there are than entries. */
  readonly more: number;
}
