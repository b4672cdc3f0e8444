import { useEffect, useRef, useState } from 'preact/hooks';
import type { Interval } from '../api/timeline.ts';
import { useSpeech } from '../i18n/index.ts';
import { type Axis, moved, type View, zoomed } from './axis.ts';
import { drawBand } from './band.ts';
import { listen } from './gestures.ts';
import { drawLines } from './lines.ts';
import type { Calendar } from './marks.ts';
import { indexAt, type Track } from './track.ts';
import { type Drawing, useCanvas } from './use-canvas.ts';

/** How far the arrow keys move, as a share of the view. */
const STEP = 0.2;

/** The states of a view. Moves and zooms by pointer and keyboard; tells which stretch is pointed at and which was picked. */
export function StateLane({
  axis,
  track,
  calendar,
  bright,
  picked,
  pick,
  open,
}: {
  axis: Axis;
  track: Track;
  calendar: Calendar;
  bright: Uint8Array | undefined;
  /** Index of the interval that is picked, or -1. */
  picked: number;
  pick: (index: number) => void;
  /** Opens what was heard in an interval. */
  open: (interval: Interval) => void;
}) {
  const { words } = useSpeech();
  const [mark, setMark] = useState<View | null>(null);
  const lane = useRef<HTMLElement>(null);
  const draw = (drawing: Drawing): void => {
    const { context, palette, width, height, ratio } = drawing;
    const { view } = axis;
    const x = (at: number): number => ((at - view.from) / (view.to - view.from)) * width;
    drawBand(context, palette, {
      track,
      view,
      box: { top: 0, width, height, ratio },
      bright,
      nameOf: (state) => words.states[state],
    });
    drawLines(drawing, axis, calendar);
    const frame = (from: number, to: number, colour: string): void => {
      context.strokeStyle = colour;
      context.lineWidth = 2 * ratio;
      context.strokeRect(x(from), ratio, Math.max(2 * ratio, x(to) - x(from)), height - 2 * ratio);
    };
    if (picked >= 0) frame(track.starts[picked] as number, track.starts[picked + 1] as number, palette.ink);
    if (mark) frame(mark.from, mark.to, palette.accent);
  };
  const canvas = useCanvas(axis, draw, [track, calendar, bright, picked, mark, words]);
  const latest = useRef({ track, pick });
  latest.current = { track, pick };
  useEffect(() => {
    const element = lane.current;
    if (!element) return;
    return listen(element, axis, {
      picked: (at) => latest.current.pick(indexAt(latest.current.track, at)),
      marked: (stretch, done) => {
        setMark(done ? null : stretch);
        if (stretch && done) axis.show(stretch);
      },
    });
  }, [axis]);

  const step = (by: number): void => {
    const middle = (axis.view.from + axis.view.to) / 2;
    const next = picked < 0 ? indexAt(track, middle) : picked + by;
    if (next < 0 || next >= track.codes.length) return;
    pick(next);
    const [from, to] = [track.starts[next] as number, track.starts[next + 1] as number];
    const length = axis.view.to - axis.view.from;
    if (to < axis.view.from || from > axis.view.to) {
      axis.show({ from: (from + to - length) / 2, to: (from + to + length) / 2 });
    }
  };
  const keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => axis.show(moved(axis.view, -STEP * (axis.view.to - axis.view.from), axis.whole)),
    ArrowRight: () => axis.show(moved(axis.view, STEP * (axis.view.to - axis.view.from), axis.whole)),
    '+': () => axis.show(zoomed(axis.view, { at: middleOf(axis.view), factor: 0.5, whole: axis.whole })),
    '=': () => axis.show(zoomed(axis.view, { at: middleOf(axis.view), factor: 0.5, whole: axis.whole })),
    '-': () => axis.show(zoomed(axis.view, { at: middleOf(axis.view), factor: 2, whole: axis.whole })),
    Home: () => axis.show({ ...axis.view, from: axis.whole.from, to: axis.whole.from + lengthOf(axis.view) }),
    End: () => axis.show({ from: axis.whole.to - lengthOf(axis.view), to: axis.whole.to }),
    '0': () => axis.show(axis.whole),
    '[': () => step(-1),
    ']': () => step(1),
    Escape: () => pick(-1),
    Enter: () => {
      const interval = track.intervals[picked];
      if (interval) open(interval);
    },
  };
  return (
    <section
      class="state-lane"
      ref={lane}
      tabIndex={0}
      aria-label={`${words.timeline}: ${words.onMachine.keys}`}
      onKeyDown={(event) => {
        const act = keys[event.key];
        if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        act();
      }}
    >
      <canvas ref={canvas} />
    </section>
  );
}

const middleOf = ({ from, to }: View): number => (from + to) / 2;
const lengthOf = ({ from, to }: View): number => to - from;
