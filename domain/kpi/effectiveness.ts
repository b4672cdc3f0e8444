import { countRatio, type Kpi } from '../formula.ts';
import { allIdealUs, ofIdealTime } from '../ideal-time.ts';
import { CLAUSE_OF_KPIS } from '../iso-22400.ts';

export const effectiveness: Kpi = {
  id: 'effectiveness',
  title: { zh: '性能开动率', en: 'Effectiveness' },
  source: 'ISO 22400-2 (GB/T 34044.2-2017), effectiveness; summed over products. Never clipped at 1.',
  formula: 'Σ PRI·PQ / APT',
  formulaVersion: 'effectiveness/1',
  unit: '1',
  range: { min: 0, max: null },
  trend: 'higher-is-better',
  timing: ['on-demand', 'periodic', 'real-time'],
  clause: CLAUSE_OF_KPIS,
  verification: 'verified',
  additive: true,
  parts(sums) {
    const runningUs = BigInt(sums.ms.running) * 1000n;
    return ofIdealTime(sums, { runningUs }, (running) =>
      countRatio(['idealUs', allIdealUs(running)], ['runningUs', runningUs], 'no-running-time'),
    );
  },
};
