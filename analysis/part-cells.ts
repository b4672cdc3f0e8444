import type { CellResult } from '../domain/ledger.ts';
import type { MachinePath } from '../domain/path.ts';
import type { EpochMs } from '../domain/time.ts';
import { type RecordedCell, type Store, StoreUnavailable } from '../store/port.ts';
import { accountCells, type CellTask } from './account.ts';
import { accounted, type Fresh } from './accounted.ts';
import type { CellSpan, WholeCell } from './cells.ts';
import { createHoursTouched, type WithHours, withHours } from './hours-touched.ts';
import { keptParts, keptUntil } from './kept-work.ts';
import { knownCells } from './known-cells.ts';
import type { LedgerMarks } from './ledger-marks.ts';
import type { Member } from './members.ts';
import type { Numbering, Unnumbered } from './numbering.ts';
import type { Part } from './partition.ts';
import { provableFrom, type RawHorizons, withoutStatesBefore } from './raw-horizon.ts';
import type { RememberedCells } from './remembered.ts';
import type { AccountedCell } from './rows.ts';
import { cellName } from './served.ts';
import { lookaheadMs } from './trust.ts';

/** A machine that is recorded again and again while it is read is given up then. */
const MOST_TURNS = 10;

interface PartCells {
  readonly store: Pick<Store, 'facts' | 'recordedLedger'>;
  readonly marks: LedgerMarks;
  readonly horizons: RawHorizons;
  readonly remembered: RememberedCells;
  readonly numbering: Numbering;
  readonly part: Part;
  readonly cellsOf: (member: Member) => readonly CellSpan[];
  readonly asOf: EpochMs;
  /** The window goes on after `asOf`: what the last cell says is provisional. */
  readonly cutShort: boolean;
  /** Parts of hours are asked for again and again: those that are settled are remembered. */
  readonly keepsParts: boolean;
}

/**
 * The cells of a part's machines: recorded ones where they are what the facts give, the others from the facts. Machines
 * that were recorded meanwhile are read again, since their revisions may be others.
 */
export async function cellsOfPart(
  asked: PartCells,
): Promise<ReadonlyMap<MachinePath, readonly AccountedCell[]>> {
  const whole = new Map<MachinePath, readonly AccountedCell[]>();
  let { part } = asked;
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const { cells, stale } = await readPart({ ...asked, part });
    for (const [path, own] of cells) whole.set(path, own);
    if (stale.size === 0) return whole;
    const members = part.members.filter((member) => stale.has(member));
    part = { members, scopes: members.map(({ machine }) => machine.path) };
  }
  throw new StoreUnavailable(
    `what was asked is being recorded anew all the time (${part.scopes[0]}): ask again`,
  );
}

async function readPart({
  store,
  marks,
  horizons,
  remembered,
  numbering,
  part,
  cellsOf,
  asOf,
  cutShort,
  keepsParts,
}: PartCells): Promise<{
  readonly cells: ReadonlyMap<MachinePath, readonly AccountedCell[]>;
  /** Machines that were recorded meanwhile. */
  readonly stale: ReadonlySet<Member>;
}> {
  const before = numbering.before();
  const moment = remembered.refresh();
  const removed = horizons.all();
  const allOf = createWithHours(cellsOf, asOf);
  const knownOf = await knownCells({
    ...{ store, marks, remembered, part, asOf },
    cellsOf: (member) => allOf(member).spans,
  });
  const ledgerRemoved = horizons.ledger();
  // A part of an hour is kept as long as the hour.
  const isRemoved = ({ grain, from }: CellSpan): boolean =>
    from < (ledgerRemoved[grain ?? 'hour'] ?? Number.NEGATIVE_INFINITY);
  const waiting = numbering.waiting();
  const cells = new Map<MachinePath, AccountedCell[]>();
  const unnumbered: (Unnumbered & { readonly cell: Fresh })[] = [];
  const settledParts = new Map<MachinePath, (readonly [CellSpan, AccountedCell])[]>();
  /** Cells that were never recorded, or are no longer, and can't be made of facts any more. */
  const lost: CellTask[] = [];
  const tasks = part.members.flatMap((member) => {
    const { machine } = member;
    const { spans } = allOf(member);
    const { cells: recorded, trustedUntil } = knownOf(member);
    const settledUntil = asOf - lookaheadMs(machine);
    const own = new Array<AccountedCell>(spans.length);
    cells.set(machine.path, own);
    const last = cellsOf(member).length - 1;
    const told = <T extends AccountedCell>(index: number, cell: T): AccountedCell =>
      cutShort && index === last ? provisional(cell) : cell;
    const isSettledPart = (span: CellSpan): boolean =>
      keepsParts && !isWhole(span) && span.from < span.to && span.to <= trustedUntil;
    const missing: number[] = [];
    const unprovable: number[] = [];
    const provable = provableFrom(machine, removed.get(machine.path));
    const partOf = keptPartOf(horizons, member);
    const served = waiting.has(machine.path) ? numbering.of(machine.path) : undefined;
    for (const [index, span] of spans.entries()) {
      const cell = isRemoved(span) ? undefined : recorded[index];
      const part = isWhole(span) || isRemoved(span) ? undefined : partOf(span);
      const same = cell?.to === span.to;
      // What was published stands, whatever came since: nothing that is left could tell better.
      if (same && span.from < provable) own[index] = unverifiable(cell);
      else if (part) own[index] = unverifiable(part);
      else if (same && span.to <= trustedUntil && !servedSince(cell, served)) own[index] = cell;
      else if (span.from < provable) unprovable.push(index);
      else {
        const known = isSettledPart(span) ? remembered.findPart(machine.path, span) : undefined;
        if (known) own[index] = told(index, known);
        else missing.push(index);
      }
    }
    const byBegin = (a: number, b: number): number =>
      (spans[a] as CellSpan).from - (spans[b] as CellSpan).from;
    if (unprovable.length > 0) {
      unprovable.sort(byBegin);
      const put = (position: number, result: CellResult): void => {
        const index = unprovable[position] as number;
        const cell = accounted(machine, result);
        own[index] = isRemoved(spans[index] as CellSpan) ? withoutLedger(cell) : unverifiable(cell);
      };
      lost.push({ member, cells: unprovable.map((index) => spans[index] as CellSpan), put });
    }
    if (missing.length === 0) return [];
    missing.sort(byBegin);
    const put = (position: number, result: CellResult): void => {
      const index = missing[position] as number;
      const span = spans[index] as CellSpan;
      const cell = accounted(machine, result);
      if (isWhole(span) && span.to <= settledUntil)
        unnumbered.push({ member, span, cell, old: recorded[index] });
      if (isSettledPart(span)) settledParts.getOrInsertComputed(machine.path, () => []).push([span, cell]);
      own[index] = told(index, cell);
    };
    return [{ member, cells: missing.map((index) => spans[index] as CellSpan), put }];
  });
  await accountCells({ store: { facts: withoutStatesBefore(store.facts) }, tasks: lost, asOf });
  await accountCells({ store, tasks, asOf });
  for (const [path, parts] of settledParts) remembered.keepParts(moment, path, parts);
  const stale = new Set<Member>();
  for (const [index, revision] of (await numbering.settle(unnumbered, { before, asOf })).entries()) {
    const { member, cell } = unnumbered[index] as (typeof unnumbered)[number];
    if (revision === null) stale.add(member);
    else cell.revision = revision;
  }
  for (const member of part.members) {
    const { touched } = allOf(member);
    const own = cells.get(member.machine.path) as AccountedCell[];
    for (const [index, hours] of touched) {
      const raised = hours.reduce((sum, hour) => sum + (own[hour] as AccountedCell).revision - 1, 0);
      own[index] = { ...(own[index] as AccountedCell), revision: 1 + raised };
    }
    own.length = cellsOf(member).length;
  }
  return { cells, stale };
}

/** The cells asked for and the hours that parts of them go by; the same array for machines that share cells and closing time. */
function createWithHours(
  cellsOf: (member: Member) => readonly CellSpan[],
  asOf: EpochMs,
): (member: Member) => WithHours {
  const known = new Map<readonly CellSpan[], Map<EpochMs, WithHours>>();
  const hoursOf = createHoursTouched();
  return (member) => {
    const spans = cellsOf(member);
    const closedUntil = asOf - lookaheadMs(member.machine);
    return known
      .getOrInsertComputed(spans, () => new Map<EpochMs, WithHours>())
      .getOrInsertComputed(closedUntil, () => withHours(hoursOf, { site: member.site, spans, closedUntil }));
  };
}

/** What is kept of the parts of a machine's hours that stand. */
function keptPartOf(horizons: RawHorizons, member: Member): (span: CellSpan) => RecordedCell | undefined {
  const kept = keptParts(horizons.work, member.machine.path);
  let until: EpochMs | undefined;
  return (span) => {
    until ??= keptUntil(horizons, member);
    return span.from < span.to && span.from < until ? kept(span) : undefined;
  };
}

const isWhole = (span: CellSpan): span is WholeCell => span.grain !== null;

/** Whether something newer than what is recorded was answered of a cell. */
const servedSince = (cell: RecordedCell, served: ReturnType<Numbering['of']> | undefined): boolean =>
  (served?.get(cellName(cell))?.at(-1)?.revision ?? 0) > cell.revision;

const provisional = (cell: AccountedCell): AccountedCell =>
  cell.flags.includes('provisional') ? cell : { ...cell, flags: ['provisional', ...cell.flags] };

const unverifiable = <T extends AccountedCell>(cell: T): T => ({
  ...cell,
  flags: [...cell.flags, 'raw-data-removed'],
});

/** Nothing of it is kept: all that is left to say is that its time is unknown. */
const withoutLedger = <T extends AccountedCell>(cell: T): T => ({
  ...cell,
  flags: [...cell.flags, 'raw-data-removed', 'ledger-removed'],
});
