import type { Stop } from './answers.ts';

/**
 * From when on something can be said of a stop: from its begin, or from where raw data begins that its figures can be made
 * anew of. `null`: of no part of it.
 */
export function editableFrom(
  { from, to, open }: Pick<Stop, 'from' | 'to' | 'open'>,
  since: string | null,
): string | null {
  if (since === null || Date.parse(from) >= Date.parse(since)) return from;
  return open || Date.parse(since) < Date.parse(to) ? since : null;
}
