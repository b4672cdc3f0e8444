import { bisect } from './bisect.ts';
import type { CalendarPiece } from './calendar.ts';
import { canonical } from './canonical.ts';
import { encodeJson } from './json-bytes.ts';
import { intersect, type Span } from './time.ts';

/** Stands behind a stretch whose year has no holiday data. */
const NO_HOLIDAY_DATA = 'no-holiday-data';

type Stretch = readonly [
  from: number,
  to: number,
  planned: string,
  shift: string | null,
  day: string,
  ...string[],
];

/** Machines that share a calendar share its pieces, and their cells. */
const known = new WeakMap<readonly CalendarPiece[], Map<string, Uint8Array>>();

/**
 * What a calendar says of a cell's time, as canonical JSON: its stretches one after another, neighbours that say the same
 * put together. The rules behind it are no input, so that rules which say nothing else of a cell leave its digest alone.
 */
export function calendarInput(pieces: readonly CalendarPiece[]): (cell: Span) => Uint8Array {
  const cells = known.getOrInsertComputed(pieces, () => new Map());
  return (cell) =>
    cells.getOrInsertComputed(`${cell.from}/${cell.to}`, () =>
      encodeJson(canonical(stretchesIn(pieces, cell))),
    );
}

function stretchesIn(pieces: readonly CalendarPiece[], cell: Span): Stretch[] {
  const stretches: Stretch[] = [];
  const first = bisect(pieces.length, (index) => (pieces[index] as CalendarPiece).to <= cell.from);
  for (let index = first; index < pieces.length; index++) {
    const piece = pieces[index] as CalendarPiece;
    const common = intersect(piece, cell);
    if (!common) break;
    const says = [
      ...([piece.planned, piece.shift, piece.day] as const),
      ...(piece.noHolidayData ? [NO_HOLIDAY_DATA] : []),
    ] as const;
    const last = stretches.at(-1);
    const same = last?.slice(2).join('\n') === says.join('\n');
    if (last && same) stretches[stretches.length - 1] = [last[0], common.to, ...says];
    else stretches.push([common.from, common.to, ...says]);
  }
  return stretches;
}
