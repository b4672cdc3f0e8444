import { answers, baseline, current } from '../declarations.ts';
import { seafoodHall } from '../floors/seafood-hall.ts';
import { type DemoPilot, equipmentOf } from '../pilot.ts';
import type { PieceKind } from '../plant/kind.ts';
import { freezer } from '../plant/kinds/freezer.ts';
import { packer } from '../plant/kinds/packer.ts';
import { peeler } from '../plant/kinds/peeler.ts';
import type { LineLayout, PlantLayout } from '../plant/layout.ts';
import { TWO_CREWS } from '../rotations.ts';
import { TWO_SHIFTS } from '../shifts.ts';

/** Nobody has declared how long a tray should take: its OEE can't be judged. */
const unpacedFreezer: PieceKind = { ...(freezer as PieceKind), unpaced: true };

const line: LineLayout = { machines: [peeler, peeler, unpacedFreezer, packer] };
const layout: PlantLayout = {
  sites: [
    {
      site: {
        ...{ path: 'xianwei/shenjiamen', zone: 'Asia/Shanghai', dayStart: '08:00', shifts: TWO_SHIFTS },
        ...{ rotation: TWO_CREWS, reasons: seafoodHall.reasons },
      },
      areas: { shrimp: [line, line, line] },
    },
  ],
};

const automatic = { key: true, numericallyControlled: true, digital: true };

export const seafood: DemoPilot = {
  story:
    'A step below intelligent factory: one ideal cycle more, declared for a freezer, and enough of its machines have an OEE that can be judged.',
  layout,
  floors: { 'xianwei/shenjiamen': seafoodHall },
  answersAccepted: true,
  pilot: {
    id: 'xianwei',
    enterprise: { name: '舷味水产加工有限公司（模拟）', creditCode: null },
    district: '普陀',
    industry: 'seafood',
    processType: 'discrete',
    programme: 'intelligent-factory',
    sites: ['xianwei/shenjiamen'],
    baselineYear: 2023,
    simulated: true,
    equipment: equipmentOf(layout, {
      peeler: { name: '虾仁剥壳机', process: 'GX-1', ...automatic },
      freezer: { name: '螺旋速冻机', process: 'GX-2', ...automatic },
      packer: { name: '自动包装机', process: 'GX-3', ...automatic },
    }),
    processes: [
      { id: 'GX-1', name: '剥壳', key: true, numericallyControlled: true },
      { id: 'GX-2', name: '速冻', key: true, numericallyControlled: true },
      { id: 'GX-3', name: '包装', key: true, numericallyControlled: true },
      { id: 'GX-4', name: '分拣', key: false, numericallyControlled: false },
    ],
    declared: [
      current('networking-rate', 1),
      current('nc-rate-key-processes', 1),
      current('utilisation', 0.86),
      baseline('production-efficiency', 268, 'pieces/h'),
      baseline('defect-rate', 0.013),
    ],
    answers: answers({
      q18: 'C',
      q20: 'C',
      q21: 'C',
      q38: 'C',
      q42: 'B',
      q50: 'C',
      q51: 'C',
      q55: 'C',
      q62: 'C',
    }),
  },
};
