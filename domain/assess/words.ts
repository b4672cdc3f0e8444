import { MEASURE_FLAGS } from './measure-flags.ts';
import type { Bilingual } from './register.ts';
import { unitName } from './unit-names.ts';

/** A share as a person reads it, at most one decimal: `93.8 %`; never rounded to nothing or to the whole; `–`: none. */
export function percent(share: number | null): string {
  if (share === null) return '–';
  const rounded = Number((share * 100).toFixed(1));
  if (rounded === 0 && share > 0) return '< 0.1 %';
  return rounded === 100 && share < 1 ? '> 99.9 %' : `${rounded} %`;
}

/** A value in its unit: shares as per cent, others with at most three decimals. */
export function valueText(value: number, unit: string): Bilingual {
  if (unit === '1') return { zh: percent(value), en: percent(value) };
  const number = Number(value.toFixed(3));
  const { zh, en } = unitName(unit);
  return { zh: `${number} ${zh}`, en: `${number} ${en}` };
}

/** Flags in words, one after another. */
export function flagsText(flags: readonly string[]): Bilingual {
  const words = flags.map(
    (flag) => (MEASURE_FLAGS as Record<string, Bilingual>)[flag] ?? { zh: flag, en: flag },
  );
  return { zh: words.map(({ zh }) => zh).join('；'), en: words.map(({ en }) => en).join('; ') };
}
