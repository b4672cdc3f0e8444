import { z } from 'zod';
import { TIME_CLASSES } from '../../domain/ledger-row.ts';
import { machinePath } from '../http/places.ts';
import { asOf, ordered, spanParams } from '../http/times.ts';
import { jsonRoute } from '../route.ts';
import { state } from '../wire/machine.ts';
import { count, iso, isoOrNull, keptSinceField, spanFields, spanOf, time } from '../wire/scalars.ts';

const part = z
  .strictObject({
    ...spanFields,
    state,
    heard: z.string().nullable().describe("the machine's own reason"),
    reason: z.string().nullable().describe('what shows: one that was entered, else the machine’s own'),
    class: z.enum(TIME_CLASSES),
    annotations: z.array(z.string()).describe('ids of what was said and counts here'),
  })
  .meta({ id: 'StopPart' });

/** The stops of a machine as operators see them. */
export const stops = jsonRoute({
  id: 'stops',
  method: 'get',
  path: '/api/v1/stops',
  summary: { zh: '一台机器的停机及其原因', en: "A machine's stops, and their reasons" },
  params: ordered(z.strictObject({ machine: machinePath('The machine'), ...spanParams, asOf })),
  answer: z
    .strictObject({
      machine: z.string(),
      ...spanFields,
      asOf: time,
      keptSince: keptSinceField,
      editableSince: time
        .nullable()
        .describe(
          'of time before it nothing can be said any more: its raw data is removed, and its figures stand as they were recorded; null: of all',
        ),
      stops: z
        .array(
          z
            .strictObject({
              ...spanFields,
              kind: z.enum(['stop', 'setup']),
              open: z.boolean().describe('still lasts'),
              cut: z.boolean().describe('began before the span'),
              unreasonedMs: count.describe('time of it that is lost or idle, and has no reason'),
              parts: z.array(part).describe('contiguous; a run between stops that were merged is one too'),
            })
            .meta({ id: 'Stop' }),
        )
        .describe('ascending, clipped to the span'),
    })
    .meta({ id: 'Stops' }),
  problems: ['machine-not-found', 'span-too-large', 'store-unavailable'],
  async handler({ params }, { analysis }) {
    const { asOf, ...question } = params;
    const answer = await analysis.stops.stops({ ...question, ...(asOf === undefined ? {} : { asOf }) });
    return {
      ...{ machine: answer.machine, ...spanOf(answer), asOf: iso(answer.asOf) },
      keptSince: isoOrNull(answer.keptSince),
      editableSince: isoOrNull(answer.editableSince),
      stops: answer.stops.map(({ kind, open, cut, unreasonedMs, parts, ...span }) => ({
        ...{ ...spanOf(span), kind, open, cut, unreasonedMs },
        parts: parts.map(({ edits, heard, reason, class: name, ...rest }) => ({
          ...{ ...spanOf(rest), state: rest.state, heard, reason, class: name, annotations: [...edits] },
        })),
      })),
    };
  },
});
