import type { Calendar, SiteCalendar } from '../api.ts';
import { query } from '../api.ts';
import { dateIn, isMonth, type Month, monthAfter, spanOf } from '../calendar/month.ts';
import { fill, useSpeech } from '../i18n/index.ts';
import { useKept } from '../line/use-kept.ts';
import { useZone } from '../line/use-zone.ts';
import { Failure, Loading, Notice } from '../parts/notice.tsx';
import { calendarAddress, lineAddress, plantAddress } from '../route.ts';
import { useAsked } from '../use-asked.ts';
import { MonthGrid } from './calendar/month-grid.tsx';

/** What the calendars of a site, or that of a part of it, plan in a month. */
export function CalendarView({
  scope,
  month: asked,
}: {
  readonly scope: string;
  readonly month: string | null;
}) {
  const { words, locale } = useSpeech();
  const zone = useZone(scope);
  const today = dateIn(zone, Date.now());
  const month = isMonth(asked) ? asked : today.slice(0, 7);
  const told = useAsked<Calendar>(`/calendar${query({ site: scope, ...spanOf(month) })}`);
  const answer = useKept(told, `${scope} ${month}`);
  const title = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', year: 'numeric', month: 'long' }).format(
    Date.parse(`${month}-01T00:00:00Z`),
  );
  const site = scope.split('/').slice(0, 2).join('/');
  return (
    <>
      <div class="crumbs">
        <a href={plantAddress()}>{words.plant}</a> › <a href={lineAddress(site)}>{site}</a>
      </div>
      <div class="machine-head">
        <h1>{words.calendar.title}</h1>
        <span class="muted break">{scope}</span>
      </div>
      <Months scope={scope} month={month} title={title} />
      {told.error?.status === 404 ? (
        <Notice title={words.calendar.noSite}>
          <p>{scope}</p>
        </Notice>
      ) : told.error ? (
        <Failure error={told.error} again={told.again} />
      ) : null}
      {answer
        ? answer.calendars.map((calendar) => (
            <OneCalendar
              key={calendar.calendar ?? ''}
              calendar={calendar}
              month={month}
              zone={answer.zone}
              today={dateIn(answer.zone, Date.now())}
            />
          ))
        : null}
      {answer || told.error ? null : <Loading />}
    </>
  );
}

function Months({
  scope,
  month,
  title,
}: {
  readonly scope: string;
  readonly month: Month;
  readonly title: string;
}) {
  const { words } = useSpeech();
  return (
    <nav class="windows months" aria-label={title}>
      <a href={calendarAddress(scope, monthAfter(month, -1))} aria-label={words.calendar.before}>
        ‹
      </a>
      <strong>{title}</strong>
      <a href={calendarAddress(scope, monthAfter(month, 1))} aria-label={words.calendar.after}>
        ›
      </a>
      <a href={calendarAddress(scope)}>{words.calendar.now}</a>
    </nav>
  );
}

function OneCalendar({
  calendar,
  month,
  zone,
  today,
}: {
  readonly calendar: SiteCalendar;
  readonly month: Month;
  readonly zone: string;
  readonly today: string;
}) {
  const { words } = useSpeech();
  const name = calendar.calendar ?? words.calendar.own;
  const missing = calendar.missingYears.filter((year) => month.startsWith(String(year)));
  return (
    <section class="card">
      <h2>{name}</h2>
      <p class="muted break">
        {fill(words.calendar.holds, { scopes: calendar.scopes.join('、') })} · {zone}
      </p>
      {missing.length > 0 ? (
        <p class="warning" role="alert">
          {fill(words.calendar.missing, { years: missing.join('、') })}
        </p>
      ) : null}
      <MonthGrid calendar={calendar} month={month} zone={zone} today={today} name={name} />
      <Rules calendar={calendar} />
      <Sources calendar={calendar} />
    </section>
  );
}

function Rules({ calendar }: { readonly calendar: SiteCalendar }) {
  const { words } = useSpeech();
  return (
    <>
      <h3>{words.calendar.rules}</h3>
      <ul class="plain">
        {calendar.rules.map(({ since, dayStart, rotation, holidays }) => (
          <li key={since ?? ''}>
            <b>{since ? fill(words.calendar.since, { date: since }) : words.calendar.sinceEver}</b>{' '}
            {[
              fill(words.calendar.dayStart, { time: dayStart }),
              ...(rotation
                ? [fill(words.calendar.rotation, { days: rotation.days.length, anchor: rotation.anchor })]
                : []),
              holidays
                ? fill(words.calendar.keepsTo, {
                    holidays: words.calendar.holidayNames[holidays] ?? holidays,
                  })
                : words.calendar.noHolidays,
            ].join(' · ')}
          </li>
        ))}
      </ul>
    </>
  );
}

function Sources({ calendar }: { readonly calendar: SiteCalendar }) {
  const { words } = useSpeech();
  if (calendar.holidays.length === 0) return null;
  return (
    <>
      <h3>{words.calendar.sources}</h3>
      <ul class="plain">
        {calendar.holidays.map(({ year, source }) => (
          <li key={year} class="break">
            {year} · {source.url ? <a href={source.url}>{source.title}</a> : source.title}
            {source.number ? ` ${source.number}` : ''} · {words.calendar.verifications[source.verification]}
          </li>
        ))}
      </ul>
    </>
  );
}
