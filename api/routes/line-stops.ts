import { z } from 'zod';
import { linePath } from '../http/places.ts';
import { asOf, ordered, spanParams } from '../http/times.ts';
import { jsonRoute } from '../route.ts';
import { lineRule, lineRuleOf, lineStopsFields, lineStopsOf } from '../wire/line-stops.ts';
import { iso, isoOrNull, keptSinceField, spanFields, spanOf, time } from '../wire/scalars.ts';

/** What stopped a line: the machine that did, by a rule that has a name. */
export const lineStops = jsonRoute({
  id: 'line-stops',
  method: 'get',
  path: '/api/v1/line-stops',
  summary: { zh: '产线停机：由哪台设备引起', en: 'What stopped a line: which machine, by which rule' },
  params: ordered(z.strictObject({ line: linePath('The line'), ...spanParams, asOf })),
  answer: z
    .strictObject({
      ...{ line: z.string(), ...spanFields, asOf: time, keptSince: keptSinceField },
      ...{ rule: lineRule, ...lineStopsFields },
    })
    .meta({ id: 'LineStops' }),
  problems: ['scope-not-found', 'span-too-large', 'store-unavailable'],
  async handler({ params: { line, from, to, asOf } }, { analysis }) {
    const answer = await analysis.lineStops({ line, from, to, ...(asOf === undefined ? {} : { asOf }) });
    return {
      ...{ line, ...spanOf(answer), asOf: iso(answer.asOf), rule: lineRuleOf(answer.line) },
      ...{ keptSince: isoOrNull(answer.keptSince), ...lineStopsOf(answer) },
    };
  },
});
