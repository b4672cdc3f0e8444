import { z } from 'zod';
import type { AssessmentDesk } from '../../analysis/assessment/port.ts';
import { pilotNotes } from '../../domain/assess/pilot-notes.ts';
import { bilingual } from './assess-scalars.ts';
import { pilot } from './pilot.ts';
import { count } from './scalars.ts';

type Known = ReturnType<AssessmentDesk['pilot']>;

const known = {
  from: z.enum(['register', 'file']).describe('one from a file can be changed only there'),
  notes: z
    .array(z.strictObject({ field: z.string(), message: bilingual }))
    .describe('what looks wrong and is taken, such as a credit code that fails its check'),
};

/** A pilot with where it is from. */
export const knownPilot = pilot
  .extend(known)
  .meta({ id: 'KnownPilot', description: 'A pilot of the register or of a file' });

/** A pilot without its lists, which are long. */
export const listedPilot = pilot
  .omit({ equipment: true, processes: true, declared: true, answers: true })
  .extend({
    ...known,
    equipmentCount: count,
    processCount: count,
    declaredCount: count,
    answerCount: count,
  })
  .meta({ id: 'ListedPilot', description: 'A pilot without its lists, and how long they are' });

const notesOf = (one: Known) =>
  pilotNotes(one).map(({ path, message }) => ({ field: path.join('.'), message }));

export const knownPilotOf = (one: Known) => ({ ...one, notes: notesOf(one) });

export function listedPilotOf(one: Known) {
  const { equipment, processes, declared, answers, ...rest } = one;
  return {
    ...rest,
    notes: notesOf(one),
    equipmentCount: equipment.length,
    processCount: processes.length,
    declaredCount: declared.length,
    answerCount: answers.length,
  };
}
