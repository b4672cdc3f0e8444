import { z } from 'zod';
import { TIME_CLASSES } from '../../domain/ledger-row.ts';
import { REVISION_CAUSES } from '../../domain/revision-cause.ts';
import { wholeNumber, word } from '../http/parameter.ts';
import { scope } from '../http/places.ts';
import { ordered, spanParams } from '../http/times.ts';
import { jsonRoute } from '../route.ts';
import { GRAINS, plainJson } from '../wire/recorded.ts';
import { revision as revisionNumber } from '../wire/row.ts';
import { iso, spanFields, spanOf, time } from '../wire/scalars.ts';

const beforeAfter = { before: z.number().nullable(), after: z.number().nullable() };

const item = z
  .strictObject({
    id: z.int(),
    machine: z.string(),
    grain: z.enum(GRAINS),
    ...spanFields,
    revision: revisionNumber,
    previous: z
      .int()
      .nullable()
      .describe(
        'the revision before it; null: what was answered then was not kept, by an older version of the program',
      ),
    at: time.describe('when the change was found'),
    causes: z
      .array(z.enum(REVISION_CAUSES))
      .describe('found by comparing inputs: what was known of the machine, and how it is accounted'),
    afterFinal: z.boolean().describe('it came after the cell had become final'),
    settings: z
      .array(
        z.strictObject({
          name: z.string(),
          cause: z.enum(REVISION_CAUSES),
          before: z.unknown(),
          after: z.unknown(),
        }),
      )
      .describe("the machine's and its site's settings that differ"),
    classes: z
      .array(z.strictObject({ class: z.enum(TIME_CLASSES), ...beforeAfter }))
      .describe('milliseconds of the classes that differ'),
    counts: z.array(z.strictObject({ count: z.string(), ...beforeAfter })).describe('pieces that differ'),
    figures: z
      .array(z.strictObject({ kpi: z.string(), ...beforeAfter }))
      .describe('values of the figures that differ'),
  })
  .meta({ id: 'Revision' });

/** What changed in recorded ledgers and why, the newest first. */
export const revisions = jsonRoute({
  id: 'revisions',
  method: 'get',
  path: '/api/v1/revisions',
  summary: { zh: '已记录的账改了什么、为什么', en: 'What changed in recorded ledgers, and why' },
  params: ordered(
    z.strictObject({
      scope,
      ...spanParams,
      cause: word(REVISION_CAUSES, 'Only those of this cause').optional(),
      grain: word(GRAINS, 'Only cells of this kind').optional(),
      limit: wholeNumber({ min: 1, max: 500 }, 'At most so many; absent: 100').optional(),
      cursor: wholeNumber(
        { min: 1, max: Number.MAX_SAFE_INTEGER },
        '`next` of the answer before; absent: from the newest',
      ).optional(),
    }),
  ),
  answer: z
    .strictObject({
      items: z.array(item),
      next: z.string().nullable().describe('`cursor` of the next page; null: this is the last'),
    })
    .meta({ id: 'Revisions' }),
  problems: ['scope-not-found', 'store-unavailable'],
  async handler({ params }, { analysis }) {
    const { scope, from, to, cause, grain, limit = 100, cursor } = params;
    const answer = await analysis.revisions({
      ...{ scope, from, to, limit },
      ...(cause === undefined ? {} : { cause }),
      ...(grain === undefined ? {} : { grain }),
      ...(cursor === undefined ? {} : { before: cursor }),
    });
    return {
      items: answer.revisions.map(({ from, to, at, settings, ...rest }) => ({
        ...rest,
        ...spanOf({ from, to }),
        at: iso(at),
        settings: settings.map((setting) => ({
          ...setting,
          before: plainJson(setting.before),
          after: plainJson(setting.after),
        })),
      })),
      next: answer.next === null ? null : String(answer.next),
    };
  },
});
