import { doubleOf, type Fraction, fractionText } from './fraction.ts';
import { unitName } from './unit-names.ts';

/** How numbers are written in a language, the same on the page and in print. What is missing is a dash, never zero. */
export interface Numbers {
  /** To one decimal; what isn't nothing and isn't the whole never reads as if it were. */
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
}

export const NOTHING = '–';
const LEAST = 0.001;
const MOST = 0.999;

/** `pointsWord`: percentage points, in the language. */
export function numbersIn(locale: string, pointsWord: string): Numbers {
  const one = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  const per = new Intl.NumberFormat(locale, { style: 'percent', ...one });
  const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 });
  const short = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const signed = new Intl.NumberFormat(locale, { signDisplay: 'exceptZero', ...one });
  const language = locale.startsWith('zh') ? 'zh' : 'en';
  const [nothing, whole] = [per.format(0), per.format(1)];
  const ratio = (value: number): string => {
    const text = per.format(value);
    if (text === nothing && value > 0) return `< ${per.format(LEAST)}`;
    return text === whole && value < 1 ? `> ${per.format(MOST)}` : text;
  };
  const percent = (value: number | null): string => (value === null ? NOTHING : ratio(value));
  const inUnit = (value: number | null, unit: string): string => {
    if (value === null) return NOTHING;
    return unit === '1' ? ratio(value) : `${plain.format(value)} ${unitName(unit)[language]}`;
  };
  return {
    percent,
    value: inUnit,
    range: (low, high, unit) =>
      low === null || high === null || low === high ? null : `${inUnit(low, unit)} ~ ${inUnit(high, unit)}`,
    difference: (value, unit) => {
      if (value === null) return NOTHING;
      return unit === '1'
        ? `${signed.format(value * 100)} ${pointsWord}`
        : `${value > 0 ? '+' : ''}${inUnit(value, unit)}`;
    },
    percentagePoints: (value) => `${plain.format(value * 100)} ${pointsWord}`,
    points: (value) => {
      const text = short.format(doubleOf(value));
      return value.denominator === 1n ? text : `${text} (${fractionText(value)})`;
    },
    share: (value) => ratio(doubleOf(value)),
  };
}
