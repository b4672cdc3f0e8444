import { z } from 'zod';
import type { LedgerRow } from '../../analysis/answers.ts';
import { LEDGER_FLAGS } from '../../domain/ledger-row.ts';
import { lossesOf } from '../../domain/losses.ts';
import { ledgerParams, ledgerQuestionOf } from '../http/ledger-question.ts';
import { ordered } from '../http/times.ts';
import { jsonRoute } from '../route.ts';
import { exactInteger } from '../wire/exact-json.ts';
import { digest, revision, rowKey } from '../wire/row.ts';
import { integer, iso, spanFields, spanOf, time } from '../wire/scalars.ts';

const bar = z
  .strictObject({
    id: z.string().describe('a loss step of /kpis/catalogue'),
    us: integer.nullable().describe('microseconds; null: not known, for want of an ideal cycle or a count'),
    span: z
      .tuple([integer, integer])
      .nullable()
      .describe(
        'between which heights the bar of a waterfall stands, in µs; a negative loss hangs below zero',
      ),
    share: z.number().nullable().describe('of planned busy time; null: nothing was planned'),
  })
  .meta({ id: 'LossBar' });

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
              steps: z.array(bar),
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
  steps: lossesOf(row).map(({ id, us, span, share }) => ({
    id,
    us: us === null ? null : exactInteger(us),
    span:
      span &&
      ([exactInteger(span[0]), exactInteger(span[1])] as [
        ReturnType<typeof exactInteger>,
        ReturnType<typeof exactInteger>,
      ]),
    share,
  })),
  revision: row.revision,
  digest: row.digest,
  flags: row.flags,
});
