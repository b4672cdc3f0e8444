import { z } from 'zod';
import { KPIS } from '../../domain/kpi/index.ts';
import { jsonRoute } from '../route.ts';

const entry = z
  .strictObject({
    id: z.string(),
    title: z.strictObject({ zh: z.string(), en: z.string() }),
    formula: z.string(),
    unit: z.string(),
    source: z.string().describe('where the definition comes from, and how well that is verified'),
    formulaVersion: z.string(),
  })
  .meta({ id: 'KpiDefinition' });

/** What each KPI id means. */
export const catalogue = jsonRoute({
  id: 'catalogue',
  method: 'get',
  path: '/api/v1/kpis/catalogue',
  summary: { zh: '指标目录：名称、公式与出处', en: 'The KPI catalogue: names, formulas, sources' },
  params: z.strictObject({}),
  answer: z.strictObject({ kpis: z.array(entry) }).meta({ id: 'KpiCatalogue' }),
  problems: [],
  handler: () => ({
    kpis: KPIS.map(({ id, title, formula, unit, source, formulaVersion }) => ({
      id,
      title,
      formula,
      unit,
      source,
      formulaVersion,
    })),
  }),
});
