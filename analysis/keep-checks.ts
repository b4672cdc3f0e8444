import type { CellResult } from '../domain/ledger.ts';
import type { MachinePath } from '../domain/path.ts';
import { type CheckedHour, checkedHour } from '../domain/plausibility/hours.ts';
import type { Span } from '../domain/time.ts';
import type { Store } from '../store/port.ts';
import { createBreather } from './breathe.ts';
import type { WholeCell } from './cells.ts';
import { daysWithHours, gaugeNames, gaugesOfFacts, type HoursOfDay } from './checked-gauges.ts';
import { type GaugeDay, type KeptChecks, NO_CHECKS } from './kept-checks.ts';
import type { Member } from './members.ts';
import { printsOfCells } from './print-days.ts';
import { type DayPrint, NO_PRINTS, type StreamPrints } from './stream-prints.ts';

/** Written in one transaction, which holds everything else up. */
const BATCH = 1_000;

/** Keeps what plausibility checks need of cells while these are accounted, and of the gauges of their days. */
export function createCheckKeeper({
  store,
  prints,
  kept,
}: {
  readonly store: Pick<Store, 'ranges' | 'signalNames'>;
  readonly prints: StreamPrints;
  readonly kept: KeptChecks;
}) {
  const hours = new Map<MachinePath, CheckedHour[]>();
  let fresh: DayPrint[] = [];
  const putPrints = (): void => {
    prints.put(fresh);
    fresh = [];
  };
  return {
    /** Takes an accounted cell. */
    hour(machine: MachinePath, { from, to, grain }: WholeCell, result: CellResult): void {
      if (grain !== 'hour' || kept === NO_CHECKS) return;
      hours.getOrInsertComputed(machine, () => []).push(checkedHour({ ...result, from, to }));
    },

    /** Prints the days among cells, of the facts that they are accounted from; `undefined`: nobody keeps prints. */
    lookFor:
      prints === NO_PRINTS
        ? () => undefined
        : ({ machine }: Member) =>
            async (facts: Parameters<typeof printsOfCells>[0], cells: readonly Span[]): Promise<void> => {
              fresh.push(...(await printsOfCells(facts, machine, cells as readonly WholeCell[])));
              if (fresh.length >= BATCH) putPrints();
            },

    /** Writes what is left, and what gauges said on the days. */
    async end(
      members: readonly Member[],
      cellsOf: (machine: MachinePath) => readonly WholeCell[],
      signal: AbortSignal,
    ): Promise<void> {
      putPrints();
      const breathe = createBreather();
      const all = [...hours].map(([machine, own]) => ({
        machine,
        hours: own.sort((a, b) => a.from - b.from),
      }));
      for (let at = 0; at < all.length; at += BATCH) {
        kept.putHours(all.slice(at, at + BATCH));
        await breathe();
      }
      if (kept !== NO_CHECKS) await keepGauges({ store, kept, members, cellsOf, signal });
    },
  };
}

/** Machines of one site whose days are the same go together. */
async function keepGauges({
  store,
  kept,
  members,
  cellsOf,
  signal,
}: {
  readonly store: Pick<Store, 'ranges' | 'signalNames'>;
  readonly kept: KeptChecks;
  readonly members: readonly Member[];
  readonly cellsOf: (machine: MachinePath) => readonly WholeCell[];
  readonly signal: AbortSignal;
}): Promise<void> {
  const due = members
    .map((member) => ({ member, days: cellsOf(member.machine.path).filter(({ grain }) => grain === 'day') }))
    .filter(({ days }) => days.length > 0);
  if (due.length === 0) return;
  const names = await store.signalNames(due.map(({ member }) => member.machine.path));
  const namesBy = new Map(
    due.map(({ member }, place) => [member.machine.path, gaugeNames(member, names[place] ?? [])]),
  );
  for (const ofSite of Map.groupBy(due, ({ member }) => member.site).values()) {
    const alike = Map.groupBy(ofSite, ({ days }) => `${days[0]?.from}/${days.map(({ to }) => to).join()}`);
    for (const group of alike.values()) {
      const [first] = group;
      if (!first) continue;
      const days = wholeDays(first.member, first.days);
      const some = group.map(({ member }) => member);
      const namesOf = (path: MachinePath) => namesBy.get(path) ?? [];
      const made = await gaugesOfFacts({ store, members: some, days, namesOf, signal });
      const rows = [...made].flatMap(([machine, ofDays]) =>
        days.map(({ from, to }, place): GaugeDay => ({ machine, from, to, gauges: ofDays[place] ?? [] })),
      );
      for (let at = 0; at < rows.length; at += BATCH) kept.putGauges(rows.slice(at, at + BATCH));
    }
  }
}

/** The days that cells are of, with their hours. */
function wholeDays({ site }: Member, cells: readonly WholeCell[]): readonly HoursOfDay[] {
  const span = { from: (cells[0] as Span).from, to: (cells.at(-1) as Span).to };
  const wanted = new Set(cells.map(({ from, to }) => `${from}/${to}`));
  return daysWithHours(site, span).filter(({ from, to }) => wanted.has(`${from}/${to}`));
}
