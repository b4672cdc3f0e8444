import { type Kpi, timeRatio } from '../formula.ts';
import { CLAUSE_OF_KPIS } from '../iso-22400.ts';

export const allocationRatio: Kpi = {
  id: 'allocation-ratio',
  title: { zh: '分配率', en: 'Allocation ratio' },
  source:
    'ISO 22400-2 (GB/T 34044.2-2017), allocation ratio; verified against the published ontology. Busy time while an order was active; order time is summed over machines as busy time is.',
  formula: 'Σ AUBT / AOET',
  formulaVersion: 'allocation-ratio/1',
  unit: '1',
  range: { min: 0, max: 1 },
  trend: 'higher-is-better',
  timing: ['on-demand', 'periodic'],
  clause: CLAUSE_OF_KPIS,
  verification: 'verified',
  additive: true,
  parts: ({ orders }) =>
    timeRatio(['orderBusyMs', orders.busyMs], ['orderKnownMs', orders.ms - orders.unknownMs], {
      unknownMs: orders.unknownMs,
      ifZero: 'no-orders',
    }),
};
