import type { Ledger, LedgerRow, TimeClass } from '../api.ts';
import { DAY_MS, type Named, type Window } from '../windows.ts';
import { LOSS_CLASSES } from './losses.ts';

/** Of the named stretches, those that a line is looked at over: two of each must fit into what is asked for. */
export const LINE_WINDOWS = ['shift', 'today', 'yesterday', '7d'] as const satisfies readonly Named[];
export const COMPARISONS = ['week', 'day'] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** A stretch without any of these has nothing to look at: what was planned of it is known of the future, too. */
const KNOWN: readonly TimeClass[] = [...LOSS_CLASSES, 'running', 'extra'];
export const hasData = ({ ms }: Pick<LedgerRow, 'ms'>): boolean => KNOWN.some((name) => ms[name] > 0);

/** Days that the windows are made from: seven, the seven before them, and the ends. */
export const DAYS_ASKED = 17;

export interface Stretch {
  readonly from: string;
  readonly to: string;
}

export interface ChosenWindow extends Stretch {
  /** As it stands in the address. */
  readonly id: string;
  /** It isn't over yet; `to` is the present. */
  readonly running: boolean;
  /** The same hours a week or a day before; absent: not known. */
  readonly before: Partial<Readonly<Record<Comparison, Stretch>>>;
}

export interface Periods {
  /** Rows by day, and by day and shift, of one site; the first ones may be cut by the question. */
  readonly days: Ledger;
  readonly shifts: Ledger;
  readonly askedFrom: number;
}

/** The windows there are: those that are relative to the present, and every known day and shift by its name. */
export function lineWindows({ days, shifts, askedFrom }: Periods): ReadonlyMap<string, ChosenWindow> {
  const whole = (row: LedgerRow): boolean => Date.parse(row.from) > askedFrom;
  const dayRows = days.rows.filter(whole).toSorted(byTime);
  const shiftRows = shifts.rows.filter((row) => whole(row) && row.key.shift).toSorted(byTime);
  const asOf = days.asOf;
  const windowOf = (id: string, row: LedgerRow, others: readonly LedgerRow[]): ChosenWindow => {
    const running = row.to >= asOf;
    return {
      id,
      from: row.from,
      to: row.to,
      running,
      before: {
        ...sameBefore(row, others, { days: 7, running, name: 'week' }),
        ...sameBefore(row, others, { days: 1, running, name: 'day' }),
      },
    };
  };
  const windows = new Map<string, ChosenWindow>();
  const shift = shiftRows.at(-1);
  const today = dayRows.at(-1);
  const yesterday = dayRows.at(-2);
  if (shift) windows.set('shift', windowOf('shift', shift, shiftRows));
  if (today) windows.set('today', windowOf('today', today, dayRows));
  if (yesterday) windows.set('yesterday', windowOf('yesterday', yesterday, dayRows));
  const week = sevenDays(dayRows, asOf);
  if (week) windows.set('7d', week);
  for (const row of dayRows) windows.set(`${row.key.day}`, windowOf(`${row.key.day}`, row, dayRows));
  for (const row of shiftRows) {
    const id = `${row.key.day}.${row.key.shift}`;
    windows.set(id, windowOf(id, row, shiftRows));
  }
  return windows;
}

/** A stretch that the address gives by its ends, against the same hours before. */
export function windowBetween({ id, from, to }: Window, asOf: number): ChosenWindow {
  const earlier = (ms: number): Stretch => ({ from: iso(from - ms), to: iso(to - ms) });
  const before = { week: earlier(7 * DAY_MS), day: earlier(DAY_MS) };
  return { id, from: iso(from), to: iso(to), running: to > asOf, before };
}

const iso = (ms: number): string => new Date(ms).toISOString();
const byTime = (a: LedgerRow, b: LedgerRow): number => (a.from < b.from ? -1 : 1);

/** The row of so many calendar days before; of a row that runs, as much of it as has passed. */
function sameBefore(
  row: LedgerRow,
  others: readonly LedgerRow[],
  { days, running, name }: { readonly days: number; readonly running: boolean; readonly name: Comparison },
): Partial<Record<Comparison, Stretch>> {
  const day = daysBefore(row.key.day ?? '', days);
  const same = others.find(({ key }) => key.day === day && key.shift === row.key.shift);
  if (!same) return {};
  const passed = Date.parse(same.from) + Date.parse(row.to) - Date.parse(row.from);
  const to = running ? new Date(Math.min(passed, Date.parse(same.to))).toISOString() : same.to;
  return { [name]: { from: same.from, to } };
}

/** Today and the six days before it, against the same hours a week before. */
function sevenDays(days: readonly LedgerRow[], asOf: string): ChosenWindow | undefined {
  const [first, today] = [days.at(-7), days.at(-1)];
  if (!first || !today) return undefined;
  const running = today.to >= asOf;
  const begin = days.find(({ key }) => key.day === daysBefore(first.key.day ?? '', 7));
  const { week } = sameBefore(today, days, { days: 7, running, name: 'week' });
  const before = begin && week ? { week: { from: begin.from, to: week.to } } : {};
  return { id: '7d', from: first.from, to: today.to, running, before };
}

function daysBefore(day: string, days: number): string {
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) ? '' : new Date(at - days * DAY_MS).toISOString().slice(0, 10);
}
