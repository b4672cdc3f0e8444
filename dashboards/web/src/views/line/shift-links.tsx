import { shiftName } from '../../../../../domain/shift-names.ts';
import type { LedgerRow } from '../../api.ts';
import { useSpeech } from '../../i18n/index.ts';
import type { Periods, Stretch } from '../../line/windows.ts';
import { shiftAddress } from '../../route.ts';

const MOST = 8;

/** The reports of a line's shifts that touch the window, the newest first; of days, where the site has no shifts. */
export function ShiftLinks({
  line,
  periods,
  span,
}: {
  readonly line: string;
  readonly periods: Periods;
  readonly span: Stretch;
}) {
  const { words, language } = useSpeech();
  const inside = ({ from, to }: LedgerRow): boolean => from < span.to && to > span.from;
  const shifts = periods.shifts.rows.filter(({ key }) => key.shift);
  const rows = (shifts.length > 0 ? shifts : periods.days.rows)
    .filter((row) => row.key.day && inside(row))
    .toSorted((a, b) => Date.parse(b.from) - Date.parse(a.from))
    .slice(0, MOST);
  if (rows.length === 0) return null;
  return (
    <nav class="windows" aria-label={words.shiftReport.reports}>
      <span class="muted">{words.shiftReport.reports}</span>
      {rows.map(({ key }) => {
        const [day, shift] = [key.day ?? '', key.shift ?? null];
        return (
          <a key={`${day} ${shift}`} href={shiftAddress(line, { day, shift })}>
            {day} {shift === null ? words.shiftReport.wholeDay : shiftName(shift, language)}
          </a>
        );
      })}
    </nav>
  );
}
