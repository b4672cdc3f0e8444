import { busyMs, type Kpi, knownBusyMs, timeRatio } from '../formula.ts';
import { CLAUSE_OF_KPIS } from '../iso-22400.ts';

export const allocationEfficiency: Kpi = {
  id: 'allocation-efficiency',
  title: { zh: '分配效率', en: 'Allocation efficiency' },
  source:
    'ISO 22400-2 (GB/T 34044.2-2017), allocation efficiency; verified against the published ontology. AUBT is what the machine was busy with, order or not.',
  formula: 'AUBT / PBT',
  formulaVersion: 'allocation-efficiency/1',
  unit: '1',
  range: { min: 0, max: 1 },
  trend: 'higher-is-better',
  timing: ['on-demand', 'periodic', 'real-time'],
  clause: CLAUSE_OF_KPIS,
  verification: 'verified',
  additive: true,
  parts: ({ ms }) =>
    timeRatio(['busyMs', busyMs(ms)], ['knownBusyMs', knownBusyMs(ms)], {
      unknownMs: ms.unknown,
      ifZero: 'no-planned-time',
    }),
};
