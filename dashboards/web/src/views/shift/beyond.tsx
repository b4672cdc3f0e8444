import { fill, useSpeech } from '../../i18n/index.ts';

/** The class of what stands on the page alone, since paper ends. */
export const beyond = (place: number, printed: number): string | undefined =>
  place < printed ? undefined : 'beyond';

/** On paper: how many more there are; nothing where all are printed. */
export function AndMore({ count, printed }: { readonly count: number; readonly printed: number }) {
  const { words } = useSpeech();
  return count > printed ? (
    <p class="and-more">{fill(words.shiftReport.more, { count: count - printed })}</p>
  ) : null;
}
