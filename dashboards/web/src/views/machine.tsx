import { useMemo } from 'preact/hooks';
import { type Kpis, type Ledger, type MachineDetail, type MachineNow, query, type Timeline } from '../api.ts';
import { moment } from '../format.ts';
import { useSpeech } from '../i18n/index.ts';
import { periodAsked } from '../machine-period.ts';
import { Days } from '../parts/days.tsx';
import { Figures } from '../parts/figures.tsx';
import { LedgerChart } from '../parts/ledger-chart.tsx';
import { Failure, Loading, Notice } from '../parts/notice.tsx';
import { Signals } from '../parts/signals.tsx';
import { StateBadge } from '../parts/state.tsx';
import { TimelineChart } from '../parts/timeline-chart.tsx';
import { lineAddress, machineAddress, plantAddress } from '../route.ts';
import { useAsked } from '../use-asked.ts';
import { useNow } from '../use-now.ts';
import { DAY_MS, HOUR_MS, spanToOffer, type Window, windowsOf } from '../windows.ts';

const REFRESH_MS = 10_000;
/** Longer than a production day may be. */
const LONG_MS = 26 * HOUR_MS;

/** One machine: its state now, and where the time of a shift or day went. */
export function MachineView({
  path,
  window: asked,
  now: live,
}: {
  path: string;
  window: string | null;
  now: MachineNow | undefined;
}) {
  const { words, locale } = useSpeech();
  const detail = useAsked<MachineDetail>(
    `/machines/${path.split('/').map(encodeURIComponent).join('/')}`,
    REFRESH_MS,
  );
  const now = useNow(60_000);
  const span = detail.answer && { scope: path, ...spanToOffer(now, detail.answer.lastHeard) };
  const shifts = useAsked<Ledger>(span ? `/ledger${query({ ...span, by: 'day,shift' })}` : null, 60_000);
  const days = useAsked<Ledger>(span ? `/ledger${query({ ...span, by: 'day' })}` : null, 60_000);
  const windows = useMemo(
    () =>
      windowsOf(shifts.answer, days.answer, span?.from ?? 0, {
        outside: words.outsideShifts,
        day: words.day,
      }),
    [shifts.answer, days.answer, span?.from, words],
  );
  if (detail.error?.status === 404) {
    return (
      <Notice title={words.noMachine}>
        <p>{path}</p>
        <a href={plantAddress()}>{words.backToPlant}</a>
      </Notice>
    );
  }
  if (!detail.answer)
    return detail.error ? <Failure error={detail.error} again={detail.again} /> : <Loading />;
  const machine = { ...detail.answer, ...live };
  const zone = detail.answer.config.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const period = periodAsked(asked, locale, zone);
  const offered = period ? [period, ...windows] : windows;
  const chosen = offered.find(({ id }) => id === asked) ?? windows[0];
  return (
    <>
      <div class="crumbs">
        <a href={plantAddress()}>{words.plant}</a> ›{' '}
        <a href={lineAddress(path.slice(0, path.lastIndexOf('/')))}>
          {path.split('/').slice(0, -1).join(' / ')}
        </a>
      </div>
      <div class="machine-head">
        <h1>{path.slice(path.lastIndexOf('/') + 1)}</h1>
        <StateBadge state={machine.state} reason={machine.reason} />
        {machine.since ? (
          <span class="muted">
            {words.since} {moment(machine.since, locale, zone)}
          </span>
        ) : null}
        <span class="muted">
          {words.lastHeard} {machine.lastHeard ? moment(machine.lastHeard, locale, zone) : words.never}
        </span>
        {machine.stale ? <span class="warning">{words.stale}</span> : null}
        {machine.declared ? null : <span class="warning">{words.undeclared}</span>}
      </div>
      <nav class="windows" aria-label={words.window}>
        {offered.map((window) => (
          <a
            key={window.id}
            href={machineAddress(path, window.id)}
            {...(window === chosen ? { 'aria-current': 'true' as const } : {})}
          >
            {window.label}
          </a>
        ))}
      </nav>
      {chosen ? (
        <WindowFacts key={chosen.id} path={path} window={chosen} zone={zone} />
      ) : shifts.answer && days.answer ? (
        <Notice title={words.noData} />
      ) : (
        <Loading />
      )}
      <Signals machine={detail.answer} zone={zone} />
    </>
  );
}

function WindowFacts({ path, window, zone }: { path: string; window: Window; zone: string }) {
  const span = { from: window.from, to: window.to };
  // What is long over changes rarely, and may be large.
  const every = Date.now() - Date.parse(span.to) < DAY_MS ? REFRESH_MS : undefined;
  const timeline = useAsked<Timeline>(`/timeline${query({ machine: path, ...span })}`, every);
  const ledger = useAsked<Ledger>(`/ledger${query({ scope: path, ...span })}`, every);
  const kpis = useAsked<Kpis>(`/kpis${query({ scope: path, ...span })}`, every);
  const [row] = ledger.answer?.rows ?? [];
  const [figures] = kpis.answer?.rows ?? [];
  const error = timeline.error ?? ledger.error ?? kpis.error;
  return (
    <>
      {error ? <Failure error={error} again={timeline.again} /> : null}
      {figures ? <Figures figures={figures.figures} /> : null}
      {timeline.answer ? <TimelineChart timeline={timeline.answer} zone={zone} /> : <Loading />}
      {row ? <LedgerChart row={row} /> : null}
      {Date.parse(span.to) - Date.parse(span.from) > LONG_MS ? <Days path={path} span={span} /> : null}
    </>
  );
}
