import type { Benefit } from '../benefit.ts';

export const energyPerOutput: Benefit = {
  id: 'energy-per-output',
  title: { zh: '单位产值能耗降低', en: 'Reduction of energy per output' },
  source: '(before − after) / before, as used in filings; the sign convention is derived.',
  verification: 'derived',
  definition: {
    zh: '单位产值能耗 =（前 − 后）/ 前，由企业申报；产值不在遥测之内。',
    en: '(before − after) / before; declared by the enterprise: output value is not in the telemetry.',
  },
  trend: 'lower-is-better',
  measured: null,
  national: null,
};
