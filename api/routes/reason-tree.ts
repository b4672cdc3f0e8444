import { z } from 'zod';
import { TIME_CLASSES } from '../../domain/ledger-row.ts';
import { ENTERED_CLASSES, REASONED_STATES } from '../../domain/reason-tree.ts';
import { text } from '../http/parameter.ts';
import { jsonRoute } from '../route.ts';

const reason = z
  .strictObject({
    id: z.string().describe('stands in annotations for ever'),
    zh: z.string(),
    en: z.string(),
    class: z.enum(ENTERED_CLASSES).nullable().describe('what its time counts as; null: what the state says'),
    states: z
      .array(z.enum(REASONED_STATES))
      .nullable()
      .describe('only time in these states is meant; null: all but running and unknown'),
    retired: z.boolean().describe('still understood, no longer offered'),
  })
  .meta({ id: 'TreeReason' });

/** What operators of a site choose reasons from. */
export const reasonTree = jsonRoute({
  id: 'reason-tree',
  method: 'get',
  path: '/api/v1/reason-tree',
  summary: { zh: '一个工厂的停机原因树', en: 'The reasons that operators of a site choose from' },
  params: z.strictObject({ site: text('enterprise/site', ['acme/zhoushan']) }),
  answer: z
    .strictObject({
      site: z.string(),
      version: z.int(),
      source: z.string(),
      own: z.boolean().describe('false: the site has none of its own, this is the one that is shipped'),
      groups: z.array(
        z
          .strictObject({
            id: z.string(),
            zh: z.string(),
            en: z.string(),
            colour: z.enum(TIME_CLASSES).nullable().describe('drawn like this class'),
            reasons: z.array(reason),
          })
          .meta({ id: 'ReasonGroup' }),
      ),
    })
    .meta({ id: 'ReasonTree' }),
  problems: ['site-not-found', 'store-unavailable'],
  async handler({ params: { site } }, { analysis }) {
    const { tree, own } = await analysis.stops.tree(site);
    return {
      ...{ site, version: tree.version, source: tree.source, own },
      groups: tree.groups.map(({ id, zh, en, colour = null, reasons }) => ({
        ...{ id, zh, en, colour },
        reasons: reasons.map((one) => ({
          ...{ id: one.id, zh: one.zh, en: one.en, class: one.class ?? null },
          ...{ states: one.states ? [...one.states] : null, retired: one.retired ?? false },
        })),
      })),
    };
  },
});
