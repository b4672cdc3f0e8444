import { useState } from 'preact/hooks';
import { query } from '../api.ts';
import { moment } from '../format.ts';
import { fill, useSpeech } from '../i18n/index.ts';
import { useLine } from '../line/use-line.ts';
import { usePeriods } from '../line/use-periods.ts';
import { useKnownZone } from '../line/use-zone.ts';
import {
  type ChosenWindow,
  COMPARISONS,
  type Comparison,
  hasData,
  LINE_WINDOWS,
  lineWindows,
  windowBetween,
} from '../line/windows.ts';
import { AllFigures } from '../machine/all-figures.tsx';
import { Pareto } from '../machine/pareto.tsx';
import type { Stop } from '../machine/stop.ts';
import { Waterfall } from '../machine/waterfall.tsx';
import { Failure, Loading, Notice } from '../parts/notice.tsx';
import { WorkCard } from '../parts/work-card.tsx';
import { calendarAddress, type LineQuestion, lineAddress, plantAddress } from '../route.ts';
import { spanAsked } from '../windows.ts';
import { LineFigures } from './line/line-figures.tsx';
import { LineLedger } from './line/line-ledger.tsx';
import { LineStops } from './line/line-stops.tsx';
import { Losses } from './line/losses.tsx';
import { Members } from './line/members.tsx';
import { ShiftLinks } from './line/shift-links.tsx';

/** A line, or what is above lines within one site: which machine lost how much to what, and what changed. */
export function LineView({ scope, asked }: { readonly scope: string; readonly asked: LineQuestion }) {
  const { words, locale } = useSpeech();
  const { periods, error, again } = usePeriods(scope);
  const zone = useKnownZone(scope);
  if (error?.status === 404) {
    return (
      <Notice title={words.wall.noLine}>
        <p>{scope}</p>
        <a href={plantAddress()}>{words.backToPlant}</a>
      </Notice>
    );
  }
  if (!periods) return error ? <Failure error={error} again={again} /> : <Loading />;
  const windows = lineWindows(periods);
  const span = spanAsked(asked.window);
  const chosen = span
    ? windowBetween(span, Date.parse(periods.days.asOf))
    : (windows.get(asked.window ?? 'shift') ?? (asked.window === null ? windows.get('today') : undefined));
  const against = COMPARISONS.find((one) => one === asked.against) ?? 'week';
  const segments = scope.split('/');
  return (
    <>
      <div class="crumbs">
        <a href={plantAddress()}>{words.plant}</a>
        {segments.slice(2).map((_, depth) => {
          const above = segments.slice(0, depth + 2).join('/');
          return (
            <span key={above}>
              {' '}
              ›{' '}
              <a href={lineAddress(above, asked)}>
                {segments.slice(depth === 0 ? 0 : depth + 1, depth + 2).join(' / ')}
              </a>
            </span>
          );
        })}
      </div>
      <div class="machine-head">
        <h1>{segments.at(-1)}</h1>
        <a href={plantAddress({ scope })}>{words.wall.now}</a>
        <a href={calendarAddress(scope)}>{words.calendar.link}</a>
        {chosen && zone !== null ? (
          <span class="muted">
            {moment(chosen.from, locale, zone)} ~ {moment(chosen.to, locale, zone)} ·{' '}
            {chosen.running ? words.wall.windowHint.running : words.wall.windowHint.past}
          </span>
        ) : null}
      </div>
      <Choices scope={scope} chosen={chosen} against={against} windows={[...windows.keys()]} />
      {error ? <Failure error={error} again={again} /> : null}
      {chosen && segments.length === 4 ? <ShiftLinks line={scope} periods={periods} span={chosen} /> : null}
      {chosen && zone === null ? <Loading /> : null}
      {chosen && zone !== null ? (
        <Facts
          key={`${chosen.id} ${against}`}
          scope={scope}
          window={chosen}
          against={against}
          zone={zone}
          future={Date.parse(chosen.from) >= Date.parse(periods.days.asOf)}
        />
      ) : null}
      {chosen ? null : (
        <Notice title={fill(words.wall.noWindow, { window: asked.window ?? '' })}>
          <a href={lineAddress(scope)}>{words.windows.shift}</a>
        </Notice>
      )}
    </>
  );
}

function Choices({
  scope,
  chosen,
  against,
  windows,
}: {
  readonly scope: string;
  readonly chosen: ChosenWindow | undefined;
  readonly against: Comparison;
  readonly windows: readonly string[];
}) {
  const { words } = useSpeech();
  const named = LINE_WINDOWS.filter((id) => windows.includes(id));
  return (
    <div class="choices">
      <nav class="windows" aria-label={words.window}>
        {named.map((id) => (
          <a
            key={id}
            href={lineAddress(scope, { window: id, against })}
            {...(chosen?.id === id ? { 'aria-current': 'true' as const } : {})}
          >
            {words.windows[id]}
          </a>
        ))}
        {chosen && !named.some((id) => id === chosen.id) ? (
          <a href={lineAddress(scope, { window: chosen.id, against })} aria-current="true">
            {chosen.id.length < 30 ? chosen.id : words.window}
          </a>
        ) : null}
      </nav>
      <nav class="windows" aria-label={words.wall.against}>
        <span class="muted">{words.wall.against}</span>
        {COMPARISONS.filter((one) => chosen?.before[one]).map((one) => (
          <a
            key={one}
            href={lineAddress(scope, { window: chosen?.id ?? null, against: one })}
            {...(one === against ? { 'aria-current': 'true' as const } : {})}
          >
            {words.wall.againsts[one]}
          </a>
        ))}
        {chosen && !chosen.before[against] ? <span class="muted">{words.wall.noBefore}</span> : null}
      </nav>
    </div>
  );
}

function Facts({
  scope,
  window,
  against,
  zone,
  future,
}: {
  readonly scope: string;
  readonly window: ChosenWindow;
  readonly against: Comparison;
  readonly zone: string;
  readonly future: boolean;
}) {
  const { words } = useSpeech();
  const by = scope.split('/').length === 4 ? 'machine' : 'line';
  const earlier = window.before[against] ?? null;
  const present = useLine(scope, { span: future ? null : window, by, thing: `${scope} ${window.id}` });
  const past = useLine(scope, {
    span: future ? null : earlier,
    by,
    thing: `${scope} ${window.id} ${against}`,
  });
  const [stop, pointOut] = useState<Stop | null>(null);
  if (future) return <Notice title={words.wall.future} />;
  const { facts } = present;
  if (!facts) return present.error ? <Failure error={present.error} again={present.again} /> : <Loading />;
  const [whole] = facts.whole.ledger.rows;
  if (!whole || !hasData(whole)) return <Notice title={words.noData} />;
  return (
    <>
      {present.error ? <Failure error={present.error} again={present.again} /> : null}
      <LineFigures kpis={facts.whole.kpis} before={past.facts?.whole.kpis} />
      {facts.whole.kpis.rows[0] ? (
        <AllFigures
          figures={facts.whole.kpis.rows[0].figures}
          file={`figures-${scope.replaceAll('/', '-')}`}
        />
      ) : null}
      <Losses scope={scope} facts={facts} before={past.facts} span={window} stop={stop} />
      <div class="line-reasons">
        {facts.reasons ? (
          <Pareto
            path={scope}
            reasons={facts.reasons.whole.rows[0]?.reasons ?? []}
            stop={stop}
            pointOut={pointOut}
            file={`reasons-${scope.replaceAll('/', '-')}`}
          />
        ) : null}
        {facts.losses?.rows[0] ? (
          <Waterfall
            row={facts.losses.rows[0]}
            file={`waterfall-${scope.replaceAll('/', '-')}`}
            asked={query({ scope, from: window.from, to: window.to })}
          />
        ) : null}
      </div>
      {by === 'machine' ? (
        <LineStops scope={scope} span={window} zone={zone} thing={`${scope} ${window.id}`} />
      ) : null}
      <Members scope={scope} by={by} facts={facts} before={past.facts} window={window} />
      <WorkCard scope={scope} from={window.from} to={window.to} thing={`${scope} ${window.id}`} />
      <LineLedger row={whole} before={past.facts?.whole.ledger.rows[0]} />
    </>
  );
}
