import { z } from 'zod';
import type { LedgerRow } from '../../analysis/answers.ts';
import { LEDGER_FLAGS } from '../../domain/ledger-row.ts';
import { ledgerParams, ledgerQuestionOf } from '../http/ledger-question.ts';
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
  params: ordered(ledgerParams),
  answer: z
    .strictObject({
      ...spanFields,
      asOf: time,
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
    return { ...spanOf(answer), asOf: iso(answer.asOf), rows: answer.rows.map(rowOf) };
  },
});

const rowOf = (row: LedgerRow) => ({
  key: row.key,
  ...spanOf(row),
  steps: lossBarsOf(row),
  revision: row.revision,
  digest: row.digest,
  flags: row.flags,
});
