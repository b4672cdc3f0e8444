import { useMemo } from 'preact/hooks';
import { doubleOf, type Fraction, fractionText } from '../../../../domain/assess/fraction.ts';
import type { Bilingual } from '../../../../domain/assess/register.ts';
import { type Speech, useSpeech } from '../i18n/index.ts';

export const NOTHING = '–';

/** How numbers and texts of an assessment are said in the page's language. What is missing is a dash, never zero. */
export interface Voice extends Speech {
  say(text: Bilingual): string;
  percent(value: number | null): string;
  /** A value in its unit: ratios as per cent. */
  value(value: number | null, unit: string): string;
  /** `null` where there is nothing to tell: no bounds, or both the same. */
  range(low: number | null, high: number | null, unit: string): string | null;
  /** How far one value lies from another, with its sign; ratios in percentage points. */
  difference(value: number | null, unit: string): string;
  /** A distance between two ratios. */
  percentagePoints(value: number): string;
  /** Points to two decimals, with the exact fraction where that isn't all. */
  points(value: Fraction): string;
  share(value: Fraction): string;
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
  const one = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  const per = new Intl.NumberFormat(locale, { style: 'percent', ...one });
  const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 });
  const short = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const signed = new Intl.NumberFormat(locale, { signDisplay: 'exceptZero', ...one });
  const timeZone = zone ? { timeZone: zone } : {};
  const instant = new Intl.DateTimeFormat(locale, { ...timeZone, dateStyle: 'medium', timeStyle: 'short' });
  const date = new Intl.DateTimeFormat(locale, { ...timeZone, dateStyle: 'medium' });
  const percent = (value: number | null): string => (value === null ? NOTHING : per.format(value));
  const inUnit = (value: number | null, unit: string): string => {
    if (value === null) return NOTHING;
    return unit === '1' ? per.format(value) : `${plain.format(value)} ${unit}`;
  };
  return {
    ...speech,
    say: (text) => text[language],
    percent,
    value: inUnit,
    range: (low, high, unit) =>
      low === null || high === null || low === high ? null : `${inUnit(low, unit)} ~ ${inUnit(high, unit)}`,
    difference: (value, unit) => {
      if (value === null) return NOTHING;
      return unit === '1'
        ? `${signed.format(value * 100)} ${words.assess.percentagePoints}`
        : `${value > 0 ? '+' : ''}${inUnit(value, unit)}`;
    },
    percentagePoints: (value) => `${plain.format(value * 100)} ${words.assess.percentagePoints}`,
    points: (value) => {
      const text = short.format(doubleOf(value));
      return value.denominator === 1n || fractionText(value) === text
        ? text
        : `${text} (${fractionText(value)})`;
    },
    share: (value) => per.format(doubleOf(value)),
    time: (at) => instant.format(new Date(at)),
    day: (at) => date.format(new Date(at)),
  };
}
