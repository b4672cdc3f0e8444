import { busyMs, type Kpi, timeRatio } from '../formula.ts';
import { CLAUSE_OF_KPIS } from '../iso-22400.ts';

export const utilisationEfficiency: Kpi = {
  id: 'utilisation-efficiency',
  title: { zh: '利用效率', en: 'Utilisation efficiency' },
  source: 'ISO 22400-2 (GB/T 34044.2-2017), utilisation efficiency; verified against the published ontology.',
  formula: 'APT / AUBT',
  formulaVersion: 'utilisation-efficiency/1',
  unit: '1',
  range: { min: 0, max: 1 },
  trend: 'higher-is-better',
  timing: ['on-demand', 'periodic', 'real-time'],
  clause: CLAUSE_OF_KPIS,
  verification: 'verified',
  additive: true,
  parts: ({ ms }) =>
    timeRatio(['runningMs', ms.running], ['busyMs', busyMs(ms)], {
      unknownMs: ms.unknown,
      ifZero: 'no-busy-time',
    }),
};
