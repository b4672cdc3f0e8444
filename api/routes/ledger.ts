import { z } from 'zod';
import { ledgerParams, ledgerQuestionOf } from '../http/ledger-question.ts';
import { ordered } from '../http/times.ts';
import { jsonRoute } from '../route.ts';
import { ledgerRow, ledgerRowOf } from '../wire/ledger-row.ts';
import { iso, spanFields, spanOf, time } from '../wire/scalars.ts';

/** The time ledger: every millisecond in exactly one class. */
export const ledger = jsonRoute({
  id: 'ledger',
  method: 'get',
  path: '/api/v1/ledger',
  summary: { zh: '时间账：每一毫秒只归一类', en: 'The time ledger: every millisecond in exactly one class' },
  params: ordered(ledgerParams),
  answer: z.strictObject({ ...spanFields, asOf: time, rows: z.array(ledgerRow) }).meta({ id: 'Ledger' }),
  problems: ['scope-not-found', 'zone-needed', 'span-too-large', 'store-unavailable'],
  async handler({ params }, { analysis }) {
    const answer = await analysis.ledger(ledgerQuestionOf(params));
    return { ...spanOf(answer), asOf: iso(answer.asOf), rows: answer.rows.map(ledgerRowOf) };
  },
});
