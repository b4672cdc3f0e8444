import type { Axis } from './axis.ts';
import type { Calendar } from './marks.ts';
import type { Drawing } from './use-canvas.ts';

const DAY_MS = 86_400_000;

/** Borders of shifts (thin) and production days (strong) across a lane, and the instant that is pointed at. */
export function drawLines(
  { context, palette, width, height, ratio }: Drawing,
  axis: Axis,
  calendar: Calendar,
): void {
  const { view, pointed } = axis;
  const thin = Math.max(1, Math.round(ratio));
  const line = (at: number, colour: string, alpha: number): void => {
    if (at <= view.from || at >= view.to) return;
    context.globalAlpha = alpha;
    context.fillStyle = colour;
    context.fillRect(Math.round(((at - view.from) / (view.to - view.from)) * width), 0, thin, height);
  };
  if (view.to - view.from <= 4 * DAY_MS) {
    for (const { from, to } of calendar.shifts) {
      line(from, palette.ink, 0.4);
      line(to, palette.ink, 0.4);
    }
  }
  for (const { from } of calendar.days) line(from, palette.ink, 0.75);
  if (pointed !== null) line(pointed, palette.ink, 1);
  context.globalAlpha = 1;
}
