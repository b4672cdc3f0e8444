import { type CalendarPiece, calendarPieces, piecesFor } from '../domain/calendar.ts';
import { classCursor } from '../domain/class-cursor.ts';
import type { MachineFacts } from '../domain/facts.ts';
import { contextOf } from '../domain/ledger-context.ts';
import { TIME_CLASSES, type TimeClass } from '../domain/ledger-row.ts';
import { minorStops } from '../domain/minor-stops.ts';
import type { MachinePath } from '../domain/path.ts';
import type { Site } from '../domain/plant.ts';
import { seriesOf } from '../domain/signals.ts';
import { stateTape } from '../domain/state-tape.ts';
import type { DurationMs, EpochMs, Span } from '../domain/time.ts';
import { classTable } from '../domain/time-classes.ts';
import { vocabularyOf } from '../domain/vocabulary/index.ts';
import type { Store } from '../store/port.ts';
import { createBreather } from './breathe.ts';
import type { Member } from './members.ts';
import { doubtfulReason, timelineSignalsOf } from './state-facts.ts';

/** The classes that a stop's time can have: what an operator is asked the reason for. */
export const STOP_CLASSES: readonly TimeClass[] = ['breakdown', 'delay', 'minorStop'];
const STOP_CODES = new Set(STOP_CLASSES.map((name) => TIME_CLASSES.indexOf(name)));

const DAY_MS: DurationMs = 86_400_000;
/** The longest stretch of a machine's facts that is read at once. */
const LONGEST_MS: DurationMs = 31 * DAY_MS;

/** Whether a machine that sent these signals can ever have given a reason; of the others no facts need be read. */
export const givesReasons = ({ machine }: Member, signals: readonly string[]): boolean =>
  signals.includes('reason') ||
  vocabularyOf(machine.vocabulary).overrides.some(
    ({ signal, reason }) => reason !== null && signals.includes(signal),
  );

/**
 * How much stop time of each span has a reason, by machine. The spans are ascending and disjoint; neighbouring ones are
 * read together.
 */
export async function reasonedStops({
  spans,
  ...asked
}: Asked & { readonly spans: readonly Span[] }): Promise<ReadonlyMap<MachinePath, readonly DurationMs[]>> {
  const sums = new Map(asked.members.map(({ machine }) => [machine.path, spans.map(() => 0)]));
  if (asked.members.length === 0) return sums;
  for (const run of runsOf(spans)) await addRun({ ...asked, run, sums });
  return sums;
}

interface Asked {
  readonly store: Pick<Store, 'facts'>;
  readonly members: readonly Member[];
  readonly asOf: EpochMs;
  readonly signal?: AbortSignal | undefined;
}

/** Spans that are read together, and the place of the first. */
interface Run extends Span {
  readonly first: number;
  readonly spans: readonly Span[];
}

/** Gaps of a day or more, and the longest run, part them; a span that is longer yet is cut. */
function runsOf(spans: readonly Span[]): readonly Run[] {
  const runs: Run[] = [];
  for (const [place, span] of spans.entries()) {
    for (let from = span.from; from < span.to; from += LONGEST_MS) {
      const piece = { from, to: Math.min(from + LONGEST_MS, span.to) };
      const last = runs.at(-1);
      if (last && piece.from - last.to < DAY_MS && piece.to - last.from <= LONGEST_MS) {
        runs[runs.length - 1] = { ...last, to: piece.to, spans: [...last.spans, piece] };
      } else runs.push({ ...piece, first: place, spans: [piece] });
    }
  }
  return runs;
}

async function addRun({
  store,
  members,
  asOf,
  signal,
  run,
  sums,
}: Asked & { readonly run: Run; readonly sums: ReadonlyMap<MachinePath, DurationMs[]> }): Promise<void> {
  const breathe = createBreather();
  const pieces = new Map<Site, readonly CalendarPiece[]>();
  const piecesOf = (site: Site) => pieces.getOrInsertComputed(site, () => calendarPieces(site, run));
  const add = async (some: readonly Member[], since: EpochMs, again: boolean) => {
    const older: { readonly member: Member; readonly since: EpochMs }[] = [];
    // A stop at the end is judged on its whole length.
    const until = Math.max(...some.map(({ machine }) => contextOf(machine, run, asOf).to));
    for await (const [member, facts] of factsOf(store, some, { from: since, to: until })) {
      signal?.throwIfAborted();
      const given = again ? undefined : doubtfulReason(member, facts, since);
      if (given !== undefined) older.push({ member, since: given });
      else {
        const sum = sums.get(member.machine.path) as DurationMs[];
        const pieces = piecesFor(member.machine, member.site, piecesOf(member.site));
        addReasoned(sum, { member, facts, pieces, run, asOf });
      }
      await breathe();
    }
    return older;
  };
  const since = Math.min(...members.map(({ machine }) => contextOf(machine, run, asOf).from));
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

/** Adds what the facts of one machine hold. */
function addReasoned(
  sums: DurationMs[],
  {
    member: { machine, site },
    facts,
    pieces,
    run: { spans, first },
    asOf,
  }: {
    readonly member: Member;
    readonly facts: MachineFacts;
    readonly pieces: readonly CalendarPiece[];
    readonly run: Run;
    readonly asOf: EpochMs;
  },
): void {
  const tape = stateTape({ machine, facts, until: asOf, reasons: true });
  const stops = minorStops(tape, { minorStopMs: machine.minorStopMs, asOf });
  const table = classTable(site.classes);
  const classes = classCursor({ tape, stops, orders: seriesOf(facts, 'order'), pieces, table });
  for (const [place, { from, to }] of spans.entries()) {
    let sum = 0;
    for (let instant = from; instant < to; ) {
      classes.seek(instant);
      const next = Math.min(to, classes.until);
      if (STOP_CODES.has(classes.code) && classes.meaning.reason !== null) sum += next - instant;
      instant = next;
    }
    sums[first + place] = (sums[first + place] as DurationMs) + sum;
  }
}
