import { z } from 'zod';
import type { AssessmentDesk } from '../analysis/assessment/port.ts';
import type { ControlActions } from '../operation/control.ts';
import type { AssessedPilot, Assessor } from './assessor.ts';

const assessInput = z.object({
  pilot: z.string(),
  rubric: z.string(),
  version: z.string().optional(),
  from: z.number().int(),
  to: z.number().int(),
});
const verifyInput = z.object({ report: z.string() });

/** What `kaidong assess` and `kaidong verify` ask of a running platform. */
export function assessActions(
  desk: () => AssessmentDesk | null,
): Pick<ControlActions, 'pilots' | 'assess' | 'verify'> {
  // Loaded by whoever assesses; the process that only takes messages has no need of it.
  const assessor = async (): Promise<Assessor> => {
    const here = desk();
    if (here) return (await import('./assessor.ts')).deskAssessor(here);
    throw new Error('this process assesses nothing; ask one that runs "kaidong serve"');
  };
  return {
    pilots: async () => ({ pilots: await (await assessor()).pilots() }),
    async assess(input, signal): Promise<AssessedPilot> {
      const { version, ...asked } = assessInput.parse(input);
      return (await assessor()).assess({ ...asked, ...(version === undefined ? {} : { version }) }, signal);
    },
    async verify(input, signal) {
      const { assessmentJson } = await import('../domain/assess/json.ts');
      const report = assessmentJson.parse(verifyInput.parse(input).report);
      return { figures: await (await assessor()).verify(report, signal) };
    },
  };
}
