import type { Ledger } from '../api/ledger.ts';
import type { View } from './axis.ts';

/** A shift or production day as the ledger cut it. */
export interface Stretch extends View {
  readonly name: string;
}

/** What the calendar says of a window. */
export interface Calendar {
  readonly days: readonly Stretch[];
  readonly shifts: readonly Stretch[];
}

/** Out of a ledger by day and shift. Time outside every shift has no name and no borders of its own. */
export function calendarOf(ledger: Ledger | undefined): Calendar {
  const days = new Map<string, Stretch>();
  const shifts: Stretch[] = [];
  for (const { key, from, to } of ledger?.rows ?? []) {
    const span = { from: Date.parse(from), to: Date.parse(to) };
    if (key.day !== undefined) {
      const known = days.get(key.day) ?? { ...span, name: key.day };
      days.set(key.day, {
        name: key.day,
        from: Math.min(known.from, span.from),
        to: Math.max(known.to, span.to),
      });
    }
    if (key.shift) shifts.push({ ...span, name: key.shift });
  }
  const byStart = (a: Stretch, b: Stretch): number => a.from - b.from;
  return { days: [...days.values()].sort(byStart), shifts: shifts.sort(byStart) };
}
