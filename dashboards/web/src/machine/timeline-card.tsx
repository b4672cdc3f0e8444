import { useEffect, useLayoutEffect, useMemo, useState } from 'preact/hooks';
import type { Ledger, MachineDetail, Timeline } from '../api.ts';
import { duration } from '../format.ts';
import { useSpeech } from '../i18n/index.ts';
import { DataTable } from '../parts/table.tsx';
import { useReasonName } from '../plant/use-reason-name.ts';
import { machineSpanAddress, observationsAddress } from '../route.ts';
import type { Window } from '../windows.ts';
import { createAxis, type View } from './axis.ts';
import { instantOf } from './clock.ts';
import { calendarOf } from './marks.ts';
import { Overview } from './overview.tsx';
import { Picked } from './picked.tsx';
import { Pointed } from './pointed.tsx';
import { Ruler } from './ruler.tsx';
import { SignalLanes } from './signal-lanes.tsx';
import { StateLane } from './state-lane.tsx';
import { StateLegend } from './state-legend.tsx';
import type { Stop } from './stop.ts';
import { matching, trackOf } from './track.ts';
import { ZoomBar } from './zoom-bar.tsx';

/** The states of a window on one axis with the trends of its signals. The address keeps what is zoomed into. */
export function TimelineCard({
  machine,
  window,
  timeline,
  shifts,
  zone,
  zoom,
  stop,
  signals,
  go,
}: {
  machine: MachineDetail;
  window: Window;
  timeline: Timeline;
  shifts: Ledger | undefined;
  zone: string;
  zoom: View | null;
  stop: Stop | null;
  signals: readonly string[];
  /** Changes the address. */
  go: (asked: { zoom?: View | null; reason?: null; signals?: readonly string[] }) => void;
}) {
  const { words, locale } = useSpeech();
  const reasonName = useReasonName();
  const [picked, pick] = useState(-1);
  const track = useMemo(() => trackOf(timeline), [timeline]);
  const calendar = useMemo(() => calendarOf(shifts), [shifts]);
  const axis = useMemo(() => createAxis(window, zoom ?? window), [window.from, window.to]);
  const bright = useMemo(() => (stop ? matching(track, stop.state, stop.reason) : undefined), [track, stop]);
  const zoomName = zoom ? `${zoom.from}..${zoom.to}` : '';
  // At once: between a new address and its effect somebody may move on, and would be taken back.
  useLayoutEffect(() => axis.follow(zoom ?? window), [axis, zoomName]);
  useLayoutEffect(
    () =>
      axis.rested((view) => {
        const whole = view.from <= window.from && view.to >= window.to;
        if (whole ? zoom !== null : view.from !== zoom?.from || view.to !== zoom.to)
          go({ zoom: whole ? null : view });
      }),
    [axis, zoomName, go],
  );
  useEffect(() => pick(-1), [window.id]);
  const { path } = machine;
  return (
    <section class="card timeline-card" aria-labelledby="timeline-title">
      <div class="card-head">
        <h2 id="timeline-title">{words.timeline}</h2>
        {/* Its place is kept: the lanes stay where they are when one zooms in. */}
        <a
          class="of-zoom"
          style={{ visibility: zoom ? 'visible' : 'hidden' }}
          href={machineSpanAddress(path, zoom ?? window)}
        >
          {words.onMachine.figuresOfZoom}
        </a>
        <ZoomBar axis={axis} zone={zone} />
      </div>
      {stop ? (
        <p class="filter-note">
          {words.onMachine.pointedOut} <b>{words.states[stop.state]}</b>{' '}
          {stop.reason === null ? words.onMachine.noReason : reasonName(machine.path, stop.reason)}{' '}
          <button type="button" class="small" onClick={() => go({ reason: null })}>
            {words.onMachine.showAll}
          </button>
        </p>
      ) : null}
      <Overview axis={axis} track={track} bright={bright} />
      <Ruler axis={axis} zone={zone} calendar={calendar} />
      <StateLane
        axis={axis}
        track={track}
        calendar={calendar}
        bright={bright}
        picked={picked}
        pick={pick}
        open={({ from, to }) => {
          location.hash = observationsAddress(path, { from: Date.parse(from), to: Date.parse(to) });
        }}
      />
      <Pointed path={path} axis={axis} track={track} zone={zone} />
      <div aria-live="polite">
        <Picked path={path} interval={timeline.intervals[picked]} zone={zone} />
      </div>
      <SignalLanes
        machine={machine}
        axis={axis}
        calendar={calendar}
        zone={zone}
        chosen={signals}
        choose={(chosen) => go({ signals: chosen })}
      />
      <StateLegend axis={axis} track={track} />
      <DataTable
        name={`timeline-${path.replaceAll('/', '-')}`}
        head={[words.from, words.to, words.state, words.reason, words.onMachine.rawWord, words.duration]}
        rows={() =>
          timeline.intervals.map(({ from, to, state, reason, raw }) => [
            instantOf(Date.parse(from), locale, zone),
            instantOf(Date.parse(to), locale, zone),
            words.states[state],
            reason && reasonName(path, reason),
            raw,
            duration(Date.parse(to) - Date.parse(from), locale),
          ])
        }
      />
    </section>
  );
}
