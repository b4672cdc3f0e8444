import { answers, baseline, current } from '../declarations.ts';
import { moulding as floor } from '../floors/moulding.ts';
import { type DemoPilot, equipmentOf } from '../pilot.ts';
import type { MachineKind } from '../plant/kind.ts';
import { imm } from '../plant/kinds/imm.ts';
import { immFullLoad } from '../plant/kinds/imm-full-load.ts';
import { lathe } from '../plant/kinds/lathe.ts';
import { mill } from '../plant/kinds/mill.ts';
import type { LineLayout, PlantLayout } from '../plant/layout.ts';
import { FOUR_CREWS_TWELVE_HOURS } from '../rotations.ts';
import { AROUND_THE_CLOCK, AROUND_THE_CLOCK_WITH_MEALS } from '../shifts.ts';

const zone = 'Asia/Shanghai';
const hall = (machines: readonly MachineKind[]): LineLayout => ({ machines });
const screwLine = (days: readonly number[]): LineLayout => ({
  machines: [lathe, lathe, mill],
  maintenance: [{ days, start: '08:30', end: '10:30' }],
});
/** Central supply and conveyors: nothing runs short, nothing fills up. */
const fullLine: LineLayout = { machines: new Array<MachineKind>(10).fill(immFullLoad), hindrances: [] };

const layout: PlantLayout = {
  sites: [
    {
      site: {
        ...{ path: 'langwan/zhoushan', zone, dayStart: '08:00', shifts: AROUND_THE_CLOCK_WITH_MEALS },
        ...{ rotation: FOUR_CREWS_TWELVE_HOURS, reasons: floor.reasons },
      },
      areas: {
        moulding: [hall([imm, imm, imm]), hall([imm, imm, imm])],
        screws: [screwLine([1]), screwLine([4])],
      },
    },
    {
      site: {
        ...{ path: 'langwan/jintang', zone, dayStart: '08:00', shifts: AROUND_THE_CLOCK },
        rotation: FOUR_CREWS_TWELVE_HOURS,
      },
      areas: { packaging: new Array<LineLayout>(8).fill(fullLine) },
    },
  ],
};

const moulding = { process: 'GX-1', key: true, numericallyControlled: true, digital: true };
const cutting = { process: 'GX-2', key: true, numericallyControlled: true, digital: true };

export const plasticsScrews: DemoPilot = {
  story: 'The plant in Jintang runs 80 moulding machines at full load; what it declares is what it does.',
  layout,
  floors: { 'langwan/zhoushan': floor },
  answersAccepted: true,
  pilot: {
    id: 'langwan',
    enterprise: { name: '浪湾塑机螺杆有限公司（模拟）', creditCode: null },
    district: '定海',
    industry: 'plastics-screws',
    processType: 'discrete',
    programme: 'intelligent-factory',
    sites: ['langwan/jintang', 'langwan/zhoushan'],
    baselineYear: 2023,
    simulated: true,
    equipment: equipmentOf(layout, {
      imm: { name: '注塑机', ...moulding },
      'imm-full-load': { name: '包装注塑机', ...moulding },
      lathe: { name: '数控车床', ...cutting },
      mill: { name: '螺纹铣床', ...cutting },
    }),
    processes: [
      { id: 'GX-1', name: '注塑成型', key: true, numericallyControlled: true },
      { id: 'GX-2', name: '螺杆加工', key: true, numericallyControlled: true },
      { id: 'GX-3', name: '人工修边', key: false, numericallyControlled: false },
    ],
    declared: [
      current('networking-rate', 1),
      current('nc-rate-key-processes', 1),
      current('utilisation', 0.97),
      baseline('production-efficiency', 1_450, 'pieces/h'),
      baseline('defect-rate', 0.0052),
      baseline('energy-per-output', 0.062, 'tce/万元'),
      current('energy-per-output', 0.051, 'tce/万元'),
      baseline('development-cycle', 96, 'd'),
      current('development-cycle', 71, 'd'),
    ],
    answers: answers({ q18: 'C', q20: 'C', q21: 'C', q38: 'D', q50: 'C', q51: 'C', q55: 'C', q62: 'C' }),
  },
};
