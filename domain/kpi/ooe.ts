import { type Kpi, plannedOperationMs } from '../formula.ts';

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
  parts({ ms, runningUs, flags }) {
    const whole = BigInt(plannedOperationMs(ms)) * 1000n;
    const unknown = BigInt(ms.unknown) * 1000n;
    const inputs = { plannedOperationUs: whole, unknownUs: unknown };
    if (!runningUs) return { kind: 'missing', flag: 'no-ideal-cycle', inputs };
    if (flags.includes('no-count')) return { kind: 'missing', flag: 'no-pieces', inputs };
    const numerator = runningUs.productive;
    return {
      kind: 'ratio',
      numerator,
      denominator: whole,
      unknown,
      ifZero: 'no-planned-time',
      inputs: { productiveUs: numerator, ...inputs },
    };
  },
};
