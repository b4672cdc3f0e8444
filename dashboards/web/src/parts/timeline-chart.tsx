import { useRef, useState } from 'preact/hooks';
import type { Interval, Timeline } from '../api.ts';
import { clock, date, duration, moment } from '../format.ts';
import { useSpeech } from '../i18n/index.ts';
import { StateBadge } from './state.tsx';
import { DataTable } from './table.tsx';

/** Widths of tick marks to choose from, so that a window gets about eight. */
const TICKS_MS = [
  60_000, 300_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 10_800_000, 21_600_000, 43_200_000, 86_400_000,
];
const DAY_MS = 86_400_000;
const TICKS = 9;

/** A machine's states over a window. The part after `asOf` stays empty: nothing is known of the future. */
export function TimelineChart({ timeline, zone }: { timeline: Timeline; zone: string }) {
  const { words, locale } = useSpeech();
  const box = useRef<HTMLDivElement>(null);
  const [picked, setPicked] = useState<Interval | undefined>();
  const from = Date.parse(timeline.from);
  const to = Date.parse(timeline.to);
  const share = (ms: number): number => ((ms - from) / (to - from)) * 100;
  const fitting = TICKS_MS.find((width) => (to - from) / width <= TICKS);
  const step = fitting ?? Math.ceil((to - from) / TICKS / DAY_MS) * DAY_MS;
  const ticks: number[] = [];
  // Days are counted from the beginning, which is one in the plant's zone; hours are the clock's.
  const first = fitting ? Math.ceil(from / step) * step : from;
  for (let tick = first; tick < to; tick += step) ticks.push(tick);

  const pick = (event: PointerEvent): void => {
    const area = box.current?.getBoundingClientRect();
    if (!area) return;
    const at = from + ((event.clientX - area.left) / area.width) * (to - from);
    setPicked(
      timeline.intervals.find((interval) => Date.parse(interval.from) <= at && at < Date.parse(interval.to)),
    );
  };
  return (
    <section class="card" aria-labelledby="timeline-title">
      <h2 id="timeline-title">{words.timeline}</h2>
      {timeline.intervals.length === 0 ? <p class="muted">{words.noData}</p> : null}
      <div
        class="timeline"
        ref={box}
        onPointerMove={pick}
        onPointerLeave={() => setPicked(undefined)}
        aria-hidden="true"
      >
        {timeline.intervals.map((interval) => {
          const start = share(Date.parse(interval.from));
          return (
            <i
              key={interval.from}
              class={`state-${interval.state}`}
              style={{ left: `${start}%`, width: `${share(Date.parse(interval.to)) - start}%` }}
            />
          );
        })}
        {ticks.map((tick) => (
          <span key={tick} class="tick" style={{ left: `${share(tick)}%` }}>
            {fitting ? clock(tick, locale, zone) : date(tick, locale, zone)}
          </span>
        ))}
      </div>
      <p class="picked" aria-live="polite">
        {picked ? (
          <>
            <StateBadge state={picked.state} reason={picked.reason} /> {moment(picked.from, locale, zone)} →{' '}
            {moment(picked.to, locale, zone)} ·{' '}
            {duration(Date.parse(picked.to) - Date.parse(picked.from), locale)}
          </>
        ) : (
          '\u00a0'
        )}
      </p>
      <DataTable
        name="timeline"
        head={[words.from, words.to, words.state, words.reason, words.duration]}
        rows={timeline.intervals.map((interval) => [
          moment(interval.from, locale, zone),
          moment(interval.to, locale, zone),
          words.states[interval.state],
          interval.reason,
          duration(Date.parse(interval.to) - Date.parse(interval.from), locale),
        ])}
      />
    </section>
  );
}
