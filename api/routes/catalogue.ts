import { z } from 'zod';
import { KPI_UNITS, TIMINGS, VERIFICATIONS } from '../../domain/formula.ts';
import { STANDARD_KPIS } from '../../domain/iso-22400.ts';
import { TIME_CLASSES } from '../../domain/ledger-row.ts';
import { LOSS_FACTORS, LOSS_STEPS, LOSS_VIEW_IDS, LOSS_VIEWS, type LossStep } from '../../domain/losses.ts';
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
    big: z.array(z.number().int()).describe('which of the six big losses it is; empty: none'),
    factor: z.enum(LOSS_FACTORS).nullable().describe('which factor of the OEE it lowers'),
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
    unit: z.enum(KPI_UNITS).describe('1: a ratio'),
    range: z
      .strictObject({ min: z.number().nullable(), max: z.number().nullable() })
      .describe('null: no limit'),
    trend: z.enum(['higher-is-better', 'lower-is-better']),
    timing: z.array(z.enum(TIMINGS)).describe('when it can be asked for, in the words of ISO 22400-1'),
    clause: z
      .string()
      .nullable()
      .describe(
        'of ISO 22400-2:2014, by its public table of contents, which numbers nothing below clauses; null: the standard has no such KPI',
      ),
    verification: z
      .enum(VERIFICATIONS)
      .describe(
        'verified: read in a source that quotes the standard; secondary: read elsewhere; own-design: ours',
      ),
    additive: z
      .boolean()
      .describe(
        'numerators and denominators of rows add up to those of their union; false: ask for the union',
      ),
    source: z.string().describe('where the definition comes from, and how well that is verified'),
    formulaVersion: z.string(),
  })
  .meta({ id: 'KpiDefinition' });

const standardKpi = z
  .strictObject({
    title,
    formula: z.string(),
    kpi: z.string().nullable().describe('the id that it has here; null: there is no figure of it'),
    why: title.nullable().describe('why there is none, or where else it is; null: there is one'),
  })
  .meta({ id: 'StandardKpi', description: 'A KPI of ISO 22400-2, and what becomes of it here' });

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
      standard: z.array(standardKpi).describe('every KPI of ISO 22400-2'),
      losses: z.array(lossStep).describe('the steps of /losses in the view iso, in order'),
      lossViews: z
        .array(
          z.strictObject({ id: z.enum(LOSS_VIEW_IDS), title, source: z.string(), steps: z.array(lossStep) }),
        )
        .describe('the steps of /losses in each view, in order'),
      classes: named(TIME_CLASSES, 'what the time classes are called'),
      states: named(STATES, 'what the states are called'),
    })
    .meta({ id: 'KpiCatalogue' }),
  problems: [],
  handler: (_, { analysis }) => ({
    kpis: analysis.catalogue.map((kpi) => ({
      id: kpi.id,
      title: kpi.title,
      formula: kpi.formula,
      unit: kpi.unit,
      range: kpi.range,
      trend: kpi.trend,
      timing: [...kpi.timing],
      clause: kpi.clause,
      verification: kpi.verification,
      additive: kpi.additive,
      source: kpi.source,
      formulaVersion: kpi.formulaVersion,
    })),
    standard: STANDARD_KPIS.map((one) => ({
      ...{ title: one.title, formula: one.formula, kpi: one.kpi },
      why: one.kpi === null ? one.why : null,
    })),
    losses: stepsOf(LOSS_STEPS),
    lossViews: LOSS_VIEW_IDS.map((id) => {
      const { title, source, steps } = LOSS_VIEWS[id];
      return { id, title, source, steps: stepsOf(steps) };
    }),
    classes: titled(TIME_CLASSES, CLASS_NAMES),
    states: titled(STATES, STATE_NAMES),
  }),
});

const stepsOf = (steps: readonly LossStep[]) =>
  steps.map(({ id, kind, title, symbol, big, factor, source }) => ({
    ...{ id, kind, title, symbol, factor, source },
    big: [...big],
  }));

const titled = <W extends string>(ids: readonly W[], names: Readonly<Record<W, Name>>) =>
  ids.map((id) => ({ id, title: names[id] }));
