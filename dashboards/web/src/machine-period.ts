import { moment } from './format.ts';

/** A stretch of time that an address names by its ends, e.g. the period of an assessment. */
export interface Period {
  readonly id: string;
  readonly label: string;
  readonly from: string;
  readonly to: string;
}

/** `FROM..TO`, both ISO 8601; `null`: the window is named otherwise, or has no length. */
export function periodAsked(window: string | null, locale: string, zone: string): Period | null {
  const [from, to, ...more] = window?.split('..') ?? [];
  if (window === null || !from || !to || more.length > 0 || !(Date.parse(from) < Date.parse(to))) return null;
  return { id: window, label: `${moment(from, locale, zone)} ~ ${moment(to, locale, zone)}`, from, to };
}
