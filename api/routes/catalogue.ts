import { z } from 'zod';
import { kpis } from '../../domain/kpi/index.ts';
import { TIME_CLASSES } from '../../domain/ledger-row.ts';
import { LOSS_STEPS } from '../../domain/losses.ts';
import { CLASS_NAMES, type Name, STATE_NAMES } from '../../domain/names.ts';
import { STATES } from '../../domain/state.ts';
import { jsonRoute } from '../route.ts';

const title = z.strictObject({ zh: z.string(), en: z.string() }).meta({ id: 'Title' });

const lossStep = z
  .strictObject({
    id: z.string(),
    kind: z.enum(['total', 'loss']).describe('total: what is left here; loss: what is taken away'),
    title,
    symbol: z.string().nullable().describe('as ISO 22400-2 writes it; null: it has no word for it'),
    source: z.string(),
  })
  .meta({ id: 'LossStep', description: 'A step of the way from planned busy time to productive time' });

const named = <W extends string>(ids: readonly [W, ...W[]], what: string) =>
  z.array(z.strictObject({ id: z.enum(ids), title })).describe(what);

const entry = z
  .strictObject({
    id: z.string(),
    title,
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

/** What each KPI id, loss step, time class and state means. */
export const catalogue = jsonRoute({
  id: 'catalogue',
  method: 'get',
  path: '/api/v1/kpis/catalogue',
  summary: {
    zh: '指标目录：名称、公式与出处；损失分步、时间类别与状态',
    en: 'The KPI catalogue: names, formulas, sources; loss steps, classes and states',
  },
  params: z.strictObject({}),
  answer: z
    .strictObject({
      kpis: z.array(entry),
      losses: z.array(lossStep).describe('the steps of /losses, in order'),
      classes: named(TIME_CLASSES, 'what the time classes are called'),
      states: named(STATES, 'what the states are called'),
    })
    .meta({ id: 'KpiCatalogue' }),
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
    losses: LOSS_STEPS.map(({ id, kind, title, symbol, source }) => ({ id, kind, title, symbol, source })),
    classes: titled(TIME_CLASSES, CLASS_NAMES),
    states: titled(STATES, STATE_NAMES),
  }),
});

const titled = <W extends string>(ids: readonly W[], names: Readonly<Record<W, Name>>) =>
  ids.map((id) => ({ id, title: names[id] }));
