import { earlierForFollowed } from '../domain/annotations/followed.ts';
import { type CalendarPiece, calendarPieces, piecesFor } from '../domain/calendar.ts';
import type { JudgedFacts } from '../domain/class-facts.ts';
import type { Entered } from '../domain/entered.ts';
import type { MachineFacts } from '../domain/facts.ts';
import { contextOf, statesMatterFrom } from '../domain/ledger-context.ts';
import { WORK_SIGNALS } from '../domain/orders/worked-on.ts';
import type { Site } from '../domain/plant.ts';
import type { DurationMs, EpochMs, Span } from '../domain/time.ts';
import type { Store } from '../store/port.ts';
import { createBreather } from './breathe.ts';
import type { Member } from './members.ts';
import { earlierFacts, timelineSignalsOf } from './state-facts.ts';

const DAY_MS: DurationMs = 86_400_000;
/** The longest stretch of a machine's facts that is read at once. */
export const LONGEST_MS: DurationMs = 31 * DAY_MS;

/**
 * Reads what classes and reasons follow from, one machine after another, so that never more than one machine's facts are
 * held. Machines that repeat their state word hide whether a reason still holds: they come last, read again from where
 * the reason was given.
 */
export async function* classFacts({
  store,
  members,
  run,
  asOf,
  signal,
}: {
  readonly store: Pick<Store, 'facts'>;
  readonly members: readonly Member[];
  /** At most {@link LONGEST_MS} long. */
  readonly run: Span;
  readonly asOf: EpochMs;
  readonly signal?: AbortSignal | undefined;
}): AsyncGenerator<readonly [Member, JudgedFacts]> {
  const breathe = createBreather();
  const pieces = new Map<Site, readonly CalendarPiece[]>();
  const judged = (member: Member, facts: MachineFacts, entered: Entered | undefined): JudgedFacts => {
    const { machine, site } = member;
    const ofSite = pieces.getOrInsertComputed(site, () => calendarPieces(site, run));
    return { machine, site, facts, pieces: piecesFor(machine, site, ofSite), asOf, entered };
  };
  // A stop at the end is judged on its whole length.
  const until = (some: readonly Member[]): EpochMs =>
    Math.max(...some.map(({ machine }) => contextOf(machine, run, asOf).to));
  const since = Math.min(...members.map(({ machine }) => contextOf(machine, run, asOf).from));
  let open: readonly { readonly member: Member; readonly since: EpochMs }[] = members.map((member) => ({
    member,
    since,
  }));
  for (let again = false; open.length > 0; again = true) {
    const older: { readonly member: Member; readonly since: EpochMs }[] = [];
    for (const alike of Map.groupBy(open, (one) => Math.ceil(Math.log2(since - one.since))).values()) {
      const some = alike.map(({ member }) => member);
      const from = Math.min(...alike.map((one) => one.since));
      for await (const [member, facts] of factsOf(store, some, { from, to: until(some) })) {
        signal?.throwIfAborted();
        const { machine } = member;
        // A stop that the begin of the run cuts is judged on its whole length.
        const needed = Math.max(from, statesMatterFrom(machine, run.from));
        const entered = member.entered?.({ from, to: until([member]) });
        const read = { machine, facts, from, needed, until: asOf };
        const earlier = earlierFacts(read, again) ?? earlierForFollowed({ ...read, entered });
        if (earlier === undefined) yield [member, judged(member, facts, entered)];
        else older.push({ member, since: earlier });
        await breathe();
      }
    }
    open = older;
  }
}

async function* factsOf(
  store: Pick<Store, 'facts'>,
  members: readonly Member[],
  { from, to }: Span,
): AsyncGenerator<readonly [Member, MachineFacts]> {
  const machines = members.map((member) => ({
    path: member.machine.path,
    signals: [...timelineSignalsOf(member), ...WORK_SIGNALS],
    silenceMs: member.machine.maxSilenceMs,
  }));
  const byPath = new Map(members.map((member) => [member.machine.path, member]));
  for await (const facts of store.facts({ from, to, machines, inAnyOrder: true })) {
    yield [byPath.get(facts.machine) as Member, facts];
  }
}
