import type { Reading } from '../../domain/observation.ts';
import type { NewCorrection } from '../../domain/values/correction.ts';
import type { BooksReversal, BooksSnapshot } from '../books.ts';
import type { GroupBooks } from '../group-books.ts';
import type { SeriesPin } from '../guard/machines.ts';
import type { NewQuarantined } from '../ports.ts';

/** A message that may be delivered again, as the journal remembers it. */
export interface DeliveryRecord {
  readonly session: string;
  readonly packetId: number;
  readonly topicHash: number;
  readonly payloadHash: number;
  readonly payloadBytes: number;
}

/** A reading on its way to the store. */
export interface JournalReading extends Reading {
  /** A row of the group's `books`: the source of the message. */
  readonly source: number;
  /** The message is the one of the reading before. */
  readonly continues: boolean;
  /** Indexes of the signals that correct another value. */
  readonly replaced: readonly number[];
}

/** All consequences of a group of messages that became durable together. */
export interface GroupRecord {
  readonly kind: 'group';
  /** Numbers the records, from 1. */
  readonly number: number;
  readonly pins: readonly SeriesPin[];
  readonly books: GroupBooks;
  readonly quarantined: readonly NewQuarantined[];
  /** Messages in quarantine that a replay brought into this group. */
  readonly released: readonly number[];
  /** What happened to values of its messages. */
  readonly notes: readonly NewCorrection[];
  readonly readingCount: number;
  /**
   * Made from the record's bytes with each call. What waits for the store waits as bytes: as objects it would grow old,
   * and moving and collecting those costs as much as decoding the messages.
   */
  readings(): JournalReading[];
}

/** A group as it is read back, with what may be delivered again. */
export interface RecoveredGroup extends GroupRecord {
  /** Made from the record's bytes with each call: only a start asks for them. */
  deliveries(): DeliveryRecord[];
}

/** What the store refused of a group, written after the store was asked. */
export interface OutcomeRecord {
  readonly kind: 'outcome';
  readonly number: number;
  /** The group that it speaks of. */
  readonly of: number;
  readonly reversals: readonly BooksReversal[];
  /** With the key that each has in quarantine. */
  readonly quarantined: readonly (NewQuarantined & { readonly key: string })[];
}

/** The first record of every segment: all that the segments before it came to. */
export interface HeaderRecord {
  readonly kind: 'header';
  /** The number of the last record before. */
  readonly number: number;
  /** Tells this journal from another that may have had the same numbers. */
  readonly journalId: string;
  readonly books: readonly BooksSnapshot[];
  /** Made from the record's bytes with each call: there may be more than a million, and only a start asks for them. */
  deliveries(): DeliveryRecord[];
}

export type JournalRecord = RecoveredGroup | OutcomeRecord | HeaderRecord;
