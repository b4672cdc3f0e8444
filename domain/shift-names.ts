/** What the common names of shifts are called in Chinese; a plant's own names stay as its calendar writes them. */
const SHIFTS_ZH: Readonly<Record<string, string>> = {
  day: '白班',
  night: '夜班',
  early: '早班',
  morning: '早班',
  middle: '中班',
  afternoon: '中班',
  late: '晚班',
  daylight: '日间班',
  evening: '晚班',
};

/** A shift in a reader's language. */
export const shiftName = (shift: string, language: 'zh' | 'en'): string =>
  language === 'zh' && Object.hasOwn(SHIFTS_ZH, shift) ? (SHIFTS_ZH[shift] as string) : shift;
