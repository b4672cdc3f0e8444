import type { Benefit } from '../benefit.ts';

export const operatingCost: Benefit = {
  id: 'operating-cost',
  title: { zh: '运营成本降低', en: 'Reduction of operating cost' },
  source: '(before − after) / before, as used in filings; the sign convention is derived.',
  verification: 'derived',
  definition: {
    zh: '运营成本 =（前 − 后）/ 前，由企业申报。',
    en: '(before − after) / before; declared by the enterprise.',
  },
  trend: 'lower-is-better',
  measured: null,
  national: null,
};
