import { type CalendarPiece, calendarPieces } from '../../domain/calendar.ts';
import { classCursor } from '../../domain/class-cursor.ts';
import type { MachineFacts } from '../../domain/facts.ts';
import { contextOf } from '../../domain/ledger-context.ts';
import { TIME_CLASSES, type TimeClass } from '../../domain/ledger-row.ts';
import { minorStops } from '../../domain/minor-stops.ts';
import type { MachinePath } from '../../domain/path.ts';
import type { Site } from '../../domain/plant.ts';
import { seriesOf } from '../../domain/signals.ts';
import { stateTape } from '../../domain/state-tape.ts';
import type { DurationMs, EpochMs, Span } from '../../domain/time.ts';
import { vocabularyOf } from '../../domain/vocabulary/index.ts';
import type { Store } from '../../store/port.ts';
import { createBreather } from '../breathe.ts';
import type { Member } from '../members.ts';
import { doubtfulReason, timelineSignalsOf } from '../state-facts.ts';

/** The classes that a stop's time can have: what an operator is asked the reason for. */
export const STOP_CLASSES: readonly TimeClass[] = ['breakdown', 'delay', 'minorStop'];
const STOP_CODES = new Set(STOP_CLASSES.map((name) => TIME_CLASSES.indexOf(name)));

/** The longest stretch of a machine's facts that is read at once. */
const LONGEST_MS: DurationMs = 31 * 86_400_000;

/** Whether a machine that sent these signals can ever have given a reason; of the others no facts need be read. */
export const givesReasons = ({ machine }: Member, signals: readonly string[]): boolean =>
  signals.includes('reason') ||
  vocabularyOf(machine.vocabulary).overrides.some(
    ({ signal, reason }) => reason !== null && signals.includes(signal),
  );

/**
 * How much stop time of each window has a reason, by machine. Reasons are no part of a recorded cell, so facts are read:
 * once for all windows, the first of which holds the others.
 */
export async function reasonedStops({
  store,
  members,
  windows,
  asOf,
  signal,
}: {
  readonly store: Pick<Store, 'facts'>;
  readonly members: readonly Member[];
  readonly windows: readonly Span[];
  readonly asOf: EpochMs;
  readonly signal?: AbortSignal | undefined;
}): Promise<ReadonlyMap<MachinePath, readonly DurationMs[]>> {
  const sums = new Map(members.map(({ machine }) => [machine.path, windows.map(() => 0)]));
  const [whole] = windows;
  const breathe = createBreather();
  for (const slice of whole && members.length > 0 ? slicesOf(whole) : []) {
    const pieces = new Map<Site, readonly CalendarPiece[]>();
    const piecesOf = (site: Site) => pieces.getOrInsertComputed(site, () => calendarPieces(site, slice));
    const add = async (some: readonly Member[], since: EpochMs, again: boolean) => {
      const older: { readonly member: Member; readonly since: EpochMs }[] = [];
      // A stop at the slice's end is judged on its whole length.
      const until = Math.max(...some.map(({ machine }) => contextOf(machine, slice, asOf).to));
      for await (const [member, facts] of factsOf(store, some, { from: since, to: until })) {
        signal?.throwIfAborted();
        const given = again ? undefined : doubtfulReason(member, facts, since);
        if (given !== undefined) older.push({ member, since: given });
        else {
          const sum = sums.get(member.machine.path) as DurationMs[];
          addReasoned(sum, { member, facts, pieces: piecesOf(member.site), slice, windows, asOf });
        }
        await breathe();
      }
      return older;
    };
    const since = Math.min(...members.map(({ machine }) => contextOf(machine, slice, asOf).from));
    // Those that repeat their state word hide whether a reason still holds: read from where it was given.
    const older = await add(members, since, false);
    for (const alike of Map.groupBy(older, (one) => Math.ceil(Math.log2(since - one.since))).values()) {
      await add(
        alike.map(({ member }) => member),
        Math.min(...alike.map((one) => one.since)),
        true,
      );
    }
  }
  return sums;
}

function* slicesOf({ from, to }: Span): Generator<Span> {
  for (let begin = from; begin < to; begin += LONGEST_MS) {
    yield { from: begin, to: Math.min(begin + LONGEST_MS, to) };
  }
}

async function* factsOf(
  store: Pick<Store, 'facts'>,
  members: readonly Member[],
  { from, to }: Span,
): AsyncGenerator<readonly [Member, MachineFacts]> {
  const machines = members.map((member) => ({
    path: member.machine.path,
    signals: [...timelineSignalsOf(member), 'order'],
    silenceMs: member.machine.maxSilenceMs,
  }));
  let next = 0;
  for await (const facts of store.facts({ from, to, machines })) {
    yield [members[next++] as Member, facts];
  }
}

/** Adds what one slice of a machine's facts holds. */
function addReasoned(
  sums: DurationMs[],
  {
    member: { machine },
    facts,
    pieces,
    slice,
    windows,
    asOf,
  }: {
    readonly member: Member;
    readonly facts: MachineFacts;
    readonly pieces: readonly CalendarPiece[];
    readonly slice: Span;
    readonly windows: readonly Span[];
    readonly asOf: EpochMs;
  },
): void {
  const tape = stateTape({ machine, facts, until: asOf, reasons: true });
  const stops = minorStops(tape, { minorStopMs: machine.minorStopMs, asOf });
  const classes = classCursor({ tape, stops, orders: seriesOf(facts, 'order'), pieces });
  for (let instant = slice.from; instant < slice.to; ) {
    classes.seek(instant);
    const next = Math.min(slice.to, classes.until);
    if (STOP_CODES.has(classes.code) && classes.meaning.reason !== null) {
      for (const [place, { from, to }] of windows.entries()) {
        const part = Math.min(to, next) - Math.max(from, instant);
        if (part > 0) sums[place] = (sums[place] as DurationMs) + part;
      }
    }
    instant = next;
  }
}
