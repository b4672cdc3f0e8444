import { qualityRatio as kpi } from '../../kpi/quality-ratio.ts';
import { pinnedFigure } from '../counting/pinned.ts';
import type { Measure } from '../measure.ts';

export const qualityRatio: Measure = {
  id: kpi.id,
  title: kpi.title,
  source: kpi.source,
  verification: 'verified',
  definition: {
    zh: '合格品数（GQ）占产出总数（PQ）的比例；跨未知时段的计数和计划外的产出不计入。',
    en: 'Good pieces (GQ) as a share of produced pieces (PQ); pieces counted across unknown time and outside planned time are left out.',
  },
  denominator: { zh: '产出总数（PQ）', en: 'produced pieces (PQ)' },
  of: 'machines',
  unit: kpi.unit,
  max: kpi.range.max,
  trend: kpi.trend,
  basis: 'telemetry',
  measure: (input) => pinnedFigure(input, kpi.id),
};
