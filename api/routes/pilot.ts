import { z } from 'zod';
import { pilotId } from '../http/assess-parameters.ts';
import { jsonRoute } from '../route.ts';
import { knownPilot, knownPilotOf } from '../wire/known-pilot.ts';

/** A pilot with everything that is registered of it. */
export const pilot = jsonRoute({
  id: 'pilot',
  method: 'get',
  path: '/api/v1/pilots/{id}',
  summary: { zh: '一家试点企业的登记内容', en: 'Everything that is registered of a pilot' },
  params: z.strictObject({ id: pilotId('Id of the pilot') }),
  answer: knownPilot,
  problems: ['pilot-not-found'],
  handler: ({ params }, { assess }) => knownPilotOf(assess.pilot(params.id)),
});
