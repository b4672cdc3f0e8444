import type { Bilingual } from './register.ts';

/** Why a machine, a piece of equipment or a process doesn't count, or has no value; shown beside it. A closed list. */
export const PART_REASONS = {
  'no-machine': { zh: '未接入平台', en: 'not connected to the platform' },
  'never-heard': { zh: '从未上报数据', en: 'never heard' },
  'not-heard': { zh: '评估期内排产日均无数据', en: 'not heard on any scheduled day of the period' },
  'heard-too-rarely': { zh: '有数据的排产日不足', en: 'heard on too few of its scheduled days' },
  'no-scheduled-days': {
    zh: '评估期内无排产日，无法判定',
    en: 'no scheduled day in the period, so it is not known',
  },
  'no-state': { zh: '未上报可识别的状态', en: 'reports no state that is understood' },
  'signal-missing': { zh: '未上报所需信号', en: 'never sent the signal that is asked for' },
  'not-registered': { zh: '未在设备台账中登记', en: 'not in the register' },
  'not-numerically-controlled': { zh: '未数控化', en: 'not numerically controlled' },
  'not-digital': { zh: '非数字化设备', en: 'not digital' },
  'not-key': { zh: '非关键', en: 'not key' },
  'should-not-be-networked': { zh: '不属于应联网设备', en: 'need not be networked' },
  'not-assessable': { zh: '数据覆盖率不足，不予评价', en: 'too little data to judge by' },
  'no-value': { zh: '无数值', en: 'has no value' },
} as const satisfies Readonly<Record<string, Bilingual>>;
export type PartReason = keyof typeof PART_REASONS;
