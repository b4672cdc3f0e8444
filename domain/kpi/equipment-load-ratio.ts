import { type Kpi, plannedBusyMs } from '../formula.ts';
import { allIdealUs, idealTimeRatio } from '../ideal-time.ts';
import { CLAUSE_OF_KPIS } from '../iso-22400.ts';

export const equipmentLoadRatio: Kpi = {
  id: 'equipment-load-ratio',
  title: { zh: '设备负荷率', en: 'Equipment load ratio' },
  source:
    'ISO 22400-2 (GB/T 34044.2-2017), equipment load ratio PQ / EPC; verified against the published ontology. The capacity EPC is what planned busy time holds at the ideal cycle, PBT / PRI, summed over products.',
  formula: 'Σ PRI·PQ / PBT (PQ / EPC)',
  formulaVersion: 'equipment-load-ratio/1',
  unit: '1',
  range: { min: 0, max: null },
  trend: 'higher-is-better',
  timing: ['on-demand', 'periodic', 'real-time'],
  clause: CLAUSE_OF_KPIS,
  verification: 'verified',
  additive: true,
  parts: (sums) =>
    idealTimeRatio(
      sums,
      ['idealUs', allIdealUs],
      ['plannedBusyUs', plannedBusyMs(sums.ms)],
      'no-planned-time',
    ),
};
