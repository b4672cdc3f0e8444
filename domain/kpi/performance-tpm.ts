import { countRatio, type Kpi } from '../formula.ts';
import { allIdealUs, ofIdealTime } from '../ideal-time.ts';

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
  parts(sums) {
    const runningAndMinorStopUs = BigInt(sums.ms.running + sums.ms.minorStop) * 1000n;
    return ofIdealTime(sums, { runningAndMinorStopUs }, (running) =>
      countRatio(
        ['idealUs', allIdealUs(running)],
        ['runningAndMinorStopUs', runningAndMinorStopUs],
        'no-running-time',
      ),
    );
  },
};
