import { useCallback, useMemo } from 'preact/hooks';
import {
  type Kpis,
  type Ledger,
  type Losses,
  type MachineDetail,
  query,
  type Reasons,
  type Timeline,
} from '../api.ts';
import { moment } from '../format.ts';
import { useSpeech } from '../i18n/index.ts';
import { LedgerChart } from '../parts/ledger-chart.tsx';
import { Failure, Loading, Notice } from '../parts/notice.tsx';
import { Removed } from '../parts/removed.tsx';
import { WorkCard } from '../parts/work-card.tsx';
import { type MachineQuestion, machineAddress, machineSpanAddress } from '../route.ts';
import { useAsked } from '../use-asked.ts';
import { spanAsked, type Window } from '../windows.ts';
import { AllFigures } from './all-figures.tsx';
import type { View } from './axis.ts';
import { Factors } from './factors.tsx';
import { Pareto } from './pareto.tsx';
import { PeriodsTable } from './periods-table.tsx';
import { Proof } from './proof.tsx';
import { stopAsked, stopName } from './stop.ts';
import { TimelineCard } from './timeline-card.tsx';
import { Waterfall } from './waterfall.tsx';

const DAY_MS = 86_400_000;
const REFRESH_MS = 10_000;
const RARE_MS = 60_000;

/** How often a window is asked for again: what is long over changes rarely, and what is long may be large. */
function refreshOf({ from, to }: Window, now: number): number | undefined {
  if (now - to > DAY_MS) return undefined;
  return to - from > 2 * DAY_MS ? RARE_MS : REFRESH_MS;
}

/** Everything about one machine in one window. */
export function WindowFacts({
  machine,
  window,
  asked,
  go,
  zone,
  now,
}: {
  machine: MachineDetail;
  window: Window;
  asked: MachineQuestion;
  go: (change: Partial<MachineQuestion>) => void;
  zone: string;
  now: number;
}) {
  const { path } = machine;
  const future = window.from > now + RARE_MS;
  const every = refreshOf(window, now);
  const span = { from: window.from, to: window.to };
  const on = <T extends string>(address: T): T | null => (future ? null : address);
  const timeline = useAsked<Timeline>(on(`/timeline${query({ machine: path, ...span })}`), every);
  const shifts = useAsked<Ledger>(on(`/ledger${query({ scope: path, ...span, by: 'day,shift' })}`), every);
  const ledger = useAsked<Ledger>(on(`/ledger${query({ scope: path, ...span })}`), every);
  const kpis = useAsked<Kpis>(on(`/kpis${query({ scope: path, ...span })}`), every);
  const losses = useAsked<Losses>(on(`/losses${query({ scope: path, ...span })}`), every);
  const reasons = useAsked<Reasons>(on(`/reasons${query({ scope: path, ...span })}`), every);
  const parts = [timeline, shifts, ledger, kpis, losses, reasons];
  const failed = parts.find(({ error }) => error)?.error;
  const zoom = useMemo((): View | null => zoomOf(asked.zoom, window), [asked.zoom, window.from, window.to]);
  const stop = useMemo(() => stopAsked(asked.reason), [asked.reason]);
  const move = useCallback(
    (change: { zoom?: View | null; reason?: null; signals?: readonly string[] }) => {
      const { zoom: view, signals } = change;
      go({
        ...('reason' in change ? { reason: null } : {}),
        ...(signals ? { signals: signals.join(',') || null } : {}),
        ...(view === undefined ? {} : { zoom: view && `${iso(view.from)}..${iso(view.to)}` }),
      });
    },
    [go],
  );
  if (future) return <Future machine={machine} />;
  const [row] = ledger.answer?.rows ?? [];
  const [figures] = kpis.answer?.rows ?? [];
  const [lossRow] = losses.answer?.rows ?? [];
  const [reasonRow] = reasons.answer?.rows ?? [];
  // Where no count was ever heard there were not no pieces: nothing is known of them.
  const counted = machine.signals.some((signal) => signal.name === 'count');
  const name = `${path.replaceAll('/', '-')}-${window.id.replaceAll(/[:.]/g, '')}`;
  return (
    <>
      {failed ? (
        <Failure
          error={failed}
          again={() => {
            for (const part of parts) part.again();
          }}
        />
      ) : null}
      {timeline.answer ? <Silent machine={machine} timeline={timeline.answer} zone={zone} /> : null}
      {timeline.answer ? (
        <Removed keptSince={timeline.answer.keptSince} from={window.from} zone={zone} />
      ) : null}
      {figures ? <Factors figures={figures.figures} /> : null}
      {figures ? <AllFigures figures={figures.figures} file={`figures-${name}`} /> : null}
      {/* Below the figures, and so not before them: it would move away from under the pointer. */}
      {timeline.answer && (kpis.answer || kpis.error) ? (
        <TimelineCard
          machine={machine}
          window={window}
          timeline={timeline.answer}
          shifts={shifts.answer}
          zone={zone}
          zoom={zoom}
          stop={stop}
          signals={asked.signals?.split(',') ?? []}
          go={move}
        />
      ) : failed ? null : (
        <Loading />
      )}
      <div class="two-columns">
        {lossRow ? (
          <Waterfall row={lossRow} file={`losses-${name}`} asked={query({ scope: path, ...span })} />
        ) : null}
        {reasonRow ? (
          <Pareto
            path={machine.path}
            reasons={reasonRow.reasons}
            stop={stop}
            pointOut={(next) => go({ reason: next && stopName(next) })}
            file={`reasons-${name}`}
          />
        ) : null}
        {row ? (
          <div class="stack">
            <LedgerChart row={row} />
            <Proof row={row} counted={counted} scope={path} zone={zone} />
          </div>
        ) : null}
      </div>
      <PeriodsTable path={path} window={window} counted={counted} everyMs={every} />
      <WorkCard scope={path} from={window.from} to={window.to} thing={`${path} ${window.id}`} />
    </>
  );
}

const iso = (ms: number): string => new Date(ms).toISOString();

/** What the address zooms into, as far as it lies in the window; `null`: all of it. */
function zoomOf(asked: string | null, window: Window): View | null {
  const span = spanAsked(asked);
  if (!span || span.to <= window.from || span.from >= window.to) return null;
  return { from: Math.max(span.from, window.from), to: Math.min(span.to, window.to) };
}

function Future({ machine }: { machine: MachineDetail }) {
  const { words } = useSpeech();
  return (
    <Notice title={words.onMachine.future}>
      <p>{words.onMachine.futureHint}</p>
      <a href={machineAddress(machine.path)}>{words.onMachine.toLatest}</a>
    </Notice>
  );
}

/** Says what a timeline without any known state means, and where to look instead. */
function Silent({ machine, timeline, zone }: { machine: MachineDetail; timeline: Timeline; zone: string }) {
  const { words, locale } = useSpeech();
  if (timeline.intervals.some(({ state, raw }) => state !== 'unknown' || raw !== null)) return null;
  const { lastHeard, path } = machine;
  const heard = lastHeard === null ? null : Date.parse(lastHeard);
  return (
    <p class="stale-banner" role="status">
      {heard === null ? (
        words.onMachine.neverHeard
      ) : (
        <>
          {words.onMachine.allUnknown} {words.lastHeard} {moment(heard, locale, zone)}.{' '}
          <a href={machineSpanAddress(path, { from: heard - DAY_MS, to: heard + 60_000 })}>
            {words.onMachine.toLastHeard}
          </a>
        </>
      )}
    </p>
  );
}
