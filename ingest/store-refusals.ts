import type { SignalValue } from '../domain/observation.ts';
import type { EpochMs } from '../domain/time.ts';
import type { StoreRefusal } from '../store/port.ts';
import type { BooksReversal } from './books.ts';
import type { GroupBooks } from './group-books.ts';
import type { JournalReading } from './journal/records.ts';
import type { NewQuarantined } from './ports.ts';
import { quarantinedOf } from './refusal-note.ts';

/** A group of which the store refused something. */
interface RefusedGroup {
  readonly books: Pick<GroupBooks, 'sources'>;
  readonly readings: readonly JournalReading[];
}

/** What a store's refusals mean for a group: its books, and what goes to quarantine under which part of a key. */
export interface RefusalOutcome {
  readonly reversals: readonly BooksReversal[];
  readonly quarantined: readonly (NewQuarantined & { readonly part: string })[];
}

/**
 * Works out a group's refusals; `reading` counts within the group. The payload as received is gone by then: what is
 * quarantined is the refused observation alone, as a message of the default topic, which can be replayed.
 */
export function outcomeOf(
  group: RefusedGroup,
  refusals: readonly StoreRefusal[],
  options: {
    readonly now: EpochMs;
    /** What the default topic would have to say to be understood as this time (`clocks`). */
    readonly sourceTime: (source: string, ts: EpochMs) => EpochMs;
  },
): RefusalOutcome {
  const { now, sourceTime } = options;
  const refusedOf = new Map<number, Set<number>>();
  const quarantined: (NewQuarantined & { readonly part: string })[] = [];
  for (const { reading: index, signal, detail } of refusals) {
    const reading = group.readings[index] as JournalReading;
    const set = refusedOf.get(index) ?? new Set();
    refusedOf.set(index, set);
    reading.signals.forEach((name, column) => {
      if (signal !== null && signal !== name) return;
      set.add(column);
      const payload = Buffer.from(
        `{"ts":${sourceTime(reading.machine, reading.ts)},${JSON.stringify(name)}:${jsonOf(reading.values[column] as SignalValue)}}`,
      );
      const message = { topic: `kaidong/v1/${reading.machine}`, payload, receivedAt: now };
      const why = {
        code: 'store-refused' as const,
        detail: `${JSON.stringify(name)}: ${detail}.`,
        observations: 1,
      };
      const alone = isWholeMessage(group, index, refusals);
      quarantined.push({
        ...quarantinedOf(group.books.sources[reading.source] as string, message, [why], alone),
        part: `${index}:${column}`,
      });
    });
  }
  return { reversals: reversalsOf(group, refusedOf), quarantined };
}

const jsonOf = (value: SignalValue): string =>
  typeof value === 'bigint' ? String(value) : JSON.stringify(value);

/** Whether a message holds this one reading, with one observation, only: then the message is refused with it. */
function isWholeMessage(
  { readings }: RefusedGroup,
  index: number,
  refusals: readonly StoreRefusal[],
): boolean {
  const { signals, continues } = readings[index] as JournalReading;
  const single = !continues && !readings[index + 1]?.continues && signals.length === 1;
  return single && refusals.some((refusal) => refusal.reading === index);
}

function reversalsOf(
  group: RefusedGroup,
  refusedOf: ReadonlyMap<number, ReadonlySet<number>>,
): BooksReversal[] {
  const bySource = new Map<number, { messages: number; stored: number; replaced: number }>();
  const { readings } = group;
  for (let first = 0; first < readings.length; ) {
    let last = first;
    while (readings[last + 1]?.continues) last++;
    let observations = 0;
    const counts = { stored: 0, replaced: 0 };
    for (let index = first; index <= last; index++) {
      const { signals, replaced } = readings[index] as JournalReading;
      observations += signals.length;
      for (const column of refusedOf.get(index) ?? [])
        counts[replaced.includes(column) ? 'replaced' : 'stored']++;
    }
    const refused = counts.stored + counts.replaced;
    if (refused > 0) {
      const { source } = readings[first] as JournalReading;
      const sum = bySource.get(source) ?? { messages: 0, stored: 0, replaced: 0 };
      sum.messages += refused === observations ? 1 : 0;
      sum.stored += counts.stored;
      sum.replaced += counts.replaced;
      bySource.set(source, sum);
    }
    first = last + 1;
  }
  return [...bySource].map(([source, counts]) => ({
    source: group.books.sources[source] as string,
    ...counts,
  }));
}
