import { type Kpi, plannedOperationMs } from '../formula.ts';

export const utilisation: Kpi = {
  id: 'utilisation',
  title: { zh: '设备开动率', en: 'Utilisation' },
  source:
    'Our definition, with the denominator named: the term is used loosely in practice. Elements APT and POT: ISO 22400-2 (GB/T 34044.2-2017).',
  formula: 'APT / POT',
  formulaVersion: 'utilisation/1',
  unit: '1',
  range: { min: 0, max: 1 },
  trend: 'higher-is-better',
  timing: ['on-demand', 'periodic', 'real-time'],
  clause: null,
  verification: 'own-design',
  additive: true,
  parts({ ms }) {
    const operation = BigInt(plannedOperationMs(ms));
    const running = BigInt(ms.running);
    const unknown = BigInt(ms.unknown);
    return {
      kind: 'ratio',
      numerator: running,
      denominator: operation,
      unknown,
      ifZero: 'no-planned-time',
      inputs: { runningMs: running, plannedOperationMs: operation, unknownMs: unknown },
    };
  },
};
