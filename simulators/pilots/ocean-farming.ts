import { answers, baseline, current } from '../declarations.ts';
import { hour, minute } from '../duration.ts';
import { type DemoPilot, equipmentOf } from '../pilot.ts';
import { cageFeeder } from '../plant/kinds/cage-feeder.ts';
import { cagePump } from '../plant/kinds/cage-pump.ts';
import { serviceVessel } from '../plant/kinds/service-vessel.ts';
import type { LineLayout, PlantLayout } from '../plant/layout.ts';
import { DAYLIGHT } from '../shifts.ts';

const cages: LineLayout = { machines: [cageFeeder, cagePump, cageFeeder, cagePump], hindrances: [] };
const layout: PlantLayout = {
  sites: [
    {
      site: { path: 'lianken/gouqi', zone: 'Asia/Shanghai', dayStart: '08:00', shifts: DAYLIGHT },
      areas: {
        cages: [cages, cages],
        fleet: [{ machines: [serviceVessel, serviceVessel], hindrances: [] }],
      },
      hindrances: [
        {
          name: 'sea',
          meanGapMs: 70 * hour,
          durationMs: [2 * hour, 9 * hour],
          causes: [{ share: 1, state: 'held', reason: 'sea-state' }],
        },
      ],
    },
  ],
};

export const oceanFarming: DemoPilot = {
  story: 'The radio link fails for a third of the time: too little is known of it to be assessed.',
  layout,
  loss: { share: 0.34, withinMs: 95 * minute },
  pilot: {
    id: 'lianken',
    enterprise: { name: '涟垦深远海养殖有限公司（模拟）', creditCode: null },
    district: '嵊泗',
    industry: 'ocean-farming',
    processType: 'process',
    programme: 'digital-workshop',
    sites: ['lianken/gouqi'],
    baselineYear: 2023,
    simulated: true,
    equipment: equipmentOf(layout, {
      'cage-feeder': {
        name: '网箱投饵机',
        process: 'GX-1',
        key: true,
        numericallyControlled: true,
        digital: true,
      },
      'cage-pump': {
        name: '网箱循环泵',
        process: 'GX-2',
        key: true,
        numericallyControlled: true,
        digital: true,
      },
      'service-vessel': {
        name: '养殖工船',
        process: 'GX-3',
        key: false,
        numericallyControlled: false,
        digital: true,
      },
    }),
    processes: [
      { id: 'GX-1', name: '投喂', key: true, numericallyControlled: true },
      { id: 'GX-2', name: '水质调控', key: true, numericallyControlled: true },
      { id: 'GX-3', name: '起捕运输', key: false, numericallyControlled: false },
    ],
    declared: [
      current('networking-rate', 1),
      current('data-coverage', 0.95),
      current('utilisation', 0.55),
      baseline('operating-cost', 19.6, '元/kg'),
      current('operating-cost', 17.9, '元/kg'),
    ],
    answers: answers({ q18: 'B', q20: 'B', q21: 'B', q42: 'B', q50: 'B', q51: 'B', q55: 'B' }),
  },
};
