import { oee as kpi } from '../../kpi/oee.ts';
import { pinnedFigure } from '../counting/pinned.ts';
import type { Measure } from '../measure.ts';

export const oee: Measure = {
  id: kpi.id,
  title: kpi.title,
  source: kpi.source,
  verification: 'verified',
  definition: {
    zh: '合格品按理想节拍折算的时间（Σ PRI·GQ）占计划负荷时间（PBT）的比例，即可用率 × 性能开动率 × 合格率；不封顶。',
    en: 'Time that the good pieces would take at the ideal cycle (Σ PRI·GQ) as a share of planned busy time (PBT): availability × effectiveness × quality ratio; never clipped.',
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
