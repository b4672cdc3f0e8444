import type { MachinePath } from '../domain/path.ts';
import { type AlikeOf, type AlikeStretch, alikeStretches } from '../domain/plausibility/alike.ts';
import type { Said } from '../domain/plausibility/check.ts';
import { repeatsIn } from '../domain/plausibility/repeats.ts';
import { rhythmsIn, withOthers } from '../domain/plausibility/rhythms.ts';
import type { EpochMs, Span } from '../domain/time.ts';
import type { Store } from '../store/port.ts';
import { createBreather } from './breathe.ts';
import type { Member } from './members.ts';
import type { SharedDays } from './print-table.ts';
import { askedOf, saidIn } from './said.ts';

/** Pairs of days of one machine, and about of all together, of which what was said is read and compared, the newest first. */
const MOST_COMPARED = 8;
const COMPARED_OF_ALL = 400;

/** A machine's production day that has a print, or what of it lies in the span. */
export interface PrintedDay extends Span {
  readonly member: Member;
}

interface Compared {
  readonly store: Pick<Store, 'facts'>;
  readonly days: readonly PrintedDay[];
  /** By places in `days`. */
  readonly pairs: readonly SharedDays[];
  /** Of the whole question. */
  readonly machineCount: number;
  /** Days of one machine that both begin later are left out. */
  readonly closeFrom: EpochMs;
  readonly signal?: AbortSignal | undefined;
}

/** Reads and compares what was said on days that share windows, until enough is found of each machine: by machine, ascending. */
export async function compareDays(asked: Compared): Promise<ReadonlyMap<MachinePath, AlikeOf[]>> {
  const found = new Map<MachinePath, AlikeOf[]>();
  for await (const { earlier, later, first, second } of pairsRead(asked)) {
    if (pathOf(earlier) === pathOf(later)) {
      const alike = repeatsIn([...first, ...second]).filter(({ from }) => from >= later.from);
      add(found, pathOf(later), pathOf(earlier), alike);
    } else {
      const alike = alikeStretches(first, second);
      add(
        found,
        pathOf(later),
        pathOf(earlier),
        alike.filter(({ shiftMs }) => shiftMs >= 0),
      );
      add(found, pathOf(earlier), pathOf(later), alike.filter(({ shiftMs }) => shiftMs <= 0).map(asSeenBy));
    }
  }
  for (const own of found.values()) own.sort((a, b) => a.from - b.from);
  return found;
}

/** The same of days of one machine that share the windows of a rhythm. */
export async function compareRhythms(
  asked: Compared,
): Promise<ReadonlyMap<MachinePath, readonly AlikeStretch[]>> {
  const found = new Map<MachinePath, AlikeStretch[]>();
  for await (const { later, first, second } of pairsRead(asked)) {
    const own = rhythmsIn([...first, ...second]).filter(({ from }) => from >= later.from);
    found.set(pathOf(later), withOthers(found.get(pathOf(later)) ?? [], own));
  }
  for (const own of found.values()) own.sort((a, b) => a.from - b.from);
  return found;
}

const pathOf = (day: PrintedDay): MachinePath => day.member.machine.path;

/** What was said on the days of pairs, the newest first, of each machine as many as are compared. */
async function* pairsRead({ store, days, pairs, machineCount, closeFrom, signal }: Compared) {
  const most = Math.max(1, Math.min(MOST_COMPARED, Math.ceil(COMPARED_OF_ALL / Math.max(1, machineCount))));
  const open = pairs
    .map(({ one, other, shared }) => {
      const [a, b] = [days[one] as PrintedDay, days[other] as PrintedDay];
      return { shared, ...(a.from <= b.from ? { earlier: a, later: b } : { earlier: b, later: a }) };
    })
    .filter(({ earlier, later }) => pathOf(earlier) !== pathOf(later) || earlier.from < closeFrom)
    .sort((a, b) => b.later.from - a.later.from || b.shared - a.shared);
  const looked = new Map<string, number>();
  const breathe = createBreather();
  for (const { earlier, later } of open) {
    signal?.throwIfAborted();
    const name = `${pathOf(earlier) === pathOf(later)} ${pathOf(later)}`;
    const before = looked.get(name) ?? 0;
    if (before >= most) continue;
    looked.set(name, before + 1);
    const first = await saidOn(store, earlier);
    yield { earlier, later, first, second: earlier === later ? [] : await saidOn(store, later) };
    await breathe();
  }
}

async function saidOn(
  store: Pick<Store, 'facts'>,
  { member: { machine }, from, to }: PrintedDay,
): Promise<Said[]> {
  for await (const facts of store.facts({ from, to, machines: [askedOf(machine)] })) {
    return [...saidIn(facts, machine, { from, to }).said];
  }
  return [];
}

/** A stretch that the other machine said later, as that one's. */
const asSeenBy = ({ from, to, shiftMs, ...rest }: AlikeStretch): AlikeStretch => ({
  ...{ from: from - shiftMs, to: to - shiftMs, shiftMs: -shiftMs || 0 },
  ...rest,
});

function add(
  found: Map<MachinePath, AlikeOf[]>,
  machine: MachinePath,
  other: MachinePath,
  alike: readonly AlikeStretch[],
): void {
  if (alike.length === 0) return;
  const own = found.getOrInsertComputed(machine, () => []);
  for (const one of alike) {
    // What one day shares with several is told once.
    if (!own.some(({ from, to, ...known }) => known.other === other && from < one.to && one.from < to))
      own.push({ ...one, other });
  }
}
