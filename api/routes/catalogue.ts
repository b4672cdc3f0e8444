import { z } from 'zod';
import { kpis } from '../../domain/kpi/index.ts';
import { jsonRoute } from '../route.ts';

const entry = z
  .strictObject({
    id: z.string(),
    title: z.strictObject({ zh: z.string(), en: z.string() }),
    formula: z.string(),
    unit: z.string(),
    range: z
      .strictObject({ min: z.number(), max: z.number().nullable() })
      .describe('max null: no upper limit'),
    trend: z.enum(['higher-is-better', 'lower-is-better']),
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
    kpis: kpis.map(({ id, title, formula, unit, range, trend, source, formulaVersion }) => ({
      id,
      title,
      formula,
      unit,
      range,
      trend,
      source,
      formulaVersion,
    })),
  }),
});
