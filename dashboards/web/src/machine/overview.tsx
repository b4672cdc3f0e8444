import { useEffect, useRef } from 'preact/hooks';
import type { Axis } from './axis.ts';
import { drawBand } from './band.ts';
import type { Track } from './track.ts';
import { type Drawing, useCanvas } from './use-canvas.ts';

/** The whole window in small, with the part that is shown framed; a drag here chooses another. */
export function Overview({
  axis,
  track,
  bright,
}: {
  axis: Axis;
  track: Track;
  bright: Uint8Array | undefined;
}) {
  const { whole } = axis;
  const drawn = useRef<{ needs: readonly unknown[]; picture: HTMLCanvasElement } | null>(null);
  const draw = ({ context, palette, width, height, ratio }: Drawing): void => {
    // The whole stays as it is while the view moves.
    const needs = [track, bright, palette, width, height];
    if (!drawn.current || needs.some((need, place) => need !== drawn.current?.needs[place])) {
      const picture = drawn.current?.picture ?? document.createElement('canvas');
      picture.width = width;
      picture.height = height;
      const own = picture.getContext('2d');
      if (own) drawBand(own, palette, { track, view: whole, box: { top: 0, width, height, ratio }, bright });
      drawn.current = { needs, picture };
    }
    context.drawImage(drawn.current.picture, 0, 0);
    const x = (at: number): number => Math.round(((at - whole.from) / (whole.to - whole.from)) * width);
    const [left, right] = [x(axis.view.from), Math.max(x(axis.view.to), x(axis.view.from) + 2)];
    context.globalAlpha = 0.62;
    context.fillStyle = palette.card;
    context.fillRect(0, 0, left, height);
    context.fillRect(right, 0, width - right, height);
    context.globalAlpha = 1;
    context.strokeStyle = palette.ink;
    context.lineWidth = 2 * ratio;
    context.strokeRect(left + ratio, ratio, Math.max(ratio, right - left - 2 * ratio), height - 2 * ratio);
  };
  const canvas = useCanvas(axis, draw, [track, bright]);
  const started = useRef<number | null>(null);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const stop = new AbortController();
    const { signal } = stop;
    const timeAt = (x: number): number => {
      const area = element.getBoundingClientRect();
      return whole.from + ((x - area.left) / area.width) * (whole.to - whole.from);
    };
    element.addEventListener(
      'pointerdown',
      (event) => {
        element.setPointerCapture(event.pointerId);
        started.current = timeAt(event.clientX);
      },
      { signal },
    );
    element.addEventListener(
      'pointermove',
      (event) => {
        if (started.current === null) return;
        const at = timeAt(event.clientX);
        axis.show({ from: Math.min(started.current, at), to: Math.max(started.current, at) });
      },
      { signal },
    );
    element.addEventListener(
      'pointerup',
      (event) => {
        const at = timeAt(event.clientX);
        const length = axis.view.to - axis.view.from;
        // A click moves there.
        if (started.current !== null && Math.abs(at - started.current) < (whole.to - whole.from) / 300) {
          axis.show({ from: at - length / 2, to: at + length / 2 });
        }
        started.current = null;
      },
      { signal },
    );
    return () => stop.abort();
  }, [axis]);
  return (
    <div class="overview-box" aria-hidden="true">
      <canvas class="overview" ref={canvas} />
    </div>
  );
}
