import { useMemo } from 'preact/hooks';
import { type Numbers, numbersIn } from '../../../../domain/assess/numbers.ts';
import type { Bilingual } from '../../../../domain/assess/register.ts';
import { type Speech, useSpeech } from '../i18n/index.ts';

export { NOTHING } from '../../../../domain/assess/numbers.ts';

/** How numbers and texts of an assessment are said in the page's language. */
export interface Voice extends Speech, Numbers {
  say(text: Bilingual): string;
  /** In the pilot's zone. */
  time(at: number | string): string;
  day(at: number | string): string;
}

/** `zone`: IANA name that times are meant in; absent: the reader's own. */
export function useVoice(zone?: string): Voice {
  const speech = useSpeech();
  return useMemo(() => voiceIn(speech, zone), [speech, zone]);
}

export function voiceIn(speech: Speech, zone?: string): Voice {
  const { locale, language, words } = speech;
  const timeZone = zone ? { timeZone: zone } : {};
  const instant = new Intl.DateTimeFormat(locale, { ...timeZone, dateStyle: 'medium', timeStyle: 'short' });
  const date = new Intl.DateTimeFormat(locale, { ...timeZone, dateStyle: 'medium' });
  return {
    ...speech,
    ...numbersIn(locale, words.assess.percentagePoints),
    say: (text) => text[language],
    time: (at) => instant.format(new Date(at)),
    day: (at) => date.format(new Date(at)),
  };
}
