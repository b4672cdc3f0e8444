import { type Kpi, processingMs, timeRatio } from '../formula.ts';
import { CLAUSE_OF_KPIS } from '../iso-22400.ts';

export const setupRatio: Kpi = {
  id: 'setup-ratio',
  title: { zh: '设置率', en: 'Setup ratio' },
  source: 'ISO 22400-2 (GB/T 34044.2-2017), setup ratio; verified against the published ontology.',
  formula: 'AUST / AUPT',
  formulaVersion: 'setup-ratio/1',
  unit: '1',
  range: { min: 0, max: 1 },
  trend: 'lower-is-better',
  timing: ['on-demand', 'periodic', 'real-time'],
  clause: CLAUSE_OF_KPIS,
  verification: 'verified',
  additive: true,
  parts: ({ ms }) =>
    timeRatio(['changeoverMs', ms.changeover], ['processingMs', processingMs(ms)], {
      unknownMs: ms.unknown,
      ifZero: 'no-processing-time',
    }),
};
