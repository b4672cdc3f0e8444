import type { Benefit } from '../benefit.ts';
import { knownBusyMs, piecesRatio } from '../counting/pieces.ts';

const MS_PER_HOUR = 3_600_000n;

export const productionEfficiency: Benefit = {
  id: 'production-efficiency',
  title: { zh: '生产效率提升', en: 'Gain in production efficiency' },
  source:
    '(after − before) / before, as used in filings; which efficiency is meant differs. Good pieces per planned busy hour is our own reading.',
  verification: 'proposed',
  definition: {
    zh: '生产效率 =（后 − 前）/ 前。有计数的设备按遥测计算：合格品数 / 状态已知的计划负荷小时数。',
    en: '(after − before) / before. Measured, over machines that count their pieces, as good pieces per planned busy hour of known state.',
  },
  trend: 'higher-is-better',
  measured: {
    unit: 'pieces/h',
    alsoWritten: ['pieces/hour', '件/h', '件/小时', '件/时'],
    max: null,
    measure: (window) =>
      piecesRatio(window, 'count', {
        numerator: ({ counts }) => BigInt(counts.good) * MS_PER_HOUR,
        denominator: ({ ms }) => knownBusyMs(ms),
      }),
  },
  national: {
    gain: 0.223,
    source: {
      text: 'National average of factories of the excellent level (卓越级): production efficiency +22.3 %.',
      verification: 'verified',
    },
  },
};
