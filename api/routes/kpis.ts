import { z } from 'zod';
import type { Figure } from '../../analysis/answers.ts';
import { FIGURE_FLAGS } from '../../domain/formula.ts';
import { kpis as definitions } from '../../domain/kpi/index.ts';
import { LEDGER_FLAGS } from '../../domain/ledger-row.ts';
import { ledgerParams, ledgerQuestionOf } from '../http/ledger-question.ts';
import { words } from '../http/parameter.ts';
import { ordered } from '../http/times.ts';
import { jsonRoute } from '../route.ts';
import { exactInteger } from '../wire/exact-json.ts';
import { digest, revision, rowKey } from '../wire/row.ts';
import { integer, spanFields, spanOf } from '../wire/scalars.ts';

const FLAGS = [...new Set<string>([...FIGURE_FLAGS, ...LEDGER_FLAGS])];
const KPI_IDS = definitions.map(({ id }) => id);

const figure = z
  .strictObject({
    kpi: z.string(),
    value: z
      .number()
      .nullable()
      .describe('numerator / denominator; null where the denominator is zero or an input is missing'),
    low: z.number().nullable().describe('the value if all unknown time counted against it'),
    high: z.number().nullable().describe('the value if all unknown time counted for it'),
    coverage: z
      .number()
      .nullable()
      .describe('known share of planned busy time; null where nothing was planned'),
    numerator: integer.nullable(),
    denominator: integer.nullable().describe('known time'),
    unit: z.string(),
    formulaVersion: z.string(),
    revision,
    digest,
    inputs: z
      .record(z.string(), integer)
      .describe('the ledger sums that the formula used, the unit in the name'),
    flags: z.array(z.string()).describe(`what is worth saying: ${FLAGS.join(', ')}`),
    notAssessable: z.boolean().describe("coverage is below the machine's floor"),
  })
  .meta({ id: 'Figure', description: 'A KPI with its proof' });

/** Figures, each with its proof. */
export const kpis = jsonRoute({
  id: 'kpis',
  method: 'get',
  path: '/api/v1/kpis',
  summary: { zh: '指标值及其依据', en: 'Figures, each with its proof' },
  params: ordered(
    ledgerParams.extend({
      kpi: words(KPI_IDS, 'The figures wanted, comma-separated; absent: all', ['utilisation,oee']).default(
        KPI_IDS,
      ),
    }),
  ),
  answer: z
    .strictObject({ rows: z.array(z.strictObject({ key: rowKey, ...spanFields, figures: z.array(figure) })) })
    .meta({ id: 'Kpis' }),
  problems: ['scope-not-found', 'zone-needed', 'span-too-large', 'store-unavailable'],
  async handler({ params }, { analysis }) {
    const { rows } = await analysis.kpis({ ...ledgerQuestionOf(params), kpis: params.kpi });
    return {
      rows: rows.map(({ key, figures, ...span }) => ({
        key,
        ...spanOf(span),
        figures: figures.map(figureOf),
      })),
    };
  },
});

const exactOrNull = (value: bigint | null) => (value === null ? null : exactInteger(value));

const figureOf = (figure: Figure) => ({
  kpi: figure.kpi,
  value: figure.value,
  low: figure.low,
  high: figure.high,
  coverage: figure.coverage,
  numerator: exactOrNull(figure.numerator),
  denominator: exactOrNull(figure.denominator),
  unit: figure.unit,
  formulaVersion: figure.formulaVersion,
  revision: figure.revision,
  digest: figure.digest,
  inputs: Object.fromEntries(Object.entries(figure.inputs).map(([name, sum]) => [name, exactInteger(sum)])),
  flags: figure.flags,
  notAssessable: figure.notAssessable,
});
