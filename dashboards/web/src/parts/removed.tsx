import { moment } from '../format.ts';
import { fill, useSpeech } from '../i18n/index.ts';

/** Says what of a stretch can't be shown or verified any more, where its raw data is past its retention. */
export function Removed({
  keptSince,
  from,
  zone,
}: {
  /** Observations before it are removed, a whole day at a time; `null`: none is. */
  readonly keptSince: string | null;
  /** When what is shown begins, in ms. */
  readonly from: number;
  readonly zone: string;
}) {
  const { words, locale } = useSpeech();
  const since = Date.parse(keptSince ?? '');
  if (!(since > from)) return null;
  return (
    <p class="muted" role="note">
      {fill(words.rawRemoved, { at: moment(since, locale, zone) })}
    </p>
  );
}
