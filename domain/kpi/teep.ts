import { type Kpi, windowMs } from '../formula.ts';
import { goodIdealUs, idealTimeRatio } from '../ideal-time.ts';

export const teep: Kpi = {
  id: 'teep',
  title: { zh: '完全有效生产率', en: 'Total effective equipment performance' },
  source:
    'Our definition, with the denominator named: the OEE over all time of the calendar. Elements: ISO 22400-2 (GB/T 34044.2-2017).',
  formula: 'Σ PRI·GQ / calendar time',
  formulaVersion: 'teep/1',
  unit: '1',
  range: { min: 0, max: null },
  trend: 'higher-is-better',
  timing: ['on-demand', 'periodic', 'real-time'],
  clause: null,
  verification: 'own-design',
  additive: true,
  parts: (sums) =>
    idealTimeRatio(sums, ['productiveUs', goodIdealUs], ['windowUs', windowMs(sums.ms)], 'no-known-time'),
};
