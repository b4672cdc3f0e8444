import { z } from 'zod';
import type { LedgerRow } from '../../analysis/answers.ts';
import { LEDGER_FLAGS } from '../../domain/ledger-row.ts';
import { LOSS_VIEW_IDS, type LossViewId } from '../../domain/losses.ts';
import { ledgerParams, ledgerQuestionOf } from '../http/ledger-question.ts';
import { word } from '../http/parameter.ts';
import { ordered } from '../http/times.ts';
import { jsonRoute } from '../route.ts';
import { lossBar, lossBarsOf } from '../wire/loss-bar.ts';
import { digest, revision, rowKey } from '../wire/row.ts';
import { iso, spanFields, spanOf, time } from '../wire/scalars.ts';

/** The loss waterfall: what takes planned busy time down to productive time. */
export const losses = jsonRoute({
  id: 'losses',
  method: 'get',
  path: '/api/v1/losses',
  summary: {
    zh: '损失瀑布：从计划工作时间到有效产出时间',
    en: 'The loss waterfall, from planned busy to productive time',
  },
  params: ordered(
    ledgerParams.extend({
      view: word(
        LOSS_VIEW_IDS,
        'How losses are booked: a minor stop as lost availability (iso), or as lost performance (tpm)',
      ).default('iso'),
    }),
  ),
  answer: z
    .strictObject({
      ...spanFields,
      asOf: time,
      view: z.enum(LOSS_VIEW_IDS),
      rows: z
        .array(
          z
            .strictObject({
              key: rowKey,
              ...spanFields,
              steps: z.array(lossBar),
              revision,
              digest,
              flags: z.array(z.enum(LEDGER_FLAGS)),
            })
            .meta({ id: 'LossRow' }),
        )
        .describe('of the ledger row with the same key'),
    })
    .meta({ id: 'Losses' }),
  problems: ['scope-not-found', 'zone-needed', 'span-too-large', 'store-unavailable'],
  async handler({ params }, { analysis }) {
    const answer = await analysis.ledger(ledgerQuestionOf(params));
    const { view } = params;
    return {
      ...{ ...spanOf(answer), asOf: iso(answer.asOf), view },
      rows: answer.rows.map((row) => rowOf(row, view)),
    };
  },
});

const rowOf = (row: LedgerRow, view: LossViewId) => ({
  key: row.key,
  ...spanOf(row),
  steps: lossBarsOf(row, view),
  revision: row.revision,
  digest: row.digest,
  flags: row.flags,
});
