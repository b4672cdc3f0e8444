import { z } from 'zod';
import { INDUSTRIES, PROGRAMMES } from '../../domain/assess/register.ts';
import { text, word } from '../http/parameter.ts';
import { jsonRoute } from '../route.ts';
import { listedPilot, listedPilotOf } from '../wire/known-pilot.ts';

/** The pilots of the programme, from the register and from files. */
export const pilots = jsonRoute({
  id: 'pilots',
  method: 'get',
  path: '/api/v1/pilots',
  summary: { zh: '试点企业台账', en: 'The register of pilots' },
  params: z.strictObject({
    industry: word(INDUSTRIES, 'Only pilots of this industry').optional(),
    district: text('Only pilots of this district', ['定海区']).optional(),
    programme: word(PROGRAMMES, 'Only pilots that apply for this').optional(),
  }),
  answer: z.strictObject({ pilots: z.array(listedPilot) }).meta({ id: 'Pilots' }),
  problems: [],
  handler({ params }, { assess }) {
    const wanted = (['industry', 'district', 'programme'] as const).filter(
      (key) => params[key] !== undefined,
    );
    return {
      pilots: assess
        .pilots()
        .filter((pilot) => wanted.every((key) => pilot[key] === params[key]))
        .map(listedPilotOf),
    };
  },
});
