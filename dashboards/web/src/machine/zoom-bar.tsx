import { useEffect, useState } from 'preact/hooks';
import { duration } from '../format.ts';
import { useSpeech } from '../i18n/index.ts';
import { type Axis, moved, zoomed } from './axis.ts';
import { amountOf, instantOf } from './clock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const LENGTHS = [
  [1, 'minute', MINUTE],
  [10, 'minute', 10 * MINUTE],
  [1, 'hour', HOUR],
  [8, 'hour', 8 * HOUR],
  [1, 'day', DAY],
  [7, 'day', 7 * DAY],
] as const;

/** Buttons for what gestures do, and where the timeline stands. */
export function ZoomBar({ axis, zone }: { axis: Axis; zone: string }) {
  const { words, locale } = useSpeech();
  const [view, setView] = useState(axis.view);
  useEffect(() => {
    setView(axis.view);
    return axis.watch(() => setView(axis.view));
  }, [axis]);
  const { whole } = axis;
  const length = view.to - view.from;
  const at = (view.from + view.to) / 2;
  const all = length >= whole.to - whole.from;
  const press = (label: string, sign: string, act: () => void, off = false) => (
    <button type="button" class="small" aria-label={label} title={label} disabled={off} onClick={act}>
      {sign}
    </button>
  );
  return (
    <div class="zoom-bar">
      <span class="muted zoom-span">
        {instantOf(view.from, locale, zone)} – {instantOf(view.to, locale, zone)} · {duration(length, locale)}
      </span>
      {press(
        words.onMachine.earlier,
        '←',
        () => axis.show(moved(view, -length / 2, whole)),
        view.from <= whole.from,
      )}
      {press(
        words.onMachine.later,
        '→',
        () => axis.show(moved(view, length / 2, whole)),
        view.to >= whole.to,
      )}
      {press(words.onMachine.zoomOut, '−', () => axis.show(zoomed(view, { at, factor: 2, whole })), all)}
      {press(
        words.onMachine.zoomIn,
        '+',
        () => axis.show(zoomed(view, { at, factor: 0.5, whole })),
        length <= MINUTE,
      )}
      {LENGTHS.filter(([, , ms]) => ms < whole.to - whole.from).map(([amount, unit, ms]) => (
        <button
          key={ms}
          type="button"
          class="small"
          onClick={() => axis.show({ from: at - ms / 2, to: at + ms / 2 })}
        >
          {amountOf(amount, unit, locale)}
        </button>
      ))}
      <button
        type="button"
        class="small"
        disabled={all}
        title={words.onMachine.wholeWindow}
        onClick={() => axis.show(whole)}
      >
        {words.onMachine.wholeShort}
      </button>
    </div>
  );
}
