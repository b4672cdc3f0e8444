import { z } from 'zod';
import type { ReasonRow } from '../../analysis/answers.ts';
import { TIME_CLASSES } from '../../domain/ledger-row.ts';
import { ledgerParams, ledgerQuestionOf } from '../http/ledger-question.ts';
import { ordered } from '../http/times.ts';
import { jsonRoute } from '../route.ts';
import { state } from '../wire/machine.ts';
import { rowKey } from '../wire/row.ts';
import { count, iso, isoOrNull, keptSinceField, spanFields, spanOf, time } from '../wire/scalars.ts';

const part = z
  .strictObject({
    class: z.enum(TIME_CLASSES),
    state,
    reason: z.string().nullable().describe('null: none was given'),
    ms: count.describe('over the parts of a class they sum to what /ledger says of it'),
    stops: z
      .int()
      .positive()
      .describe(
        'unbroken stretches of this state and reason that the time lies in; borders of row, shift and break do not break one',
      ),
    longestMs: count.describe('the most that one of these stretches has of the time'),
  })
  .meta({ id: 'ReasonPart', description: 'A part of a time class' });

/** The time ledger split by state and reason: where the time of a stop class went. */
export const reasons = jsonRoute({
  id: 'reasons',
  method: 'get',
  path: '/api/v1/reasons',
  summary: { zh: '时间账按状态与原因细分', en: 'The time ledger, split by state and reason' },
  params: ordered(ledgerParams),
  answer: z
    .strictObject({
      ...spanFields,
      asOf: time,
      keptSince: keptSinceField,
      rows: z
        .array(
          z.strictObject({ key: rowKey, ...spanFields, reasons: z.array(part) }).meta({ id: 'ReasonRow' }),
        )
        .describe('the rows of /ledger'),
    })
    .meta({ id: 'Reasons' }),
  problems: ['scope-not-found', 'zone-needed', 'span-too-large', 'store-unavailable'],
  async handler({ params }, { analysis }) {
    const { asOf, keptSince, rows, ...span } = await analysis.reasons(ledgerQuestionOf(params));
    return { ...spanOf(span), asOf: iso(asOf), keptSince: isoOrNull(keptSince), rows: rows.map(rowOf) };
  },
});

const rowOf = ({ key, reasons, ...span }: ReasonRow) => ({
  key,
  ...spanOf(span),
  reasons: reasons.map((part) => ({
    class: part.class,
    state: part.state,
    reason: part.reason,
    ms: part.ms,
    stops: part.stops,
    longestMs: part.longestMs,
  })),
});
