import { doubleOf, type Fraction, fractionText } from '../domain/assess/fraction.ts';
import type { Bilingual } from '../domain/assess/register.ts';
import type { Source } from '../domain/assess/rubric.ts';
import type { EpochMs } from '../domain/time.ts';
import { type Html, html } from './html.ts';
import { VERIFICATION_NAMES, WORDS, type Word } from './words.ts';

export type Language = 'zh' | 'en';

/** How a report says things in its language. Numbers that are missing are a dash, never zero. */
export interface Voice {
  readonly language: Language;
  word(word: Word): string;
  say(text: Bilingual): string;
  /** A heading in the report's language, with the other one small beside it. */
  heading(text: Bilingual): Html;
  percent(value: number | null): string;
  /** A value in its unit: ratios as per cent. */
  value(value: number | null, unit: string): string;
  /** `null` where there is nothing to tell: no bounds, or both the same. */
  range(low: number | null, high: number | null, unit: string): string | null;
  /** How far one value lies from another, with its sign; ratios in percentage points. */
  difference(value: number | null, unit: string): string;
  points(value: Fraction): string;
  share(value: Fraction): string;
  time(at: EpochMs): string;
  day(at: EpochMs): string;
  /** The mark of a number whose source isn't verified; nothing for one that is. */
  mark(source: Source): Html | null;
}

export const NOTHING = '–';
const LOCALES: Readonly<Record<Language, string>> = { zh: 'zh-CN', en: 'en-GB' };

export function voiceOf(language: Language, zone: string): Voice {
  const locale = LOCALES[language];
  const per = new Intl.NumberFormat(locale, {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 });
  const short = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const signed = new Intl.NumberFormat(locale, {
    signDisplay: 'exceptZero',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const instant = new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    dateStyle: 'medium',
    timeStyle: 'medium',
  });
  const date = new Intl.DateTimeFormat(locale, { timeZone: zone, dateStyle: 'medium' });
  const say = (text: Bilingual): string => text[language];
  const percent = (value: number | null): string => (value === null ? NOTHING : per.format(value));
  const inUnit = (value: number | null, unit: string): string => {
    if (value === null) return NOTHING;
    return unit === '1' ? per.format(value) : `${plain.format(value)} ${unit}`;
  };
  return {
    language,
    word: (word) => WORDS[word][language],
    say,
    heading: ({ zh, en }) =>
      language === 'zh'
        ? html`${zh} <small lang="en">${en}</small>`
        : html`${en} <small lang="zh-CN">${zh}</small>`,
    percent,
    value: inUnit,
    range: (low, high, unit) =>
      low === null || high === null || low === high ? null : `${inUnit(low, unit)} ~ ${inUnit(high, unit)}`,
    difference: (value, unit) => {
      if (value === null) return NOTHING;
      return unit === '1'
        ? `${signed.format(value * 100)} ${WORDS.percentagePoints[language]}`
        : `${value > 0 ? '+' : ''}${inUnit(value, unit)}`;
    },
    points: (value) => {
      const text = short.format(doubleOf(value));
      return value.denominator === 1n || fractionText(value) === text
        ? text
        : `${text} (${fractionText(value)})`;
    },
    share: (value) => per.format(doubleOf(value)),
    time: (at) => instant.format(at),
    day: (at) => date.format(at),
    mark: ({ text, verification }) =>
      verification === 'verified'
        ? null
        : html`<span class="mark" title="${text}">${say(VERIFICATION_NAMES[verification])}</span>`,
  };
}
