import { productionDays } from '../domain/calendar.ts';
import type { MachinePath } from '../domain/path.ts';
import type { AlikeOf, AlikeStretch } from '../domain/plausibility/alike.ts';
import type { PeriodicRun } from '../domain/plausibility/periodic-runs.ts';
import { gapOf, joinedRuns } from '../domain/plausibility/periodic-runs.ts';
import { isReplay } from '../domain/plausibility/replays.ts';
import type { EpochMs, Span } from '../domain/time.ts';
import type { Store } from '../store/port.ts';
import { createBreather } from './breathe.ts';
import { compareDays, compareRhythms, type PrintedDay } from './compare-days.ts';
import type { LedgerMarks } from './ledger-marks.ts';
import type { Member } from './members.ts';
import { printsOfFacts } from './print-days.ts';
import { createPrintTable, type SharedDays } from './print-table.ts';
import type { DayPrint, StreamPrints } from './stream-prints.ts';
import { trustNow } from './trust.ts';

/** Machines × days whose prints are held at once, beside the table that they are looked up in. */
const DAYS_AT_ONCE = 2_000;

/** What prints tell of a machine. */
export interface KnownAgain {
  readonly alike: readonly AlikeOf[];
  /** Whose rhythm, not whose counts, is an earlier one of its own. */
  readonly rhythms: readonly AlikeStretch[];
  readonly periodic: readonly PeriodicRun[];
}

export const NOT_COMPARED: KnownAgain = { alike: [], rhythms: [], periodic: [] };

export interface AlikeParts {
  readonly store: Pick<Store, 'facts'>;
  readonly marks: LedgerMarks;
  readonly prints: StreamPrints;
}

interface AlikeQuestion {
  readonly members: readonly Member[];
  readonly span: Span;
  readonly asOf: EpochMs;
  /** What a machine says from here on is looked at itself: what it repeats within that is found there. */
  readonly closeFrom: EpochMs;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Stretches of machines that were said before, by themselves or by another of them: days with the same prints are found in a
 * table that is bounded however many there are, then what was said is read and compared. Prints that were recorded count
 * where they are what the facts give; the others are made of facts.
 */
export async function knownAgain(
  parts: AlikeParts,
  question: AlikeQuestion,
): Promise<(machine: MachinePath) => KnownAgain> {
  const { members, closeFrom, signal } = question;
  const table = createPrintTable();
  const days: PrintedDay[] = [];
  const periodic = new Map<MachinePath, PeriodicRun[]>();
  const ownRhythms = createPairsOfOne();
  for await (const [member, print] of printsIn(parts, question)) {
    if (print.windows.length > 0 || print.rhythm.length > 0) {
      table.add(days.length, print.windows);
      ownRhythms.add(print.machine, days.length, print.rhythm);
      days.push({ member, from: print.from, to: print.to });
    }
    const early = print.periodic.flatMap((run) => runBefore(run, closeFrom));
    if (early.length > 0) periodic.getOrInsertComputed(print.machine, () => []).push(...early);
  }
  const asked = { store: parts.store, days, closeFrom, signal, machineCount: members.length };
  const alike = await compareDays({ ...asked, pairs: table.pairs() });
  // A day that is told as sent again already needs no second look.
  const isTold = ({ other }: SharedDays): boolean => {
    const { member, from, to } = days[other] as PrintedDay;
    const own = alike.get(member.machine.path) ?? [];
    return own.some(
      (one) => one.other === member.machine.path && isReplay(one) && one.from < to && from < one.to,
    );
  };
  const pairs = ownRhythms.pairs().filter((pair) => !isTold(pair));
  const rhythms = await compareRhythms({ ...asked, pairs });
  return (machine) => {
    const runs = (periodic.get(machine) ?? []).sort((a, b) => a.from - b.from);
    return {
      alike: alike.get(machine) ?? [],
      rhythms: rhythms.get(machine) ?? [],
      periodic: joinedRuns(runs),
    };
  };
}

/** Days of one machine that share windows; machines come one after another, and hold no more than their own. */
function createPairsOfOne() {
  const pairs: SharedDays[] = [];
  let machine: MachinePath | undefined;
  let first = new Map<number, number>();
  let shared = new Map<string, SharedDays>();
  return {
    add(path: MachinePath, day: number, windows: readonly number[]): void {
      if (path !== machine) [machine, first, shared] = [path, new Map(), new Map()];
      for (const window of windows) {
        const one = first.get(window);
        if (one === undefined) {
          first.set(window, day);
          continue;
        }
        const name = `${one} ${day}`;
        const known = shared.get(name);
        if (known) known.shared++;
        else {
          const pair = { one, other: day, shared: 1 };
          shared.set(name, pair);
          pairs.push(pair);
        }
      }
    },
    pairs: (): readonly SharedDays[] => pairs,
  };
}

/** The prints of each machine's production days, as far as they lie in the span: by machine in the order asked, then by day. */
async function* printsIn(
  parts: AlikeParts,
  { members, span, asOf, signal }: AlikeQuestion,
): AsyncGenerator<readonly [Member, DayPrint]> {
  const trust = trustNow(parts.marks, asOf);
  const daysOf = new Map<Member['site'], readonly Span[]>();
  const ofSite = (site: Member['site']) =>
    daysOf.getOrInsertComputed(site, () =>
      productionDays(site, span).map(({ from, to }) => ({
        from: Math.max(from, span.from),
        to: Math.min(to, span.to),
      })),
    );
  const breathe = createBreather();
  let some: Member[] = [];
  let held = 0;
  for (const [place, member] of members.entries()) {
    some.push(member);
    held += ofSite(member.site).length;
    if (held < DAYS_AT_ONCE && place < members.length - 1) continue;
    signal?.throwIfAborted();
    for (const { own, days } of await printsTogether(parts, { members: some, span, trust, ofSite, signal })) {
      for (const print of days) if (print) yield [own, print];
      await breathe();
    }
    [some, held] = [[], 0];
  }
}

interface Together extends Pick<AlikeQuestion, 'members' | 'span' | 'signal'> {
  readonly trust: ReturnType<typeof trustNow>;
  readonly ofSite: (site: Member['site']) => readonly Span[];
}

async function printsTogether(
  { store, prints }: AlikeParts,
  { members, span, trust, ofSite, signal }: Together,
): Promise<readonly { readonly own: Member; readonly days: readonly (DayPrint | undefined)[] }[]> {
  const places = new Map<Member['site'], ReadonlyMap<EpochMs, number>>();
  const placesOf = (site: Member['site']) =>
    places.getOrInsertComputed(site, () => new Map(ofSite(site).map(({ from }, place) => [from, place])));
  const known = members.map((own) => {
    const { trustedUntil } = trust(own);
    const kept = new Map(
      trustedUntil > span.from ? prints.of(own.machine.path, span).map((print) => [print.from, print]) : [],
    );
    const days = ofSite(own.site).map(({ from, to }) => {
      const print = kept.get(from);
      return print?.to === to && to <= trustedUntil ? print : undefined;
    });
    const missing = ofSite(own.site).filter((_, place) => days[place] === undefined);
    return { own, days, missing, placeOf: placesOf(own.site) };
  });
  const at = new Map(known.map((one) => [one.own.machine.path, one]));
  const name = (spans: readonly Span[]) => spans.map(({ from, to }) => `${from}/${to}`).join();
  for (const alike of Map.groupBy(known, ({ missing }) => name(missing)).values()) {
    const spans = alike[0]?.missing ?? [];
    if (spans.length === 0) continue;
    const asked = { store, members: alike.map(({ own }) => own), spans, signal };
    for await (const made of printsOfFacts(asked)) {
      for (const print of made) {
        const { days, placeOf } = at.get(print.machine) as (typeof known)[number];
        days[placeOf.get(print.from) as number] = print;
      }
    }
  }
  return known;
}

/** The part of a periodic run before an instant. */
function runBefore(run: PeriodicRun, instant: EpochMs): PeriodicRun[] {
  if (run.to < instant) return [run];
  const gap = gapOf(run);
  const increments = Math.ceil((instant - run.from) / gap);
  return increments < 2 ? [] : [{ ...run, increments, to: run.from + (increments - 1) * gap }];
}
