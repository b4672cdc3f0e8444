/** The stretch of time that the lanes of a timeline show, in ms. */
export interface View {
  readonly from: number;
  readonly to: number;
}

export const SHORTEST_MS = 60_000;

/** A view that is at least a minute long, no longer than the whole, and inside it. */
export function clamped({ from, to }: View, whole: View): View {
  const length = Math.min(Math.max(to - from, SHORTEST_MS), whole.to - whole.from);
  const middle = (from + to) / 2;
  const start = Math.round(Math.min(Math.max(middle - length / 2, whole.from), whole.to - length));
  return { from: start, to: start + Math.round(length) };
}

/** Longer (`factor` above 1) or shorter, with the instant `at` staying where it is. */
export function zoomed(
  { from, to }: View,
  { at, factor, whole }: { at: number; factor: number; whole: View },
): View {
  const length = Math.min(Math.max((to - from) * factor, SHORTEST_MS), whole.to - whole.from);
  const before = ((at - from) / (to - from)) * length;
  return clamped({ from: at - before, to: at - before + length }, whole);
}

export const moved = ({ from, to }: View, ms: number, whole: View): View =>
  clamped({ from: from + ms, to: to + ms }, whole);

/** What all lanes of one timeline share: where they stand, and which instant is pointed at. */
export interface Axis {
  readonly whole: View;
  readonly view: View;
  /** The instant under the pointer; `null`: none. */
  readonly pointed: number | null;
  /** Shows a view that somebody asked for here, by pointer, key or button. */
  show(view: View): void;
  /** Shows a view that comes from elsewhere, such as the address; what moves here is newer, and stays. */
  follow(view: View): void;
  point(at: number | null): void;
  /** Calls back once a frame at most; returns the way to stop. */
  watch(draw: () => void): () => void;
  /** Calls back when the view has rested for a moment. */
  rested(listener: (view: View) => void): () => void;
}

const REST_MS = 250;

export function createAxis(whole: View, first: View): Axis {
  let view = clamped(first, whole);
  let pointed: number | null = null;
  let waiting = false;
  let moving = false;
  let rest: ReturnType<typeof setTimeout> | undefined;
  const drawers = new Set<() => void>();
  const listeners = new Set<(view: View) => void>();
  const redraw = (): void => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      for (const draw of drawers) draw();
    });
  };
  const to = (next: View): boolean => {
    const fitting = clamped(next, whole);
    if (fitting.from === view.from && fitting.to === view.to) return false;
    view = fitting;
    redraw();
    clearTimeout(rest);
    rest = setTimeout(() => {
      moving = false;
      for (const listener of listeners) listener(view);
    }, REST_MS);
    return true;
  };
  return {
    whole,
    get view() {
      return view;
    },
    get pointed() {
      return pointed;
    },
    show(next) {
      if (to(next)) moving = true;
    },
    follow(next) {
      if (!moving) to(next);
    },
    point(at) {
      if (at === pointed) return;
      pointed = at;
      redraw();
    },
    watch(draw) {
      drawers.add(draw);
      return () => drawers.delete(draw);
    },
    rested(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
