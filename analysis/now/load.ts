import type { MachineFacts } from '../../domain/facts.ts';
import type { MachinePath } from '../../domain/path.ts';
import type { EpochMs } from '../../domain/time.ts';
import { timeline } from '../../domain/timeline.ts';
import type { Store } from '../../store/port.ts';
import { createBreather } from '../breathe.ts';
import { earlierForStates } from '../earlier-facts.ts';
import type { Member } from '../members.ts';
import { earlierFacts, stateFacts } from '../state-facts.ts';
import { keepMs, reasonHeld, seriesSince, standingFrom, type Tail } from './tail.ts';

const HOUR_MS = 3_600_000;
/** How far back is looked, step by step, for when a state began. */
const LOOK_BACK_MS = [HOUR_MS, 24 * HOUR_MS, 30 * 24 * HOUR_MS, 365 * 24 * HOUR_MS, Number.POSITIVE_INFINITY];

/** A machine's tail as the store tells it, and its newest source time (which may be ahead of `now`). */
export interface Loaded {
  readonly tail: Tail;
  readonly newest: EpochMs;
}

/** Reads how machines stand at `now`, looking back only as far as each needs. Machines without data are absent. */
export async function loadTails({
  store,
  members,
  now,
}: {
  readonly store: Pick<Store, 'facts' | 'lastHeard'>;
  readonly members: readonly Member[];
  readonly now: EpochMs;
}): Promise<ReadonlyMap<MachinePath, Loaded>> {
  const loaded = new Map<MachinePath, Loaded>();
  const newest = await store.lastHeard(members.map(({ machine }) => machine.path));
  const heard = new Map(members.map(({ machine }, index) => [machine.path, newest[index] ?? null]));
  const breathe = createBreather();
  let open = members.filter(({ machine }) => heard.get(machine.path) !== null);
  for (const lookBackMs of LOOK_BACK_MS) {
    if (open.length === 0) break;
    const from = Math.max(0, now - lookBackMs);
    const again: Member[] = [];
    for await (const [member, facts] of stateFacts(store, open, { from, to: now })) {
      const tail = tailOf({ member, facts, from, now, newest: heard.get(member.machine.path) as EpochMs });
      if (tail) loaded.set(member.machine.path, { tail, newest: heard.get(member.machine.path) as EpochMs });
      else again.push(member);
      await breathe();
    }
    open = again;
  }
  return loaded;
}

/** `undefined`: the state may have begun before `from`, and there may be something older. */
function tailOf({
  member,
  facts,
  from,
  now,
  newest,
}: {
  readonly member: Member;
  readonly facts: MachineFacts;
  readonly from: EpochMs;
  readonly now: EpochMs;
  readonly newest: EpochMs;
}): Tail | undefined {
  const { machine } = member;
  const until = now - keepMs(machine);
  const base = standingFrom(timeline({ machine, facts, span: { from, to: until }, asOf: now }), undefined);
  const exact = base.since === null ? !carriesIn(facts, from) : base.since > from;
  const read = { machine, facts, from, needed: until, until: now };
  const uncertain = earlierForStates({ ...read, needed: from }) ?? earlierFacts(read, false);
  if (from > 0 && (!exact || uncertain !== undefined)) return undefined;
  const reason = reasonHeld(machine, facts, until, machine.derive ? now : until);
  const series = seriesSince(machine, facts.series, until, reason);
  return { from: until, base, series, heard: heardSince(facts, until, now, newest) };
}

const carriesIn = (facts: MachineFacts, from: EpochMs): boolean =>
  facts.series.some(({ ts }) => (ts[0] ?? from) < from);

/** The instants that bound the silences from `until` on: no other gap there is as long as a silence. */
function heardSince(facts: MachineFacts, until: EpochMs, now: EpochMs, newest: EpochMs): EpochMs[] {
  const bounds = facts.silences
    .filter(({ nextHeard }) => nextHeard === null || nextHeard >= until)
    .flatMap(({ lastHeard, nextHeard }) => [lastHeard, nextHeard].filter((ts) => ts !== null));
  const told = facts.series.flatMap(({ ts }) => ts.slice(ts.findLastIndex((instant) => instant < until) + 1));
  return [...new Set([...bounds, ...told, ...(newest < now ? [newest] : [])])].sort((a, b) => a - b);
}
