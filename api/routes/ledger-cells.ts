import { z } from 'zod';
import { ledgerParams, ledgerQuestionOf } from '../http/ledger-question.ts';
import { ordered } from '../http/times.ts';
import { jsonRoute } from '../route.ts';
import { digest, rowKey } from '../wire/row.ts';
import { iso, spanFields, spanOf, time } from '../wire/scalars.ts';

/** The cells that rows are made of, as their digests cover them. */
export const ledgerCells = jsonRoute({
  id: 'ledger-cells',
  method: 'get',
  path: '/api/v1/ledger/cells',
  summary: {
    zh: '各行由哪些格组成：其规范 JSON 的 SHA-256 即该行的摘要',
    en: 'The cells of each row: the SHA-256 of their canonical JSON is its digest',
  },
  params: ordered(ledgerParams),
  answer: z
    .strictObject({
      ...spanFields,
      asOf: time,
      rows: z.array(
        z.strictObject({
          key: rowKey,
          ...spanFields,
          digest,
          cells: z
            .array(z.tuple([z.string(), z.int(), z.int(), z.string()]))
            .describe('machine, from and to in milliseconds, digest; by machine and time'),
        }),
      ),
    })
    .meta({ id: 'LedgerCells' }),
  problems: ['scope-not-found', 'zone-needed', 'span-too-large', 'store-unavailable'],
  async handler({ params }, { analysis }) {
    const answer = await analysis.proof.cells(ledgerQuestionOf(params));
    return {
      ...spanOf(answer),
      asOf: iso(answer.asOf),
      rows: answer.rows.map(({ key, digest, cells, ...span }) => ({ key, ...spanOf(span), digest, cells })),
    };
  },
});
