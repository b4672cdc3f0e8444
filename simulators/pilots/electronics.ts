import type { Equipment } from '../../domain/assess/register.ts';
import { answers, baseline, current } from '../declarations.ts';
import { smt } from '../floors/smt.ts';
import { type DemoPilot, equipmentOf } from '../pilot.ts';
import { placer } from '../plant/kinds/placer.ts';
import { reflowOven } from '../plant/kinds/reflow-oven.ts';
import { stencilPrinter } from '../plant/kinds/stencil-printer.ts';
import type { LineLayout, PlantLayout } from '../plant/layout.ts';
import { THREE_CREWS_TWELVE_HOURS } from '../rotations.ts';
import { AROUND_THE_CLOCK_WITH_MEALS } from '../shifts.ts';

/** Maintained on a morning of each week. */
const line = (weekday: number): LineLayout => ({
  machines: [stencilPrinter, placer, placer, reflowOven],
  chained: true,
  maintenance: [{ days: [weekday], start: '08:30', end: '10:00' }],
});
const site = 'jiaguang/dinghai';
const layout: PlantLayout = {
  sites: [
    {
      site: {
        ...{ path: site, zone: 'Asia/Shanghai', dayStart: '08:00', shifts: AROUND_THE_CLOCK_WITH_MEALS },
        ...{ rotation: THREE_CREWS_TWELVE_HOURS, reasons: smt.reasons },
      },
      areas: { smt: [line(2), line(3), line(4)] },
    },
  ],
};

const automatic = { key: true, numericallyControlled: true, digital: true };

/** Registered as networked, and never heard: two of them have no path that anything could come by. */
const silent = (id: string, name: string, machine: string | null): Equipment => ({
  id,
  name,
  machine,
  process: 'GX-4',
  shouldBeNetworked: true,
  ...automatic,
});

export const electronics: DemoPilot = {
  story:
    'It declares that everything is networked and hardly ever stands. Five machines were never heard, and the others stand for nearly a third of their time.',
  layout,
  floors: { [site]: smt },
  pilot: {
    id: 'jiaguang',
    enterprise: { name: '岬光电子有限公司（模拟）', creditCode: null },
    district: '定海',
    industry: 'electronics',
    processType: 'discrete',
    programme: 'intelligent-factory',
    sites: [site],
    baselineYear: 2023,
    simulated: true,
    equipment: [
      ...equipmentOf(layout, {
        'stencil-printer': { name: '锡膏印刷机', process: 'GX-1', ...automatic },
        placer: { name: '贴片机', process: 'GX-2', ...automatic },
        'reflow-oven': { name: '回流焊炉', process: 'GX-3', ...automatic },
      }),
      silent('SB-013', '波峰焊机01号', `${site}/tht/line1/wave-01`),
      silent('SB-014', '波峰焊机02号', `${site}/tht/line1/wave-02`),
      silent('SB-015', '在线测试机01号', `${site}/tht/line1/ict-01`),
      silent('SB-016', '选择焊机01号', null),
      silent('SB-017', '三防涂覆机01号', null),
    ],
    processes: [
      { id: 'GX-1', name: '锡膏印刷', key: true, numericallyControlled: true },
      { id: 'GX-2', name: '贴片', key: true, numericallyControlled: true },
      { id: 'GX-3', name: '回流焊', key: true, numericallyControlled: true },
      { id: 'GX-4', name: '插件与测试', key: true, numericallyControlled: true },
      { id: 'GX-5', name: '人工插件', key: true, numericallyControlled: false },
    ],
    declared: [
      current('networking-rate', 1),
      current('nc-rate-key-processes', 1),
      current('utilisation', 0.92),
      current('oee', 0.85),
      current('data-coverage', 0.99),
      baseline('production-efficiency', 121, 'pieces/h'),
      current('production-efficiency', 240, 'pieces/h'),
      baseline('defect-rate', 0.031),
      current('defect-rate', 0.002),
    ],
    answers: answers({
      q2: 'D',
      q18: 'C',
      q20: 'C',
      q21: 'C',
      q36: 'D',
      q38: 'D',
      q41: 'D',
      q42: 'C',
      q49: 'D',
      q50: 'C',
      q51: 'C',
      q55: 'C',
      q62: 'D',
    }),
  },
};
