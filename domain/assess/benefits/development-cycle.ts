import type { Benefit } from '../benefit.ts';

export const developmentCycle: Benefit = {
  id: 'development-cycle',
  title: { zh: '产品研制周期缩短', en: 'Reduction of the development cycle' },
  source: '(before − after) / before, as used in filings; the sign convention is derived.',
  verification: 'derived',
  definition: {
    zh: '产品研制周期 =（前 − 后）/ 前，由企业申报。',
    en: '(before − after) / before; declared by the enterprise.',
  },
  trend: 'lower-is-better',
  measured: null,
  national: {
    gain: 0.284,
    source: {
      text: 'National average of factories of the excellent level (卓越级): development cycle −28.4 %.',
      verification: 'verified',
    },
  },
};
