import type { MachineFacts } from '../domain/facts.ts';
import { ORDER_SIGNALS, type Told, toldIn } from '../domain/orders/told.ts';
import { WORK_SIGNALS, type WorkedOn } from '../domain/orders/worked-on.ts';
import type { MachinePath } from '../domain/path.ts';
import type { DurationMs, EpochMs, Span } from '../domain/time.ts';
import type { Store } from '../store/port.ts';
import { createBreather } from './breathe.ts';
import { LONGEST_MS } from './class-facts.ts';
import { keptUntil } from './kept-work.ts';
import type { LedgerMarks } from './ledger-marks.ts';
import type { Member } from './members.ts';
import type { RawHorizons } from './raw-horizon.ts';
import type { MachineWork, RememberedWork } from './remembered-work.ts';
import { trustNow } from './trust.ts';
import { append, refuseChanges, refuseMachineDays, workedInRun } from './work.ts';

/** Where it comes from what machines worked on. */
export interface WorkSources {
  readonly store: Pick<Store, 'facts'>;
  readonly horizons: RawHorizons;
  readonly marks: LedgerMarks;
  readonly rememberedWork: RememberedWork;
}

/** What a machine worked on, and the planned numbers that its facts tell of that: the last of each stretch is among them. */
export type Worked = Pick<MachineWork, 'work' | 'told'>;

/** So long a stretch of a window is read at once: a month, or a quarter more where that leaves no rest. */
const runLengthOf = (windowMs: DurationMs): DurationMs =>
  windowMs <= 1.25 * LONGEST_MS ? Math.max(windowMs, 1) : LONGEST_MS;

/** What was found of a machine; a part of it is remembered: what lies before `settledUntil` of what is read now. */
interface Found extends Span {
  readonly member: Member;
  readonly work: WorkedOn[];
  readonly told: Told[];
  readonly settledUntil: EpochMs;
  readonly settled: { readonly work: WorkedOn[]; readonly told: Told[] };
}

/**
 * What each machine worked on in a window, and what it told of it: as it is remembered, where that is recorded time, then from
 * stored facts, and from what was kept where those were removed; reads at most a month at a time. Refused `span-too-large`.
 */
export async function ordersWorked({
  sources: { store, horizons, marks, rememberedWork },
  members,
  window,
  asOf,
}: {
  readonly sources: WorkSources;
  readonly members: readonly Member[];
  /** Ends no later than what may be known. */
  readonly window: Span;
  readonly asOf: EpochMs;
}): Promise<(member: Member) => Worked> {
  refuseMachineDays(window, members.length);
  const removed = horizons.all();
  const moment = rememberedWork.refresh();
  const trust = trustNow(marks, asOf);
  const found = new Map(
    members.map((member): readonly [MachinePath, Found] => {
      const { path } = member.machine;
      const known = rememberedWork.find(path, window, removed.get(path));
      const own = { work: [...(known?.work ?? [])], told: [...(known?.told ?? [])] };
      const settledUntil = Math.min(window.to, trust(member).trustedUntil);
      const from = known?.to ?? window.from;
      return [path, { ...own, member, from, to: window.to, settledUntil, settled: { work: [], told: [] } }];
    }),
  );
  const breathe = createBreather();
  let changes = 0;
  for (const { work } of found.values()) changes += work.length;
  const unread = [...found.values()].filter(({ from, to, work }) => from < to || work.length === 0);
  for (const alike of Map.groupBy(unread, ({ from, to }) => Math.ceil(Math.log2(to - from))).values()) {
    const machines = alike.map(({ member: { machine } }) => ({
      path: machine.path,
      signals: [...WORK_SIGNALS, ...ORDER_SIGNALS],
      silenceMs: null,
    }));
    const first = Math.min(...alike.map((one) => one.from));
    const runMs = runLengthOf(window.to - first);
    for (let from = first; ; from += runMs) {
      const run = { from, to: Math.min(from + runMs, window.to) };
      for await (const facts of store.facts({ ...run, machines, inAnyOrder: true })) {
        const own = found.get(facts.machine) as Found;
        const before = own.work.length;
        addRun(own, { facts, run: { from: Math.max(run.from, own.from), to: run.to }, horizons });
        changes += own.work.length - before;
        refuseChanges(changes);
        await breathe();
      }
      if (run.to >= window.to) break;
    }
  }
  for (const [path, { from, settledUntil: to, settled }] of found) {
    if (settled.work.length > 0)
      rememberedWork.keep(moment, path, { from, to, ...settled }, removed.get(path));
  }
  return ({ machine }) => found.get(machine.path) ?? { work: [], told: [] };
}

function addRun(
  { member, work, told, settledUntil, settled }: Found,
  {
    facts,
    run,
    horizons,
  }: { readonly facts: MachineFacts; readonly run: Span; readonly horizons: RawHorizons },
): void {
  // An empty span has an empty stretch; a run before what is read of this machine has none.
  if (run.from > run.to || (run.from === run.to && work.length > 0)) return;
  const until = keptUntil(horizons, member);
  const toldOf = (stretches: readonly WorkedOn[]): readonly Told[] =>
    toldIn(facts, stretches).filter(({ ts }) => ts >= until);
  for (const part of workedInRun({ facts, run, member, horizons })) {
    append(work, part);
    for (const one of toldOf(part)) told.push(one);
    const closed = part
      .filter(({ from }) => from < settledUntil)
      .map((one) => ({ ...one, to: Math.min(one.to, settledUntil) }));
    append(settled.work, closed);
    for (const one of toldOf(closed)) settled.told.push(one);
  }
}
