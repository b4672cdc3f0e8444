import { effectiveness as kpi } from '../../kpi/effectiveness.ts';
import { pinnedFigure } from '../counting/pinned.ts';
import type { Measure } from '../measure.ts';

export const effectiveness: Measure = {
  id: kpi.id,
  title: kpi.title,
  source: kpi.source,
  verification: 'verified',
  definition: {
    zh: '按理想节拍折算的产出时间（Σ PRI·PQ）占设备实际运行时间（APT）的比例；不封顶，大于 1 表示理想节拍或计数有误。',
    en: 'Time that the pieces made would take at the ideal cycle (Σ PRI·PQ) as a share of actual production time (APT); never clipped: above 1 the ideal cycle or the count is wrong.',
  },
  denominator: { zh: '实际运行时间（APT）', en: 'actual production time (APT)' },
  of: 'machines',
  unit: kpi.unit,
  max: kpi.range.max,
  trend: kpi.trend,
  basis: 'telemetry',
  measure: (input) => pinnedFigure(input, kpi.id),
};
