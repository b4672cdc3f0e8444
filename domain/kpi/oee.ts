import { type Kpi, plannedBusyMs } from '../formula.ts';
import { goodIdealUs, idealTimeRatio } from '../ideal-time.ts';
import { CLAUSE_OF_KPIS } from '../iso-22400.ts';

export const oee: Kpi = {
  id: 'oee',
  title: { zh: '设备综合效率', en: 'OEE index' },
  source:
    'ISO 22400-2 (GB/T 34044.2-2017), OEE index = availability · effectiveness · quality ratio, as one ratio of sums.',
  formula: 'Σ PRI·GQ / PBT',
  formulaVersion: 'oee/1',
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
      ['productiveUs', goodIdealUs],
      ['plannedBusyUs', plannedBusyMs(sums.ms)],
      'no-planned-time',
    ),
};
