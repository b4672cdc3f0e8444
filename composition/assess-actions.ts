import { z } from 'zod';
import type { AssessmentDesk } from '../analysis/assessment/port.ts';
import { assessmentJson } from '../domain/assess/json.ts';
import type { ControlActions } from '../operation/control.ts';
import { type AssessedPilot, deskAssessor } from './assessor.ts';

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
  const assessor = () => {
    const here = desk();
    if (here) return deskAssessor(here);
    throw new Error('this process assesses nothing; ask one that runs "kaidong serve"');
  };
  return {
    pilots: async () => ({ pilots: await assessor().pilots() }),
    async assess(input, signal): Promise<AssessedPilot> {
      const { version, ...asked } = assessInput.parse(input);
      return assessor().assess({ ...asked, ...(version === undefined ? {} : { version }) }, signal);
    },
    async verify(input, signal) {
      const report = assessmentJson.parse(verifyInput.parse(input).report);
      return { figures: await assessor().verify(report, signal) };
    },
  };
}
