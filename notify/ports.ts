import type { Alert, AlertEvent } from '../domain/alert.ts';
import type { EpochMs } from '../domain/time.ts';

/** That a channel is to be told of an event, at once or when its quiet hours are over. */
export interface NewTelling {
  readonly channel: string;
  readonly event: AlertEvent;
  readonly at: EpochMs;
  readonly dueAt: EpochMs;
}

/** What one look changes. */
export interface Changes {
  readonly begun: readonly { readonly alert: Omit<Alert, 'id'>; readonly tellings: readonly NewTelling[] }[];
  readonly changed: readonly { readonly alert: Alert; readonly tellings: readonly NewTelling[] }[];
  /** Pending ones that came to nothing. */
  readonly dropped: readonly number[];
}

/** Alerts at rest. Every write is one transaction, durable on return, also beside an acknowledgement of another process. */
export interface AlertShelf {
  /** Those that aren't resolved. */
  open(): readonly Alert[];
  commit(changes: Changes): void;
  /** Ends the alerts of entries that aren't configured any more; nobody is told. */
  closeOthers(entries: readonly string[], at: EpochMs): void;
  /** Takes out what was resolved before an instant, and messages that ended before it. */
  purge(before: EpochMs): void;
}

/** What a channel is to be told, and of what. */
export interface DueTelling {
  readonly id: number;
  readonly event: AlertEvent;
  readonly held: boolean;
  readonly alert: Alert;
}

/** A message in the outbox; `message` as it was packed. */
export interface Waiting {
  readonly id: number;
  readonly channel: string;
  readonly createdAt: EpochMs;
  readonly attempts: number;
  readonly message: unknown;
}

/** Messages at rest, until they are delivered or given up. Every write is durable on return. */
export interface Outbox {
  /** Oldest first. */
  dueTellings(channel: string, at: EpochMs): readonly DueTelling[];
  /** Whether a message of the channel waits that hasn't been tried so often yet. */
  hasFresh(channel: string, fewerAttempts: number): boolean;
  /** Makes tellings one message, which is due at once. */
  pack(packed: {
    readonly key: string;
    readonly channel: string;
    readonly at: EpochMs;
    readonly message: unknown;
    readonly tellings: readonly number[];
  }): void;
  /** The oldest message of each channel that is due. */
  due(at: EpochMs): readonly Waiting[];
  /** Takes a message apart again: what it should tell is due later. */
  unpack(id: number, dueAt: EpochMs): void;
  delivered(id: number, at: EpochMs): void;
  failed(id: number, failure: { readonly error: string; readonly dueAt: EpochMs }): void;
  givenUp(id: number, end: { readonly error: string; readonly at: EpochMs }): void;
  /** Gives up what is for channels that aren't configured any more. Returns how many messages. */
  retire(channels: readonly string[], at: EpochMs): number;
}
