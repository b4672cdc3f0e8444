import { type CalendarPiece, calendarPieces, piecesFor } from './calendar.ts';
import type { Entered } from './entered.ts';
import type { MachineFacts } from './facts.ts';
import { breakdownPossible } from './failures.ts';
import type { Meaning } from './meaning.ts';
import type { Machine, Site } from './plant.ts';
import { STATES } from './state.ts';
import { stateTape } from './state-tape.ts';
import type { DurationMs, EpochMs } from './time.ts';
import { classTable, PLANNED } from './time-classes.ts';

const DAY_MS: DurationMs = 86_400_000;
/** How far back time in which a machine can break down is looked for: past a night, a weekend, a holiday, a season. */
const LOOKS_MS: readonly DurationMs[] = [2 * DAY_MS, 16 * DAY_MS, 400 * DAY_MS];

/**
 * The calendar from the last millisecond before an instant in which the machine could have been in breakdown, up to that
 * instant; none where there is no such time. A stretch that lasted since then has failed before; one that began later, in
 * a night or a break, fails first when work begins.
 */
export function piecesBefore(
  machine: Pick<Machine, 'maintenance'>,
  site: Site | undefined,
  instant: EpochMs,
): readonly CalendarPiece[] {
  const table = classTable(site?.classes);
  const counts = PLANNED.filter((_, planned) =>
    STATES.some((_, state) => breakdownPossible(table, planned, state)),
  );
  for (const look of LOOKS_MS) {
    const span = { from: instant - look, to: instant };
    const pieces = piecesFor(machine, site, calendarPieces(site, span));
    const last = pieces.findLastIndex(({ planned }) => counts.includes(planned));
    if (last < 0) continue;
    const piece = pieces[last] as CalendarPiece;
    return [{ ...piece, from: piece.to - 1 }, ...pieces.slice(last + 1)];
  }
  return [];
}

/**
 * From when on facts must be read again to tell whether a stretch that reaches into a span failed before it; `null`: those
 * from `from` on tell. `before`: the pieces before the span.
 */
export function earlierFailure({
  machine,
  site,
  facts,
  entered,
  from,
  before,
  asOf,
}: {
  readonly machine: Machine;
  readonly site: Site | undefined;
  readonly facts: MachineFacts;
  /** What people say can make a breakdown of any stop. */
  readonly entered?: Entered | undefined;
  readonly from: EpochMs;
  readonly before: readonly CalendarPiece[];
  readonly asOf: EpochMs;
}): EpochMs | null {
  const first = before[0];
  if (!first || first.from >= from) return null;
  const begin = (before.at(-1) as CalendarPiece).to;
  const { at, meanings } = stateTape({ machine, facts, until: asOf, reasons: false });
  const holding = at.findLastIndex((instant) => instant <= from);
  const { code } = meanings[holding] as Meaning;
  const table = classTable(site?.classes);
  const possible = PLANNED.some((_, planned) => breakdownPossible(table, planned, code));
  if (!possible && !entered?.edits?.length) return null;
  const ends = at.findIndex((instant, index) => instant > from && meanings[index]?.code !== code);
  return ends < 0 || begin < (at[ends] as EpochMs) ? first.from : null;
}
