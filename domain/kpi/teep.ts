import { type Kpi, windowMs } from '../formula.ts';

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
  parts({ ms, runningUs, flags }) {
    const whole = BigInt(windowMs(ms)) * 1000n;
    const unknown = BigInt(ms.unknown) * 1000n;
    const inputs = { windowUs: whole, unknownUs: unknown };
    if (!runningUs) return { kind: 'missing', flag: 'no-ideal-cycle', inputs };
    if (flags.includes('no-count')) return { kind: 'missing', flag: 'no-pieces', inputs };
    const numerator = runningUs.productive;
    return {
      kind: 'ratio',
      numerator,
      denominator: whole,
      unknown,
      ifZero: 'no-known-time',
      inputs: { productiveUs: numerator, ...inputs },
    };
  },
};
