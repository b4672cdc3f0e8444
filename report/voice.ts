import { type Numbers, numbersIn } from '../domain/assess/numbers.ts';
import type { Bilingual } from '../domain/assess/register.ts';
import type { Source } from '../domain/assess/rubric.ts';
import type { EpochMs } from '../domain/time.ts';
import { type Html, html } from './html.ts';
import { VERIFICATION_NAMES, WORDS, type Word } from './words.ts';

export type Language = 'zh' | 'en';

/** What stands between words, with the space that belongs to it. */
const MARKS = {
  zh: { colon: '：', comma: '，', semicolon: '；', list: '、', open: '（', close: '）' },
  en: { colon: ': ', comma: ', ', semicolon: '; ', list: ', ', open: ' (', close: ')' },
} as const;

/** How a report says things in its language. */
export interface Voice extends Numbers {
  readonly language: Language;
  readonly marks: (typeof MARKS)[Language];
  word(word: Word): string;
  say(text: Bilingual): string;
  /** A heading in the report's language, with the other one small beside it. */
  heading(text: Bilingual): Html;
  time(at: EpochMs): string;
  day(at: EpochMs): string;
  /** The mark of a number whose source isn't verified; nothing for one that is. */
  mark(source: Source): Html | null;
}

export { NOTHING } from '../domain/assess/numbers.ts';

const LOCALES: Readonly<Record<Language, string>> = { zh: 'zh-CN', en: 'en-GB' };

export function voiceOf(language: Language, zone: string): Voice {
  const locale = LOCALES[language];
  const instant = new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    dateStyle: 'medium',
    timeStyle: 'medium',
  });
  const date = new Intl.DateTimeFormat(locale, { timeZone: zone, dateStyle: 'medium' });
  const say = (text: Bilingual): string => text[language];
  return {
    ...numbersIn(locale, WORDS.percentagePoints[language]),
    language,
    marks: MARKS[language],
    word: (word) => WORDS[word][language],
    say,
    heading: ({ zh, en }) =>
      language === 'zh'
        ? html`${zh} <small lang="en">${en}</small>`
        : html`${en} <small lang="zh-CN">${zh}</small>`,
    time: (at) => instant.format(at),
    day: (at) => date.format(at),
    mark: ({ text, verification }) =>
      verification === 'verified'
        ? null
        : html`<span class="mark" title="${text}">${say(VERIFICATION_NAMES[verification])}</span>`,
  };
}
