import { z } from 'zod';
import { INTERVAL_SOURCES } from '../../domain/meaning.ts';
import { ENTERED_CLASSES } from '../../domain/reason-tree.ts';
import { machinePath } from '../http/places.ts';
import { asOf, ordered, spanParams } from '../http/times.ts';
import { jsonRoute } from '../route.ts';
import { state } from '../wire/machine.ts';
import { iso, isoOrNull, keptSinceField, spanFields, spanOf, time } from '../wire/scalars.ts';

const interval = z
  .strictObject({
    ...spanFields,
    state,
    raw: z.string().nullable().describe("the source's own word"),
    reason: z.string().nullable(),
    source: z
      .enum(INTERVAL_SOURCES)
      .describe(
        'observed: a reported state holds; derived: one that a measurement or a counter tells; silence: unknown for want of data; never: before the first state',
      ),
    annotation: z
      .strictObject({
        reason: z.string().nullable().describe('null: the machine’s own'),
        class: z
          .enum(ENTERED_CLASSES)
          .nullable()
          .describe('what the time counts as; null: what the state says'),
        annotations: z.array(z.string()).describe('ids of what was said'),
      })
      .optional()
      .describe('what people said of it; absent: nothing'),
  })
  .meta({ id: 'StateInterval' });

/** The states of one machine over a span. */
export const timeline = jsonRoute({
  id: 'timeline',
  method: 'get',
  path: '/api/v1/timeline',
  summary: { zh: '一台机器的状态时间线', en: "One machine's states over a span" },
  params: ordered(z.strictObject({ machine: machinePath('The machine'), ...spanParams, asOf })),
  answer: z
    .strictObject({
      machine: z.string(),
      ...spanFields,
      asOf: time,
      keptSince: keptSinceField,
      intervals: z.array(interval).describe('contiguous, clipped to the span and to asOf; neighbours differ'),
    })
    .meta({ id: 'Timeline' }),
  problems: ['machine-not-found', 'span-too-large', 'store-unavailable'],
  async handler({ params }, { analysis }) {
    const { asOf, ...question } = params;
    const answer = await analysis.timeline({ ...question, ...(asOf === undefined ? {} : { asOf }) });
    return {
      machine: answer.machine,
      ...spanOf(answer),
      asOf: iso(answer.asOf),
      keptSince: isoOrNull(answer.keptSince),
      intervals: answer.intervals.map(({ state, raw, reason, source, annotation, ...span }) => ({
        ...spanOf(span),
        state,
        raw,
        reason,
        source,
        ...(annotation && {
          annotation: {
            ...{ reason: annotation.reason, class: annotation.class, annotations: [...annotation.edits] },
          },
        }),
      })),
    };
  },
});
