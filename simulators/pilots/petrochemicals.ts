import { answers, baseline, current } from '../declarations.ts';
import { type DemoPilot, equipmentOf } from '../pilot.ts';
import { column } from '../plant/kinds/column.ts';
import { compressor } from '../plant/kinds/compressor.ts';
import { reactor } from '../plant/kinds/reactor.ts';
import type { PlantLayout } from '../plant/layout.ts';
import { FOUR_CREWS } from '../rotations.ts';
import { THREE_SHIFTS } from '../shifts.ts';

const layout: PlantLayout = {
  sites: [
    {
      site: {
        ...{ path: 'yucheng/yushan', zone: 'Asia/Shanghai', dayStart: '08:00' },
        ...{ shifts: THREE_SHIFTS, rotation: FOUR_CREWS },
      },
      areas: {
        unit100: [
          { machines: [compressor, reactor, column, column], chained: true, hindrances: [] },
          { machines: [compressor, reactor, column], chained: true, hindrances: [] },
        ],
      },
    },
  ],
};

const controlled = { key: true, numericallyControlled: true, digital: true };

export const petrochemicals: DemoPilot = {
  story: 'A continuous process: no pieces, no batches, hours of heating up after a trip.',
  layout,
  pilot: {
    id: 'yucheng',
    enterprise: { name: '屿澄石化有限公司（模拟）', creditCode: null },
    district: '岱山',
    industry: 'petrochemicals',
    processType: 'process',
    programme: 'future-factory',
    sites: ['yucheng/yushan'],
    baselineYear: 2023,
    simulated: true,
    equipment: equipmentOf(layout, {
      compressor: { name: '循环气压缩机', process: 'GX-1', ...controlled },
      reactor: { name: '反应器', process: 'GX-1', ...controlled },
      column: { name: '精馏塔', process: 'GX-2', ...controlled },
    }),
    processes: [
      { id: 'GX-1', name: '反应', key: true, numericallyControlled: true },
      { id: 'GX-2', name: '精馏', key: true, numericallyControlled: true },
      { id: 'GX-3', name: '装车', key: false, numericallyControlled: false },
    ],
    declared: [
      current('networking-rate', 1),
      current('utilisation', 0.94),
      current('data-coverage', 0.99),
      baseline('energy-per-output', 0.418, 'tce/万元'),
      current('energy-per-output', 0.379, 'tce/万元'),
    ],
    answers: answers({ q2: 'D', q18: 'D', q20: 'D', q21: 'D', q49: 'E', q50: 'D', q51: 'C', q55: 'C' }),
  },
};
