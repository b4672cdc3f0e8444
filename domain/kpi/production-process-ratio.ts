import { type Kpi, timeRatio } from '../formula.ts';
import { CLAUSE_OF_KPIS } from '../iso-22400.ts';

export const productionProcessRatio: Kpi = {
  id: 'production-process-ratio',
  title: { zh: '生产过程率', en: 'Production process ratio' },
  source:
    'ISO 22400-2 (GB/T 34044.2-2017), production process ratio; verified against the published ontology. Running time while an order was active.',
  formula: 'Σ APT / AOET',
  formulaVersion: 'production-process-ratio/1',
  unit: '1',
  range: { min: 0, max: 1 },
  trend: 'higher-is-better',
  timing: ['on-demand', 'periodic'],
  clause: CLAUSE_OF_KPIS,
  verification: 'verified',
  additive: true,
  parts: ({ orders }) =>
    timeRatio(['orderRunningMs', orders.runningMs], ['orderKnownMs', orders.ms - orders.unknownMs], {
      unknownMs: orders.unknownMs,
      ifZero: 'no-orders',
    }),
};
