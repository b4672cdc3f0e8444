import type { Site } from '../domain/plant.ts';
import type { EpochMs, Span } from '../domain/time.ts';
import type { Store } from '../store/port.ts';
import { createBreather } from './breathe.ts';
import { byWork, type CellSpan, windowCutter } from './cells.ts';
import type { createFinality, FinalityOf } from './finality.ts';
import { cutWhereKeptEnds } from './kept-work.ts';
import type { LedgerMarks } from './ledger-marks.ts';
import type { Member } from './members.ts';
import type { Numbering } from './numbering.ts';
import { cellsOfPart } from './part-cells.ts';
import { partition } from './partition.ts';
import { type LedgerQuestion, QuestionRefused } from './port.ts';
import type { RawHorizons } from './raw-horizon.ts';
import type { RememberedCells } from './remembered.ts';
import { type AccountedCell, type AccountedRow, createRows } from './rows.ts';
import { type WorkOf, workIn } from './work.ts';

/** More cells than this are refused. */
export const MOST_CELLS = 2_000_000;
/** Cells that are held at once beside the rows; more of one machine are refused, since they are cut in one go. */
const PART_CELLS = 100_000;
const HOUR_MS = 3_600_000;
/** Figures of one answer: beyond, its text passes what a string can hold. */
const MOST_FIGURES = 1_000_000;
/** A ledger row takes as much room as so many figures. */
export const FIGURES_OF_A_LEDGER_ROW = 3;

/** A ledger question about machines that were found already. */
export type RowsQuestion = Pick<LedgerQuestion, 'from' | 'to' | 'by' | 'zone' | 'scope'> & {
  readonly members: readonly Member[];
  readonly asOf: EpochMs;
  /** Each row names its cells. */
  readonly withCells?: boolean;
  /** What the machines worked on in the window, by whoever read it already, and the orders whose time alone is asked for. */
  readonly orders?: { readonly workOf: WorkOf; readonly names: ReadonlySet<string> };
};

/**
 * Answers a ledger question with one row for each key, from recorded cells where they are what the facts give, else
 * from the facts. Refused `zone-needed` and `span-too-large`.
 */
export async function rowsFor({
  store,
  marks,
  horizons,
  remembered,
  numbering,
  finalityAt,
  question,
}: {
  readonly store: Pick<Store, 'facts' | 'recordedLedger'>;
  readonly marks: LedgerMarks;
  readonly horizons: RawHorizons;
  readonly remembered: RememberedCells;
  readonly numbering: Numbering;
  readonly finalityAt: ReturnType<typeof createFinality>;
  readonly question: RowsQuestion;
}): Promise<readonly AccountedRow[]> {
  const { members, scope, by, asOf } = question;
  const cellsOf = await cellsFor({ store, horizons }, question);
  let finalityOf: FinalityOf = () => 'provisional';
  const rows = createRows(by, (machine, span) => finalityOf(machine, span), question.withCells);
  const breathe = createBreather();
  for (const part of partition({
    members,
    scope,
    cellsOf: (member) => cellsOf(member).length,
    limit: PART_CELLS,
  })) {
    const cells = await cellsOfPart({
      store,
      marks,
      horizons,
      remembered,
      numbering,
      part,
      cellsOf,
      asOf,
      cutShort: question.to > asOf,
      // Where orders change stays the same from question to question; where windows begin and end doesn't.
      keepsParts: question.orders !== undefined,
    });
    // What these cells have become was noted before they were read, or given their number.
    finalityOf = await finalityAt(asOf);
    for (const member of part.members) {
      rows.add(member.machine, cellsOf(member), cells.get(member.machine.path) as readonly AccountedCell[]);
      await breathe();
    }
  }
  return rows.end();
}

/** The cells of each machine: the same array for machines that share a calendar, where it doesn't matter what they worked on. */
async function cellsFor(
  look: { readonly store: Pick<Store, 'facts'>; readonly horizons: RawHorizons },
  question: RowsQuestion,
): Promise<(member: Member) => readonly CellSpan[]> {
  const { members, from, to, by, zone, asOf, orders } = question;
  const sites = sitesOf(question);
  const window: Span = { from, to: Math.max(from, Math.min(to, asOf)) };
  const shortest = by.includes('hour') ? HOUR_MS : 24 * HOUR_MS;
  const each = (window.to - window.from) / shortest;
  refuseAbove(each, { most: PART_CELLS, each: true });
  refuseAbove(each * members.length);
  const workOf = orders?.workOf ?? (byWork(by) ? await workIn({ ...look, members, window }) : undefined);
  const isAsked = ({ key: { order } }: CellSpan): boolean =>
    orders === undefined || orders.names.has(order ?? '');
  const cutters = new Map(sites.map((site) => [site, windowCutter({ site, window, by, zone })]));
  const cutOf = (site: Site) => cutters.get(site) as ReturnType<typeof windowCutter>;
  if (!workOf) {
    const counts = Map.groupBy(members, (member) => member.site);
    const cuts = new Map(sites.map((site) => [site, cutOf(site)()]));
    refuseAbove(
      sites.reduce((sum, site) => sum + (cuts.get(site)?.length ?? 0) * (counts.get(site)?.length ?? 0), 0),
    );
    return ({ site }) => cuts.get(site) as readonly CellSpan[];
  }
  const cells = new Map<Member, readonly CellSpan[]>();
  let count = 0;
  const breathe = createBreather();
  for (const member of members) {
    const cut = cutOf(member.site)(workOf(member)).filter(isAsked);
    const own = cutWhereKeptEnds(look.horizons, member, cut);
    refuseAbove(own.length, { most: PART_CELLS, each: true });
    count += own.length;
    refuseAbove(count);
    cells.set(member, own);
    await breathe();
  }
  return (member) => cells.get(member) as readonly CellSpan[];
}

/** The sites of a question. Refused `zone-needed` where hours or days could be those of several zones. */
export function sitesOf({ members, by, zone }: RowsQuestion): readonly Site[] {
  const sites = [...new Set(members.map((member) => member.site))];
  const zones = new Set(sites.map((site) => site.zone));
  if (zone === undefined && zones.size > 1 && (by.includes('hour') || by.includes('day'))) {
    throw new QuestionRefused(
      'zone-needed',
      'zone',
      `the scope lies in several zones (${[...zones].sort().join(', ')}), so that hours and days need one: add zone=`,
    );
  }
  return sites;
}

/** Rows that an answer has at least, told before anything is read. */
export function leastRows({ members, from, to, by, asOf }: RowsQuestion): number {
  const known = Math.max(0, Math.min(to, asOf) - from);
  const hours = by.includes('hour') ? Math.floor(known / HOUR_MS) : 1;
  return hours * (by.includes('machine') ? members.length : 1);
}

/** Refuses an answer of more rows than can be told at once, `span-too-large`. */
export function refuseRows(rows: number, figuresOfRow: number): void {
  const most = Math.floor(MOST_FIGURES / Math.max(1, figuresOfRow));
  if (rows <= most) return;
  throw new QuestionRefused(
    'span-too-large',
    'to',
    `the answer would have ${rows} rows, more than ${most}; ask for a shorter span, a narrower scope, fewer figures, or without by=hour`,
  );
}

function refuseAbove(cells: number, { most, each } = { most: MOST_CELLS, each: false }): void {
  if (cells <= most) return;
  throw new QuestionRefused(
    'span-too-large',
    'to',
    `the question needs about ${Math.ceil(cells)} cells ${each ? 'of each machine (' : '(machines × '}hours, shifts or days), more than ${most}; ask for a shorter span, a narrower scope, or without by=hour`,
  );
}
