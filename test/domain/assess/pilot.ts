import type { Pilot } from '../../../domain/assess/register.ts';

/** A small pilot, the parts given as wanted. */
export const pilot = (over: Partial<Pilot> = {}): Pilot => ({
  id: 'haida',
  enterprise: { name: '海达注塑', creditCode: '91350100M000100Y43' },
  district: '定海区',
  industry: 'plastics-screws',
  processType: 'discrete',
  programme: 'digital-workshop',
  sites: ['haida/zhoushan'],
  baselineYear: 2024,
  simulated: true,
  equipment: [
    {
      id: 'E-01',
      name: '注塑机 1',
      machine: 'haida/zhoushan/moulding/line1/imm-01',
      process: 'P1',
      key: true,
      numericallyControlled: true,
      digital: true,
      shouldBeNetworked: true,
    },
  ],
  processes: [{ id: 'P1', name: '注塑', key: true, numericallyControlled: true }],
  declared: [
    {
      figure: 'networking-rate',
      role: 'current',
      value: 0.95,
      unit: '1',
      date: '2026-01-05',
      document: '自评报告',
      period: { from: '2025-01-01', to: '2025-12-31' },
    },
  ],
  answers: [
    { rubric: 'zj-future-factory', indicator: 'q49', option: 'C', date: '2026-01-05', document: '自评报告' },
  ],
  ...over,
});
