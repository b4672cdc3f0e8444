import { shiftName } from '../../../../../domain/shift-names.ts';
import type { CalendarDay, SiteCalendar } from '../../api.ts';
import { type Month, weeksOf } from '../../calendar/month.ts';
import { clock } from '../../format.ts';
import { fill, type Speech, useSpeech } from '../../i18n/index.ts';
import { Scroll } from '../../parts/scroll.tsx';

/** A month, week by week: of each production day its shifts and what is special. */
export function MonthGrid({
  calendar,
  month,
  zone,
  today,
  name,
}: {
  readonly calendar: SiteCalendar;
  readonly month: Month;
  readonly zone: string;
  readonly today: string;
  readonly name: string;
}) {
  const { words } = useSpeech();
  const weeks = weeksOf(month, calendar.days);
  return (
    <Scroll name={`${name} ${month}`}>
      <table class="month">
        <thead>
          <tr>
            {words.calendar.weekdays.map((weekday) => (
              <th key={weekday} scope="col">
                {weekday}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week, index) => (
            <tr key={`${month} ${index}`}>
              {week.map((day, weekday) =>
                day ? (
                  <Day key={day.day} day={day} zone={zone} isToday={day.day === today} />
                ) : (
                  <td key={`${month} ${index} ${weekday}`} class="elsewhere" />
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Day({
  day,
  zone,
  isToday,
}: {
  readonly day: CalendarDay;
  readonly zone: string;
  readonly isToday: boolean;
}) {
  const speech = useSpeech();
  const { words } = speech;
  const free = day.shifts.length === 0 && !day.alwaysScheduled;
  return (
    <td class={`${day.kind}${free ? ' free' : ''}`} {...(isToday ? { 'aria-current': 'date' as const } : {})}>
      <b>{Number(day.day.slice(-2))}</b>
      {marksOf(day, speech).map((mark) => (
        <span key={mark} class="mark">
          {mark}
        </span>
      ))}
      {day.alwaysScheduled ? <span>{words.calendar.allDay}</span> : null}
      {free ? <span class="muted">{words.calendar.off}</span> : null}
      {day.shifts.map((shift) => (
        <div key={shift.from}>
          {nameOf(shift, speech)} {between(shift, zone, speech)}
          {shift.breaks.length > 0 ? (
            <span class="muted breaks">{breaksOf(shift.breaks, zone, speech)}</span>
          ) : null}
        </div>
      ))}
      {day.maintenance.map((window) => (
        <span key={window.from} class="muted">
          {fill(words.calendar.maintenance, { time: between(window, zone, speech) })}
        </span>
      ))}
    </td>
  );
}

type Stretch = { readonly from: string; readonly to: string };

const between = ({ from, to }: Stretch, zone: string, { locale }: Speech): string =>
  `${clock(Date.parse(from), locale, zone)}–${clock(Date.parse(to), locale, zone)}`;

function breaksOf(breaks: readonly Stretch[], zone: string, speech: Speech): string {
  const times = breaks.map((pause) => between(pause, zone, speech)).join('、');
  return fill(speech.words.calendar.breaks, { times });
}

function nameOf({ shift, crew }: CalendarDay['shifts'][number], { words, language }: Speech): string {
  const name = shiftName(shift, language);
  return crew === null ? name : fill(words.calendar.crew, { shift: name, crew });
}

/** What is special about a day, in words. */
function marksOf(day: CalendarDay, { words, language }: Speech): readonly string[] {
  const kind = words.calendar.kinds[day.kind];
  const holiday = day.holiday?.name[language];
  // A make-up workday that changes nothing, as where shifts rotate, is told all the same.
  const special = kind || (day.holiday?.kind === 'workday' ? words.calendar.workday : '');
  return [
    [holiday, special].filter(Boolean).join(' '),
    day.why ?? '',
    day.holidayDataMissing ? words.calendar.unknownYear : '',
    day.rulesSince === day.day ? words.calendar.begins : '',
  ].filter((text) => text !== '');
}
