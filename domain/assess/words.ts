import { MEASURE_FLAGS } from './measure-flags.ts';
import type { Bilingual } from './register.ts';

/** A share as a person reads it, at most one decimal: `93.8 %`; `–` where there is none. */
export const percent = (share: number | null): string =>
  share === null ? '–' : `${Number((share * 100).toFixed(1))} %`;

/** A value in its unit: shares as per cent, others with at most three decimals. */
export const valueText = (value: number, unit: string): string =>
  unit === '1' ? percent(value) : `${Number(value.toFixed(3))} ${unit}`;

/** Flags in words, one after another. */
export function flagsText(flags: readonly string[]): Bilingual {
  const words = flags.map(
    (flag) => (MEASURE_FLAGS as Record<string, Bilingual>)[flag] ?? { zh: flag, en: flag },
  );
  return { zh: words.map(({ zh }) => zh).join('；'), en: words.map(({ en }) => en).join('; ') };
}
