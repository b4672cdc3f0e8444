import { type Kpi, plannedBusyMs } from '../formula.ts';
import { CLAUSE_OF_KPIS } from '../iso-22400.ts';

export const availability: Kpi = {
  id: 'availability',
  title: { zh: '可用率', en: 'Availability' },
  source: 'ISO 22400-2 (GB/T 34044.2-2017), availability; verified against the published ontology.',
  formula: 'APT / PBT',
  formulaVersion: 'availability/1',
  unit: '1',
  range: { min: 0, max: 1 },
  trend: 'higher-is-better',
  timing: ['on-demand', 'periodic', 'real-time'],
  clause: CLAUSE_OF_KPIS,
  verification: 'verified',
  additive: true,
  parts({ ms }) {
    const busy = BigInt(plannedBusyMs(ms));
    const running = BigInt(ms.running);
    const unknown = BigInt(ms.unknown);
    return {
      kind: 'ratio',
      numerator: running,
      denominator: busy,
      unknown,
      ifZero: 'no-planned-time',
      inputs: { runningMs: running, plannedBusyMs: busy, unknownMs: unknown },
    };
  },
};
