import { type Axis, moved, type View, zoomed } from './axis.ts';

/** Less movement than this is a click, in pixels. */
const CLICK_PX = 4;
const WHEEL = 0.0022;

export interface Gestures {
  /** A place was clicked, not dragged. */
  picked(at: number): void;
  /** A stretch is being marked (`done` false), or was marked; `null`: no longer. */
  marked(stretch: View | null, done: boolean): void;
}

/**
 * Lets an element move its axis: drag moves, wheel and pinch zoom, dragging with shift marks a stretch. The wheel zooms
 * only while the element has the focus or ctrl is held, so that a page can be scrolled past it. Returns the way to stop.
 */
export function listen(element: HTMLElement, axis: Axis, gestures: Gestures): () => void {
  const held = new Map<number, { x: number }>();
  const stop = new AbortController();
  const { signal } = stop;
  let started: { x: number; view: View; marks: boolean } | undefined;
  let pinch: { times: readonly [number, number] } | undefined;
  const timeAt = (x: number, view = axis.view): number => {
    const area = element.getBoundingClientRect();
    return view.from + ((x - area.left) / area.width) * (view.to - view.from);
  };
  const stretch = (x: number): View => {
    const [a, b] = [timeAt(started?.x ?? x), timeAt(x)];
    return { from: Math.min(a, b), to: Math.max(a, b) };
  };

  element.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button !== 0) return;
      element.setPointerCapture(event.pointerId);
      held.set(event.pointerId, { x: event.clientX });
      started = { x: event.clientX, view: axis.view, marks: event.shiftKey };
      const [one, other] = [...held.values()];
      pinch = one && other ? { times: [timeAt(one.x), timeAt(other.x)] } : undefined;
    },
    { signal },
  );
  element.addEventListener(
    'pointermove',
    (event) => {
      axis.point(timeAt(event.clientX));
      const own = held.get(event.pointerId);
      if (!own || !started) return;
      own.x = event.clientX;
      const [one, other] = [...held.values()];
      if (pinch && one && other) {
        const area = element.getBoundingClientRect();
        const [a, b] = pinch.times;
        const perPixel = (b - a) / (other.x - one.x || 1);
        if (perPixel <= 0) return;
        const from = a - (one.x - area.left) * perPixel;
        axis.show({ from, to: from + area.width * perPixel });
      } else if (started.marks) gestures.marked(stretch(event.clientX), false);
      else if (Math.abs(event.clientX - started.x) >= CLICK_PX) {
        axis.show(
          moved(
            started.view,
            timeAt(started.x, started.view) - timeAt(event.clientX, started.view),
            axis.whole,
          ),
        );
      }
    },
    { signal },
  );
  const up = (event: PointerEvent): void => {
    if (!held.delete(event.pointerId) || !started) return;
    const far = Math.abs(event.clientX - started.x) >= CLICK_PX;
    if (started.marks) gestures.marked(far ? stretch(event.clientX) : null, true);
    else if (!far && !pinch) gestures.picked(timeAt(event.clientX));
    if (held.size === 0) {
      started = undefined;
      pinch = undefined;
    }
  };
  element.addEventListener('pointerup', up, { signal });
  element.addEventListener(
    'pointercancel',
    (event) => {
      held.delete(event.pointerId);
      if (started?.marks) gestures.marked(null, true);
      started = undefined;
    },
    { signal },
  );
  element.addEventListener('pointerleave', () => axis.point(null), { signal });
  element.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey && document.activeElement !== element) return;
      event.preventDefault();
      const { view, whole } = axis;
      if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        axis.show(moved(view, (event.deltaX / element.clientWidth) * (view.to - view.from), whole));
      } else {
        const factor = Math.exp(event.deltaY * WHEEL);
        axis.show(zoomed(view, { at: timeAt(event.clientX), factor, whole }));
      }
    },
    { signal, passive: false },
  );
  return () => stop.abort();
}
