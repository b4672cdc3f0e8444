import { calendarPieces, localHours, productionDays } from '../domain/calendar.ts';
import { withoutShifts } from '../domain/calendar-rules.ts';
import type { Site } from '../domain/plant.ts';
import { type EpochMs, intersect, type Span } from '../domain/time.ts';

const DAY_MS = 86_400_000;
/** Whole cells that a window may cut are looked for this far outside it. */
const MARGIN_MS = 2 * DAY_MS;

/** One run of a shift, with the production day it belongs to. */
export type ShiftInstance = Span & { readonly shift: string; readonly day: string };

/** Where a site's calendar can cut time; each list ascending. */
export interface Cuts {
  readonly days: readonly (Span & { readonly day: string })[];
  readonly hours: readonly Span[];
  readonly shifts: readonly ShiftInstance[];
}

/** The cuts of a window and a margin around it; hours and days in `zone`. */
export function cutsOf(site: Site, window: Span, zone: string): Cuts {
  const wide = { from: window.from - MARGIN_MS, to: window.to + MARGIN_MS };
  const zoned = zone === site.zone ? site : { path: site.path, zone, ...withoutShifts(site) };
  return {
    days: productionDays(zoned, wide),
    hours: localHours(zoned, wide),
    shifts: shiftInstances(site, wide),
  };
}

/** The pieces of the calendar, put together to shift instances. */
export function shiftInstances(site: Site, span: Span): readonly ShiftInstance[] {
  const instances: { from: EpochMs; to: EpochMs; shift: string; day: string }[] = [];
  for (const { from, to, shift, day } of calendarPieces(site, span)) {
    const last = instances.at(-1);
    if (shift === null) continue;
    if (last && last.to === from && last.shift === shift && last.day === day) last.to = to;
    else instances.push({ from, to, shift, day });
  }
  return instances;
}

/** The index of the first of ascending spans that begins at an instant or later. */
export function firstIndexFrom(spans: readonly Span[], at: EpochMs): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((spans[middle] as Span).from < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The span that holds an instant, of ascending spans. */
export function spanAt<S extends Span>(spans: readonly S[], at: EpochMs): S | undefined {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((spans[middle] as S).to <= at) low = middle + 1;
    else high = middle;
  }
  const span = spans[low];
  return span && intersect(span, { from: at, to: at + 1 }) ? span : undefined;
}
