import type { Kpi } from '../formula.ts';
import { CLAUSE_OF_KPIS } from '../iso-22400.ts';

/** The numerator is pieces times the milliseconds of an hour, so that the quotient is pieces an hour. */
const HOUR_MS = 3_600_000n;

export const throughputRate: Kpi = {
  id: 'throughput-rate',
  title: { zh: '生产量率', en: 'Throughput rate' },
  source:
    'ISO 22400-2 (GB/T 34044.2-2017), throughput rate; verified against the published ontology. Pieces made while an order was active.',
  formula: 'PQ / AOET',
  formulaVersion: 'throughput-rate/1',
  unit: 'pieces/h',
  range: { min: 0, max: null },
  trend: 'higher-is-better',
  timing: ['on-demand', 'periodic', 'real-time'],
  clause: CLAUSE_OF_KPIS,
  verification: 'verified',
  additive: true,
  parts({ orders }) {
    const produced = BigInt(orders.produced);
    const known = BigInt(orders.ms - orders.unknownMs);
    return {
      kind: 'ratio',
      numerator: produced * HOUR_MS,
      denominator: known,
      unknown: null,
      ifZero: orders.ms === 0 ? 'no-orders' : 'no-known-time',
      inputs: { orderPieces: produced, orderKnownMs: known },
    };
  },
};
