import { type Kpi, plannedBusyMs } from '../formula.ts';

export const equipmentLoadRatio: Kpi = {
  id: 'equipment-load-ratio',
  title: { zh: '设备负荷率', en: 'Equipment load ratio' },
  source:
    'ISO 22400-2 (GB/T 34044.2-2017), equipment load ratio PQ / EPC; verified against the published ontology. The capacity EPC is what planned busy time holds at the ideal cycle, PBT / PRI, summed over products.',
  formula: 'Σ PRI·PQ / PBT (PQ / EPC)',
  formulaVersion: 'equipment-load-ratio/1',
  unit: '1',
  range: { min: 0, max: null },
  trend: 'higher-is-better',
  timing: ['on-demand', 'periodic', 'real-time'],
  clause: null,
  verification: 'verified',
  additive: true,
  parts({ ms, runningUs, flags }) {
    const whole = BigInt(plannedBusyMs(ms)) * 1000n;
    const unknown = BigInt(ms.unknown) * 1000n;
    const inputs = { plannedBusyUs: whole, unknownUs: unknown };
    if (!runningUs) return { kind: 'missing', flag: 'no-ideal-cycle', inputs };
    if (flags.includes('no-count')) return { kind: 'missing', flag: 'no-pieces', inputs };
    const numerator = runningUs.productive + runningUs.rejectLoss;
    return {
      kind: 'ratio',
      numerator,
      denominator: whole,
      unknown,
      ifZero: 'no-planned-time',
      inputs: { idealUs: numerator, ...inputs },
    };
  },
};
