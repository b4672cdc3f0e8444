import { type Kpi, plannedBusyMs } from '../formula.ts';

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
  clause: null,
  verification: 'verified',
  additive: true,
  parts({ ms, runningUs, flags }) {
    const busy = BigInt(plannedBusyMs(ms)) * 1000n;
    const unknown = BigInt(ms.unknown) * 1000n;
    const inputs = { plannedBusyUs: busy, unknownUs: unknown };
    if (!runningUs) return { kind: 'missing', flag: 'no-ideal-cycle', inputs };
    if (flags.includes('no-count')) return { kind: 'missing', flag: 'no-pieces', inputs };
    return {
      kind: 'ratio',
      numerator: runningUs.productive,
      denominator: busy,
      unknown,
      ifZero: 'no-planned-time',
      inputs: { productiveUs: runningUs.productive, ...inputs },
    };
  },
};
