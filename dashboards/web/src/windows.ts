export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** The stretches of time that are offered relative to the present; the same name is the same time on every view. */
export const NAMED = ['shift', 'last-shift', 'today', 'yesterday', '7d', '30d'] as const;
export type Named = (typeof NAMED)[number];

/** A stretch of time whose figures are shown, in ms; `id` stands in the address. */
export interface Window {
  readonly id: string;
  readonly from: number;
  readonly to: number;
}

const DAYS = /^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$/;
const DAY_OR_SHIFT = /^(\d{4}-\d{2}-\d{2})(?:\.(.+))?$/;

/** Production days, both inclusive, or one shift of one of them. */
export interface DaysAsked {
  readonly first: string;
  readonly last: string;
  readonly shift: string | null;
}

/** The production days that a window's name names: `DAY`, `DAY..DAY` or `DAY.SHIFT`. */
export function daysAsked(asked: string | null): DaysAsked | null {
  const [, first, last] = DAYS.exec(asked ?? '') ?? [];
  if (first && last) return isDay(first) && isDay(last) ? { first, last, shift: null } : null;
  const [, day, shift] = DAY_OR_SHIFT.exec(asked ?? '') ?? [];
  return day && isDay(day) ? { first: day, last: day, shift: shift ?? null } : null;
}

function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  // The 31st of February would be taken for the 3rd of March.
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** `FROM..TO` in ISO 8601 with a time of day; `null`: the window is named otherwise, or has no length. */
export function spanAsked(asked: string | null): Window | null {
  const [from, to, ...more] = asked?.split('..') ?? [];
  if (!asked || !from?.includes('T') || !to?.includes('T') || more.length > 0) return null;
  const span = { id: asked, from: Date.parse(from), to: Date.parse(to) };
  return span.from < span.to ? span : null;
}
