import { useEffect, useState } from 'preact/hooks';
import { duration } from '../format.ts';
import { useSpeech } from '../i18n/index.ts';
import { StateBadge } from '../parts/state.tsx';
import type { Axis } from './axis.ts';
import { instantOf } from './clock.ts';
import { BINS, columnsOf, STACK } from './columns.ts';
import { indexAt, type Track } from './track.ts';

/** What is under the pointer: the stretch, or all states that share the pixel. */
export function Pointed({
  path,
  axis,
  track,
  zone,
}: {
  path: string;
  axis: Axis;
  track: Track;
  zone: string;
}) {
  const { words, locale } = useSpeech();
  const [, turn] = useState(0);
  useEffect(() => axis.watch(() => turn((count) => count + 1)), [axis]);
  const { pointed, view } = axis;
  if (pointed === null) return <p class="pointed">&nbsp;</p>;
  const pixelMs = (view.to - view.from) / Math.max(1, innerWidth);
  const mix = columnsOf(track, { from: pointed - pixelMs / 2, to: pointed + pixelMs / 2 }, 1);
  const held = STACK.map((state, place) => ({ state, ms: mix[place % BINS] as number }))
    .filter(({ ms }) => ms > 0)
    .sort((a, b) => b.ms - a.ms);
  const interval = track.intervals[indexAt(track, pointed)];
  return (
    <p class="pointed">
      <span class="muted">{instantOf(pointed, locale, zone)}</span>{' '}
      {held.length > 1 ? (
        held.map(({ state, ms }) => (
          <span key={state}>
            <StateBadge state={state} /> {duration(ms, locale)}{' '}
          </span>
        ))
      ) : interval ? (
        <>
          <StateBadge path={path} state={interval.state} reason={interval.reason} />{' '}
          {duration(Date.parse(interval.to) - Date.parse(interval.from), locale)}
        </>
      ) : (
        <span class="muted">{words.onMachine.notYet}</span>
      )}
    </p>
  );
}
