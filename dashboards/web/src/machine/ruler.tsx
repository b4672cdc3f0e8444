import { shiftName } from '../../../../domain/shift-names.ts';
import { useSpeech } from '../i18n/index.ts';
import type { Axis } from './axis.ts';
import { dateOf, minuteOf, secondOf } from './clock.ts';
import type { Calendar, Stretch } from './marks.ts';
import { ticksOf } from './ticks.ts';
import { type Drawing, useCanvas } from './use-canvas.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** The times of the axis, with production days and shifts above them. */
export function Ruler({ axis, zone, calendar }: { axis: Axis; zone: string; calendar: Calendar }) {
  const { locale, language } = useSpeech();
  const draw = ({ context, palette, width, height, ratio }: Drawing): void => {
    const { view } = axis;
    const x = (at: number): number => ((at - view.from) / (view.to - view.from)) * width;
    context.font = `${12 * ratio}px system-ui, "Noto Sans CJK SC", sans-serif`;
    context.textBaseline = 'middle';
    const row = height / 2;
    const put = (stretch: Stretch, colour: string, words: string): void => {
      if (stretch.to <= view.from || stretch.from >= view.to) return;
      const left = Math.max(0, x(stretch.from));
      const room = Math.min(width, x(stretch.to)) - left - 8 * ratio;
      if (stretch.from >= view.from) {
        context.fillStyle = colour;
        context.fillRect(Math.round(x(stretch.from)), 0, Math.max(1, Math.round(ratio)), row);
      }
      context.fillStyle = palette.muted;
      if (context.measureText(words).width <= room) context.fillText(words, left + 5 * ratio, row / 2);
    };
    const long = view.to - view.from > 4 * DAY_MS;
    const shown = long || calendar.shifts.length === 0 ? calendar.days : calendar.shifts;
    for (const stretch of shown) put(stretch, palette.muted, shiftName(stretch.name, language));
    if (!long && calendar.shifts.length > 0) for (const day of calendar.days) put(day, palette.ink, '');

    const { stepMs, ticks } = ticksOf(view, { zone, width: width / ratio, apart: 84 });
    for (const { at, day } of ticks) {
      const left = Math.round(x(at));
      context.fillStyle = day ? palette.ink : palette.line;
      context.fillRect(left, row, Math.max(1, Math.round(ratio)), row * (day ? 1 : 0.45));
      const words =
        day || stepMs >= DAY_MS
          ? dateOf(at, locale, zone)
          : stepMs < MINUTE_MS
            ? secondOf(at, locale, zone)
            : minuteOf(at, locale, zone);
      context.fillStyle = day ? palette.ink : palette.muted;
      if (left + context.measureText(words).width + 5 * ratio < width) {
        context.fillText(words, left + 5 * ratio, row * 1.5);
      }
    }
  };
  return <canvas class="ruler" ref={useCanvas(axis, draw, [calendar, zone, locale, language])} />;
}
