import { utilisation as kpi } from '../../kpi/utilisation.ts';
import { pinnedFigure } from '../counting/pinned.ts';
import type { Measure } from '../measure.ts';

export const utilisation: Measure = {
  id: kpi.id,
  title: kpi.title,
  source: kpi.source,
  verification: 'proposed',
  definition: {
    zh: '设备实际运行时间（APT）占计划运行时间（POT，含班内休息与计划停机）的比例；取时间台账，未知时间不计入数值，只影响上下限。',
    en: 'Actual production time (APT) as a share of planned operation time (POT, breaks and planned stops included), of the time ledger; unknown time is left out of the value and gives its bounds.',
  },
  denominator: {
    zh: '计划运行时间（POT，扣除未知时间）',
    en: 'planned operation time (POT) without unknown time',
  },
  of: 'machines',
  unit: kpi.unit,
  max: kpi.range.max,
  trend: kpi.trend,
  basis: 'telemetry',
  measure: (input) => pinnedFigure(input, kpi.id),
};
