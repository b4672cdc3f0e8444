import { z } from 'zod';
import { kpis as definitions } from '../../domain/kpi/index.ts';
import { ledgerParams, ledgerQuestionOf } from '../http/ledger-question.ts';
import { words } from '../http/parameter.ts';
import { ordered } from '../http/times.ts';
import { jsonRoute } from '../route.ts';
import { figure, figureOf } from '../wire/figure.ts';
import { finality, rowKey } from '../wire/row.ts';
import { spanFields, spanOf } from '../wire/scalars.ts';

const KPI_IDS = definitions.map(({ id }) => id);

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
    .strictObject({
      rows: z.array(
        z.strictObject({
          key: rowKey,
          ...spanFields,
          figures: z.array(figure.extend({ finality }).meta({ id: 'RowFigure' })),
        }),
      ),
    })
    .meta({ id: 'Kpis' }),
  problems: ['scope-not-found', 'zone-needed', 'span-too-large', 'store-unavailable'],
  async handler({ params }, { analysis }) {
    const { rows } = await analysis.kpis({ ...ledgerQuestionOf(params), kpis: params.kpi });
    return {
      rows: rows.map(({ key, figures, ...span }) => ({
        key,
        ...spanOf(span),
        figures: figures.map((one) => ({ ...figureOf(one), finality: one.finality })),
      })),
    };
  },
});
