import { z } from 'zod';
import { kpis as definitions } from '../../domain/kpi/index.ts';
import { ledgerParams, ledgerQuestionOf } from '../http/ledger-question.ts';
import { words } from '../http/parameter.ts';
import { ordered } from '../http/times.ts';
import { jsonRoute } from '../route.ts';
import { digest, revision, rowKey } from '../wire/row.ts';
import { iso, isoOrNull, spanFields, spanOf, time } from '../wire/scalars.ts';

const KPI_IDS = definitions.map(({ id }) => id);

const side = {
  digest,
  figures: z.array(
    z.strictObject({
      kpi: z.string(),
      value: z.number().nullable(),
      numerator: z.string().nullable().describe('an integer, as text'),
      denominator: z.string().nullable().describe('an integer, as text'),
      formulaVersion: z.string(),
    }),
  ),
};

/** Figures recomputed from raw data, past everything that is recorded. */
export const verify = jsonRoute({
  id: 'verify',
  method: 'get',
  path: '/api/v1/verify',
  summary: {
    zh: '由原始数据重算指标并比对',
    en: 'Figures recomputed from raw data, beside those that are answered',
  },
  params: ordered(
    ledgerParams.extend({
      kpi: words(KPI_IDS, 'The figures wanted, comma-separated; absent: all', ['utilisation,oee']).default(
        KPI_IDS,
      ),
    }),
  ),
  answer: z
    .strictObject({
      scope: z.string(),
      ...spanFields,
      asOf: time,
      keptSince: time.nullable().describe('raw data before it is removed; null: all is kept'),
      rows: z.array(
        z
          .strictObject({
            key: rowKey,
            ...spanFields,
            outcome: z
              .enum(['same', 'differs', 'not-checked'])
              .describe(
                'not-checked: what it takes to check them is removed, which says nothing against them',
              ),
            because: z.string().nullable(),
            rawDataRemoved: z.boolean(),
            served: z.strictObject({ ...side, revision }).describe('what /kpis answers'),
            recomputed: z.strictObject(side).describe('what raw data gives'),
          })
          .meta({ id: 'VerifiedRow' }),
      ),
    })
    .meta({ id: 'VerifiedFigures' }),
  problems: ['scope-not-found', 'zone-needed', 'span-too-large', 'store-unavailable'],
  async handler({ params }, { analysis }) {
    const answer = await analysis.proof.verify({ ...ledgerQuestionOf(params), kpis: params.kpi });
    const { scope, asOf, keptSince, rows } = answer;
    return {
      scope,
      ...spanOf(answer),
      asOf: iso(asOf),
      keptSince: isoOrNull(keptSince),
      rows: rows.map(({ key, from, to, ...rest }) => ({ key, ...spanOf({ from, to }), ...rest })),
    };
  },
});
