import type { Bilingual } from './register.ts';

/** What a measured value has to say besides the flags of its ledger figure. A closed list. */
export const MEASURE_FLAGS = {
  'no-equipment': {
    zh: '台账中没有符合条件的设备',
    en: 'the register has no equipment of this kind',
  },
  'no-processes': {
    zh: '台账中没有符合条件的工序',
    en: 'the register has no process of this kind',
  },
  'no-machines': { zh: '没有符合条件的设备', en: 'there is no machine of this kind' },
  'no-scheduled-days': {
    zh: '部分设备在评估期内无排产日，无法判定',
    en: 'machines without a scheduled day in the period are not known',
  },
  'not-registered': {
    zh: '部分设备未在台账中登记，无法判定',
    en: 'machines that are not in the register are not known',
  },
  'no-stops': { zh: '评估期内没有停机', en: 'no stop in the period' },
  'window-not-gathered': {
    zh: '取证时未采集该时段',
    en: 'the evidence was gathered without this stretch of time',
  },
} as const satisfies Readonly<Record<string, Bilingual>>;
export type MeasureFlag = keyof typeof MEASURE_FLAGS;
