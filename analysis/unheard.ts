import { type CalendarPiece, calendarPieces, piecesFor } from '../domain/calendar.ts';
import { machineLedger, piecesBefore } from '../domain/ledger.ts';
import type { InputNames } from '../domain/ledger-inputs.ts';
import type { Site } from '../domain/plant.ts';
import type { Span } from '../domain/time.ts';
import { accounted } from './accounted.ts';
import { type WholeCell, wholeCells } from './cells.ts';
import { documentIn, keptConfigOf, silentIn } from './config-document.ts';
import { digestOf } from './digest.ts';
import { keptText } from './kept-cell.ts';
import type { LedgerMarks } from './ledger-marks.ts';
import type { Member } from './members.ts';
import type { AccountedCell } from './rows.ts';
import { type CellPlace, contentOf, type ServedVersion, type UnheardStretch } from './served.ts';

const DAY_MS = 86_400_000;
/** What is said of a closed cell doesn't depend on when it is asked for. */
const LONG_AFTER_MS = 366 * DAY_MS;
/** A production day of 25 hours, and a change of the day's begin. */
const LONGEST_CELL_MS = 3 * DAY_MS;
/** Cells of such a stretch are made together. */
const STRETCH_MS = 31 * DAY_MS;
/** Stretches of machines that are held at once. */
const MOST_HELD = 100;

/**
 * The cells of a machine of which nobody ever heard anything: they follow from its settings alone, so that they can be
 * made anew from a configuration that was kept, instead of being kept themselves.
 */
export interface UnheardCells {
  /** Those of closed cells that are such. */
  among<T extends Closed>(cells: readonly T[]): ReadonlySet<T>;
  /** The first revision of a place of which nothing else is known; `undefined`: it was never answered. */
  first(member: Member, place: Place, stretches: readonly UnheardStretch[]): ServedVersion | undefined;
}

type Place = Omit<CellPlace, 'machine'>;

interface Closed {
  readonly member: Member;
  readonly span: WholeCell;
  readonly cell: AccountedCell;
}

/** A machine by one of its configurations. */
interface Then {
  readonly member: Member;
  readonly config: string;
  /** Absent: by the present one. */
  readonly named?: InputNames;
}

const nowOf = (member: Member): Then => ({ member, config: keptConfigOf(member).hash });

export function createUnheardCells(marks: Pick<LedgerMarks, 'documentOf'>): UnheardCells {
  const known = new Map<string, Then | null>();
  const grids = new Map<string, ReadonlyMap<number, WholeCell>>();
  const ledgers = new Map<string, ReturnType<typeof machineLedger>>();
  const calendars = new Map<Site, Map<number, readonly CalendarPiece[]>>();
  const calendarOf = (site: Site, stretch: number): readonly CalendarPiece[] =>
    calendars
      .getOrInsertComputed(site, () => new Map<number, readonly CalendarPiece[]>())
      .getOrInsertComputed(stretch, () => calendarPieces(site, spanOf(stretch)));
  const ledgerAt = ({ member, config, named }: Then, stretch: number) => {
    if (ledgers.size > MOST_HELD) ledgers.clear();
    return ledgers.getOrInsertComputed(`${config} ${stretch}`, () =>
      unheardLedger(member, { span: spanOf(stretch), calendar: calendarOf(member.site, stretch), named }),
    );
  };
  const cellOf = (then: Then, span: Span): AccountedCell => {
    const ledger = ledgerAt(then, stretchOf(span));
    return accounted(then.member.machine, ledger([span])[0] as ReturnType<typeof ledger>[number]);
  };
  const thenOf = (member: Member, config: string): Then | null =>
    known.getOrInsertComputed(`${member.machine.path} ${config}`, () => {
      if (keptConfigOf(member).hash === config) return nowOf(member);
      const text = marks.documentOf(config);
      const silent = text === null ? null : silentIn(documentIn(text), member);
      return silent && { ...silent, config };
    });
  const wholeAt = ({ member, config }: Then, { grain, from }: Place): WholeCell | undefined => {
    const stretch = stretchOf({ from });
    if (grids.size > MOST_HELD) grids.clear();
    return grids
      .getOrInsertComputed(`${config} ${grain} ${stretch}`, () => {
        const cells = wholeCells(member.site, spanOf(stretch))[grain];
        return new Map(cells.map((cell) => [cell.from, cell]));
      })
      .get(from);
  };
  return {
    first(member, place, stretches) {
      for (const { until, config } of stretches) {
        const former = thenOf(member, config);
        const span = former && wholeAt(former, place);
        if (!span || span.to > until) continue;
        const cell = cellOf(former, span);
        const kept = keptText({ ...cell, to: span.to, ...span.key });
        return { content: contentOf(cell), revision: 1, kept, mark: 0, config };
      }
      return undefined;
    },
    among(cells) {
      const found = new Set<(typeof cells)[number]>();
      const byMember = Map.groupBy(cells.filter(isAllUnknown), ({ member }) => member);
      for (const [member, own] of byMember) {
        const together = Map.groupBy(own, ({ span }) => `${span.grain} ${stretchOf(span)}`);
        for (const some of together.values()) {
          some.sort((a, b) => a.span.from - b.span.from);
          const ledger = ledgerAt(nowOf(member), stretchOf((some[0] as Closed).span));
          for (const [place, result] of ledger(some.map(({ span }) => span)).entries()) {
            const one = some[place] as (typeof some)[number];
            if (contentOf(accounted(member.machine, result)) === contentOf(one.cell)) found.add(one);
          }
        }
      }
      return found;
    },
  };
}

const stretchOf = ({ from }: Pick<Span, 'from'>): number => Math.floor(from / STRETCH_MS);

/** A stretch with the cells that begin in it. */
const spanOf = (stretch: number): Span => ({
  from: stretch * STRETCH_MS,
  to: (stretch + 1) * STRETCH_MS + LONGEST_CELL_MS,
});

function isAllUnknown({ cell: { ms } }: Closed): boolean {
  return ms.running + ms.changeover + ms.breakdown + ms.delay + ms.minorStop + ms.idle + ms.extra === 0;
}

function unheardLedger(
  { machine, site }: Member,
  {
    span,
    calendar,
    named,
  }: {
    readonly span: Span;
    readonly calendar: readonly CalendarPiece[];
    readonly named: InputNames | undefined;
  },
): ReturnType<typeof machineLedger> {
  const pieces =
    machine.maintenance === undefined
      ? [...piecesBefore({}, site, span.from), ...calendar]
      : [...piecesBefore(machine, site, span.from), ...piecesFor(machine, site, calendar)];
  const facts = { machine: machine.path, series: [], silences: [{ lastHeard: null, nextHeard: null }] };
  return machineLedger({ machine, site, facts, pieces, asOf: span.to + LONG_AFTER_MS, digestOf, named });
}
