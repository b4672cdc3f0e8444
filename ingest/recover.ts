import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { Reading } from '../domain/observation.ts';
import type { JournalPosition } from '../store/port.ts';
import type { BookKeeping } from './books.ts';
import type { DedupMemory } from './dedup/memory.ts';
import { addMachine, addSignal, type Machines } from './guard/machines.ts';
import { isBefore, listSegments, readCheckpoint, segmentFile } from './journal/folder.ts';
import type { GroupRecord, JournalRecord, OutcomeRecord, RecoveredGroup } from './journal/records.ts';
import { createSegmentTail, type PlacedRecord } from './journal/segment-tail.ts';
import { rememberAgain } from './judge.ts';
import type { IngestLog } from './log.ts';
import { RECOVERED_ARRIVAL, type Redeliveries } from './redeliveries.ts';
import type { NotedRecord } from './values/correction-notes.ts';

/** Of a long spool, only the readings of its newest segments are remembered for the recognition of duplicates. */
const REMEMBERED_SEGMENTS = 4;

export interface RecoverOptions {
  readonly dir: string;
  /** What the store committed together with its last batch. */
  readonly storePosition: JournalPosition | null;
  readonly books: BookKeeping;
  readonly machines: Machines;
  readonly dedup: DedupMemory;
  readonly redeliveries: Redeliveries;
  readonly log: IngestLog;
}

export interface Recovered {
  readonly journalId: string;
  /** All before it is applied. */
  readonly applied: JournalPosition;
  readonly end: JournalPosition;
  /** The number of the last segment that ever was. */
  readonly lastSegment: number;
  readonly lastNumber: number;
  readonly lastAppliedGroup: number;
  readonly unappliedBytes: number;
  /** Groups whose refusals may not have reached quarantine, and readings whose ledgers may not have been marked. */
  readonly unsure: {
    readonly refusals: readonly (GroupRecord | OutcomeRecord)[];
    readonly stored: readonly Reading[];
    /** Events of all groups that are still there. */
    readonly noted: readonly NotedRecord[];
  };
}

const START: JournalPosition = { segment: 0, offset: 0 };
const later = (a: JournalPosition | null, b: JournalPosition | null): JournalPosition =>
  !a || !b ? (a ?? b ?? START) : isBefore(a, b) ? b : a;

/** Reads back what the runs before left: books, redeliveries, pinned types, recent readings; cuts off a torn end. */
export async function recover(options: RecoverOptions): Promise<Recovered> {
  const { dir, storePosition, books, machines, dedup, redeliveries, log } = options;
  const checkpoint = await readCheckpoint(dir);
  const applied = later(checkpoint, storePosition);
  const found = await listSegments(dir);
  const segments = found.filter((segment) => segment >= applied.segment);
  for (const segment of found)
    if (segment < applied.segment) await rm(segmentFile(dir, segment), { force: true });

  let journalId: string | null = null;
  let lastNumber = 0;
  let lastAppliedGroup = 0;
  let unappliedBytes = 0;
  let firstUnapplied = Number.POSITIVE_INFINITY;
  let end = applied;
  const outcomes = new Map<number, OutcomeRecord>();
  const refusals: (GroupRecord | OutcomeRecord)[] = [];
  const stored: Reading[] = [];
  const noted: NotedRecord[] = [];

  function take({ record, end: at, bytes }: PlacedRecord): void {
    const isApplied = !isBefore(applied, at);
    lastNumber = Math.max(lastNumber, record.number);
    if (!isApplied && record.kind !== 'header') unappliedBytes += bytes;
    takeDeliveries(record, redeliveries);
    if (record.kind === 'header') {
      if (journalId === null) books.restore(record.books);
      journalId ??= record.journalId;
    } else if (record.kind === 'outcome') {
      // A group applied again has its refusals found again: the last outcome counts, and only of an applied group.
      outcomes.set(record.of, record);
      refusals.push(record);
    } else {
      takeGroup(record, isApplied, at);
    }
  }

  function takeGroup(group: RecoveredGroup, isApplied: boolean, at: JournalPosition): void {
    for (const { machine, signal, type } of group.pins) {
      addSignal(machines.get(machine) ?? addMachine(machines, machine), signal, type);
    }
    books.recover(group.books);
    if (isApplied) books.apply(group.books);
    if (group.notes.length > 0) noted.push({ number: group.number, notes: group.notes });
    if (isApplied) lastAppliedGroup = group.number;
    else firstUnapplied = Math.min(firstUnapplied, group.number);
    if (!checkpoint || isBefore(checkpoint, at)) {
      if (group.quarantined.length > 0 || group.released.length > 0) refusals.push(group);
      if (isApplied) for (const reading of group.readings()) stored.push(reading);
    }
    if (isApplied) return;
    const recent = at.segment > (found.at(-1) ?? 0) - REMEMBERED_SEGMENTS;
    for (const reading of group.readings()) {
      if (recent) rememberAgain({ machines, dedup }, reading, group.number);
      else forgetAgain(machines, reading.machine, group.number);
    }
  }

  for (const segment of segments) {
    const tail = createSegmentTail(dir, segment);
    for await (const placed of tail.read()) take(placed);
    const bytes = await tail.cut();
    if (bytes > 0) {
      const event = segment === segments.at(-1) ? 'journal-tail-cut' : 'journal-damaged';
      log(event, { segment, offset: tail.offset(), bytes });
    }
    if (tail.offset() === 0) await rm(segmentFile(dir, segment), { force: true });
    else end = later(end, { segment, offset: tail.offset() });
  }
  for (const { of, reversals } of outcomes.values()) {
    if (of < firstUnapplied) reversals.forEach(books.reverse);
  }
  return {
    journalId: journalId ?? randomUUID(),
    applied,
    end,
    lastSegment: Math.max(applied.segment, found.at(-1) ?? 0),
    lastNumber,
    lastAppliedGroup,
    unappliedBytes,
    unsure: { refusals, stored, noted },
  };
}

function takeDeliveries(record: JournalRecord, redeliveries: Redeliveries): void {
  if (record.kind === 'outcome') return;
  for (const delivery of record.deliveries()) redeliveries.note(delivery, RECOVERED_ARRIVAL);
}

/** What isn't remembered here may be on its way to the store: until it is there, the store's word on it is too old. */
function forgetAgain(machines: Machines, machine: string, group: number): void {
  const entry = machines.get(machine) ?? addMachine(machines, machine);
  entry.window.forgotAtGroup = group;
}
