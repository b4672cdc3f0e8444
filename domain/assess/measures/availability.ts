import { availability as kpi } from '../../kpi/availability.ts';
import { pinnedFigure } from '../counting/pinned.ts';
import type { Measure } from '../measure.ts';

export const availability: Measure = {
  id: kpi.id,
  title: kpi.title,
  source: kpi.source,
  verification: 'verified',
  definition: {
    zh: '设备实际运行时间（APT）占计划负荷时间（PBT）的比例；取时间台账，未知时间不计入数值，只影响上下限。',
    en: 'Actual production time (APT) as a share of planned busy time (PBT), of the time ledger; unknown time is left out of the value and gives its bounds.',
  },
  denominator: {
    zh: '计划负荷时间（PBT，扣除未知时间）',
    en: 'planned busy time (PBT) without unknown time',
  },
  of: 'machines',
  unit: kpi.unit,
  max: kpi.range.max,
  trend: kpi.trend,
  basis: 'telemetry',
  measure: (input) => pinnedFigure(input, kpi.id),
};
