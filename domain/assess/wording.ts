import type { Held } from './findings/conditions.ts';
import type { Instrument } from './findings/instrument.ts';
import { doubleOf, type Fraction, fractionText } from './fraction.ts';
import type { Bilingual } from './register.ts';
import type { Condition } from './rubric.ts';
import { flagsText, percent, valueText } from './words.ts';

const SCORE_DECIMALS = 4;

/** A score's share of its highest. */
export const shareText = (share: Fraction): string => String(Number(doubleOf(share).toFixed(SCORE_DECIMALS)));

export const pointsText = (points: Fraction): Bilingual => ({
  zh: `${fractionText(points)} 分`,
  en: `${fractionText(points)} ${fractionText(points) === '1' ? 'point' : 'points'}`,
});

/** Texts one after another, in each language with its own mark. */
export const joined = (texts: readonly Bilingual[]): Bilingual => ({
  zh: texts.map(({ zh }) => zh).join('；'),
  en: texts.map(({ en }) => en).join('; '),
});

/** From one to the other; once where both read the same. */
export const arrow = (before: Bilingual, after: Bilingual): Bilingual => ({
  zh: before.zh === after.zh ? after.zh : `${before.zh} → ${after.zh}`,
  en: before.en === after.en ? after.en : `${before.en} → ${after.en}`,
});

/** What an instrument shows: value and bounds, or why there is none. */
export function instrumentText({ name, unit, measured }: Instrument): Bilingual {
  const { value, low, high, coverage, notAssessable, flags } = measured;
  if (value === null) {
    const why = flagsText(flags);
    return {
      zh: `${name.zh}无数值${why.zh && `（${why.zh}）`}`,
      en: `${name.en} has no value${why.en && ` (${why.en})`}`,
    };
  }
  const shownValue = valueText(value, unit);
  const between = low !== null &&
    high !== null &&
    low !== high && [valueText(low, unit), valueText(high, unit)];
  const shown: Bilingual = {
    zh: `${name.zh} ${shownValue.zh}${between ? `（${between.map(({ zh }) => zh).join(' 至 ')}）` : ''}`,
    en: `${name.en} ${shownValue.en}${between ? ` (${between.map(({ en }) => en).join(' to ')})` : ''}`,
  };
  if (!notAssessable) return shown;
  const share = coverage === null ? '' : ` ${percent(coverage)}`;
  return {
    zh: `${shown.zh}，数据覆盖率${share}不足，不予评价`,
    en: `${shown.en}, of which too little is known to judge by: data coverage${share}`,
  };
}

/** What a condition asks for. */
export function limitText(
  { atLeast, atMost }: Pick<Condition, 'atLeast' | 'atMost'>,
  unit: string,
): Bilingual {
  const limit = valueText(atLeast ?? (atMost as number), unit);
  return atLeast !== null
    ? { zh: `要求不低于 ${limit.zh}`, en: `${limit.en} or more is asked for` }
    : { zh: `要求不高于 ${limit.zh}`, en: `${limit.en} or less is asked for` };
}

/** A condition with what was found; a value that reads like its limit and isn't is written out. */
export function heldText({ condition, instrument }: Pick<Held, 'condition' | 'instrument'>): Bilingual {
  const { unit, measured } = instrument;
  const limit = condition.atLeast ?? (condition.atMost as number);
  const { value } = measured;
  const alike = value !== null && value !== limit && valueText(value, unit).en === valueText(limit, unit).en;
  const exactly = alike ? { zh: `（即 ${value}）`, en: ` (exactly ${value})` } : { zh: '', en: '' };
  const found = instrumentText(instrument);
  const asked = limitText(condition, unit);
  return { zh: `${found.zh}${exactly.zh}，${asked.zh}`, en: `${found.en}${exactly.en}; ${asked.en}` };
}
