import { z } from 'zod';
import { PRESENCE_FILTERS } from '../../analysis/presence.ts';
import { words } from '../http/parameter.ts';
import { scope } from '../http/places.ts';
import { jsonRoute } from '../route.ts';
import { count, iso, isoOrNull, time } from '../wire/scalars.ts';

const machine = z
  .strictObject({
    path: z.string(),
    declared: z.boolean(),
    presence: z
      .enum(['heard', 'silent', 'never-heard'])
      .describe(
        'silent: for longer than the machine may be; never-heard: declared, and nothing of it is stored',
      ),
    firstHeard: time.nullable().describe('oldest source time that is stored'),
    lastHeard: time.nullable().describe('newest source time'),
    silentSince: time.nullable().describe('since when its time is unknown for want of data'),
    source: z.string().nullable().describe('the source in the ingest books that its data came from last'),
  })
  .meta({ id: 'MachinePresence' });

/** Who is there, who is missing, and who is there undeclared. */
export const machines = jsonRoute({
  id: 'machines',
  method: 'get',
  path: '/api/v1/machines',
  summary: {
    zh: '设备是否在场：未声明、失联、从未上报',
    en: 'Which machines are there, silent, never heard, undeclared',
  },
  params: z.strictObject({
    scope,
    filter: words(PRESENCE_FILTERS, 'Only machines of any of these kinds; absent: all', [
      'silent,never-heard',
    ]).optional(),
  }),
  answer: z
    .strictObject({
      asOf: time,
      counts: z
        .strictObject({ declared: count, undeclared: count, silent: count, neverHeard: count })
        .describe('of the whole scope, whatever is filtered'),
      machines: z.array(machine),
    })
    .meta({ id: 'Machines' }),
  problems: ['scope-not-found', 'store-unavailable'],
  async handler({ params }, { analysis }) {
    const { asOf, counts, machines } = await analysis.presence({
      scope: params.scope,
      filters: params.filter ?? [],
    });
    return {
      asOf: iso(asOf),
      counts,
      machines: machines.map(({ firstHeard, lastHeard, silentSince, ...rest }) => ({
        ...rest,
        firstHeard: isoOrNull(firstHeard),
        lastHeard: isoOrNull(lastHeard),
        silentSince: isoOrNull(silentSince),
      })),
    };
  },
});
