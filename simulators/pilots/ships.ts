import { answers, baseline, current } from '../declarations.ts';
import { hour, minute } from '../duration.ts';
import { shipyard } from '../floors/shipyard.ts';
import { type DemoPilot, equipmentOf } from '../pilot.ts';
import { gantryCrane } from '../plant/kinds/gantry-crane.ts';
import { plateCutter } from '../plant/kinds/plate-cutter.ts';
import { weldingCell } from '../plant/kinds/welding-cell.ts';
import type { PlantLayout } from '../plant/layout.ts';
import { TWO_CREWS } from '../rotations.ts';
import { TWO_SHIFTS } from '../shifts.ts';

/** On Saturday afternoons. */
const maintenance = [{ days: [6], start: '14:00', end: '16:00' }];

const layout: PlantLayout = {
  sites: [
    {
      site: {
        ...{ path: 'lichao/liuheng', zone: 'Asia/Shanghai', dayStart: '08:00', shifts: TWO_SHIFTS },
        ...{ rotation: TWO_CREWS, holidays: 'cn', reasons: shipyard.reasons },
      },
      areas: {
        plates: [{ machines: [plateCutter, plateCutter] }],
        panels: [
          { machines: [weldingCell, weldingCell, weldingCell], maintenance },
          { machines: [weldingCell, weldingCell, weldingCell], maintenance },
        ],
        slipway: [
          {
            machines: [gantryCrane, gantryCrane],
            hindrances: [
              {
                name: 'wind',
                meanGapMs: 60 * hour,
                durationMs: [30 * minute, 5 * hour],
                causes: [{ share: 1, state: 'held', reason: 'wind-limit' }],
              },
            ],
          },
        ],
      },
    },
  ],
};

export const ships: DemoPilot = {
  story:
    'Cranes wait for loads: much is networked, and a fifth of their day is waiting. It declares that honestly.',
  layout,
  floors: { 'lichao/liuheng': shipyard },
  answersAccepted: true,
  pilot: {
    id: 'lichao',
    enterprise: { name: '砺潮船舶修造有限公司（模拟）', creditCode: null },
    district: '普陀',
    industry: 'ships',
    processType: 'discrete',
    programme: 'digital-workshop',
    sites: ['lichao/liuheng'],
    baselineYear: 2023,
    simulated: true,
    equipment: [
      ...equipmentOf(layout, {
        'plate-cutter': {
          name: '等离子切割机',
          process: 'GX-1',
          key: true,
          numericallyControlled: true,
          digital: true,
        },
        'welding-cell': {
          name: '焊接机器人工作站',
          process: 'GX-2',
          key: true,
          numericallyControlled: true,
          digital: true,
        },
        'gantry-crane': {
          name: '龙门吊',
          process: 'GX-3',
          key: true,
          numericallyControlled: false,
          digital: true,
        },
      }),
      {
        id: 'SB-090',
        name: '液压弯板机',
        machine: null,
        process: 'GX-1',
        key: false,
        numericallyControlled: false,
        digital: false,
        shouldBeNetworked: false,
      },
    ],
    processes: [
      { id: 'GX-1', name: '钢材下料', key: true, numericallyControlled: true },
      { id: 'GX-2', name: '分段焊接', key: true, numericallyControlled: true },
      { id: 'GX-3', name: '船台吊装', key: true, numericallyControlled: false },
      { id: 'GX-4', name: '涂装', key: false, numericallyControlled: false },
    ],
    declared: [
      current('networking-rate', 0.9),
      current('nc-rate-key-processes', 0.67),
      current('utilisation', 0.73),
      baseline('operating-cost', 1_180, '元/修正总吨'),
      current('operating-cost', 1_045, '元/修正总吨'),
    ],
    answers: answers({ q18: 'B', q20: 'B', q21: 'B', q42: 'B', q51: 'B', q62: 'B' }),
  },
};
