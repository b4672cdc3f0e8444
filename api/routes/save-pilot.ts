import { z } from 'zod';
import { pilotProblems } from '../../domain/assess/pilot-problems.ts';
import { problemOf } from '../problem.ts';
import { jsonRoute } from '../route.ts';
import { knownPilot, knownPilotOf } from '../wire/known-pilot.ts';
import { pilotBody, pilotGiven } from '../wire/pilot-body.ts';

/** Creates a pilot, or replaces the one with its id. */
export const savePilot = jsonRoute({
  id: 'save-pilot',
  method: 'post',
  path: '/api/v1/pilots',
  summary: { zh: '登记或更新一家试点企业', en: 'Register a pilot, or replace it' },
  params: z.strictObject({}),
  body: pilotBody,
  answer: knownPilot,
  problems: ['pilot-conflict', 'pilot-from-file'],
  handler({ body }, { assess }) {
    const pilot = pilotGiven(body);
    const wrong = pilotProblems(pilot);
    if (wrong.length > 0) {
      throw problemOf(
        'body-invalid',
        wrong.map(({ path, message, allowed }) => ({
          in: 'body',
          name: path.join('.'),
          message: message.en,
          allowed,
        })),
      );
    }
    assess.savePilots([pilot]);
    return knownPilotOf({ ...pilot, from: 'register' });
  },
});
