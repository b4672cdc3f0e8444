import { delayMs, type Kpi, timeRatio } from '../formula.ts';
import { CLAUSE_OF_KPIS } from '../iso-22400.ts';

export const technicalEfficiency: Kpi = {
  id: 'technical-efficiency',
  title: { zh: '技术效率', en: 'Technical efficiency' },
  source: 'ISO 22400-2 (GB/T 34044.2-2017), technical efficiency; verified against the published ontology.',
  formula: 'APT / (APT + ADET)',
  formulaVersion: 'technical-efficiency/1',
  unit: '1',
  range: { min: 0, max: 1 },
  trend: 'higher-is-better',
  timing: ['on-demand', 'periodic', 'real-time'],
  clause: CLAUSE_OF_KPIS,
  verification: 'verified',
  additive: true,
  parts: ({ ms }) =>
    timeRatio(['runningMs', ms.running], ['runningAndDelayMs', ms.running + delayMs(ms)], {
      unknownMs: ms.unknown,
      ifZero: 'no-busy-time',
    }),
};
