import type { Kpi } from '../formula.ts';

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
  clause: null,
  verification: 'verified',
  additive: true,
  parts({ ms, runningUs, flags }) {
    const running = BigInt(ms.running) * 1000n;
    if (!runningUs) return { kind: 'missing', flag: 'no-ideal-cycle', inputs: { runningUs: running } };
    if (flags.includes('no-count'))
      return { kind: 'missing', flag: 'no-pieces', inputs: { runningUs: running } };
    const ideal = runningUs.productive + runningUs.rejectLoss;
    return {
      kind: 'ratio',
      numerator: ideal,
      denominator: running,
      unknown: null,
      ifZero: 'no-running-time',
      inputs: { idealUs: ideal, runningUs: running },
    };
  },
};
