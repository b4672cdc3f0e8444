import type { Benefit } from '../benefit.ts';
import { piecesRatio } from '../counting/pieces.ts';

export const defectRate: Benefit = {
  id: 'defect-rate',
  title: { zh: '产品不良品率降低', en: 'Reduction of the defect rate' },
  source: '(before − after) / before, as used in filings; the sign convention is derived.',
  verification: 'derived',
  definition: {
    zh: '不良品率 =（前 − 后）/ 前。上报不良品数的设备按遥测计算：不良品数 / 产出总数。',
    en: '(before − after) / before. Measured, over machines that report rejects, as rejects / pieces produced.',
  },
  trend: 'lower-is-better',
  measured: {
    unit: '1',
    alsoWritten: [],
    max: 1,
    measure: (window) =>
      piecesRatio(window, 'reject', {
        numerator: ({ counts }) => BigInt(counts.reject),
        denominator: ({ counts }) => BigInt(counts.produced),
      }),
  },
  national: {
    gain: 0.502,
    source: {
      text: 'National average of factories of the excellent level (卓越级): defect rate −50.2 %.',
      verification: 'verified',
    },
  },
};
