import { countRatio, type Kpi } from '../formula.ts';

export const performanceTpm: Kpi = {
  id: 'performance-tpm',
  title: { zh: '性能开动率（TPM）', en: 'Performance, TPM view' },
  source:
    'Our definition after the TPM view, in which minor stops are a loss of performance; no source of the standard. Never clipped at 1.',
  formula: 'Σ PRI·PQ / (APT + minor stops)',
  formulaVersion: 'performance-tpm/1',
  unit: '1',
  range: { min: 0, max: null },
  trend: 'higher-is-better',
  timing: ['on-demand', 'periodic', 'real-time'],
  clause: null,
  verification: 'own-design',
  additive: true,
  parts({ ms, runningUs, flags }) {
    const runningAndMinorStopUs = BigInt(ms.running + ms.minorStop) * 1000n;
    const inputs = { runningAndMinorStopUs };
    if (!runningUs) return { kind: 'missing', flag: 'no-ideal-cycle', inputs };
    if (flags.includes('no-count')) return { kind: 'missing', flag: 'no-pieces', inputs };
    const idealUs = runningUs.productive + runningUs.rejectLoss;
    return countRatio(
      ['idealUs', idealUs],
      ['runningAndMinorStopUs', runningAndMinorStopUs],
      'no-running-time',
    );
  },
};
