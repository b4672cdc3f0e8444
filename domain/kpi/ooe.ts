import { type Kpi, plannedOperationMs } from '../formula.ts';
import { goodIdealUs, idealTimeRatio } from '../ideal-time.ts';

export const ooe: Kpi = {
  id: 'ooe',
  title: { zh: '运行设备效率', en: 'Overall operations effectiveness' },
  source:
    'Our definition, with the denominator named: the OEE over planned operation time, so that breaks and planned stops count. Elements: ISO 22400-2 (GB/T 34044.2-2017).',
  formula: 'Σ PRI·GQ / POT',
  formulaVersion: 'ooe/1',
  unit: '1',
  range: { min: 0, max: null },
  trend: 'higher-is-better',
  timing: ['on-demand', 'periodic', 'real-time'],
  clause: null,
  verification: 'own-design',
  additive: true,
  parts: (sums) =>
    idealTimeRatio(
      sums,
      ['productiveUs', goodIdealUs],
      ['plannedOperationUs', plannedOperationMs(sums.ms)],
      'no-planned-time',
    ),
};
