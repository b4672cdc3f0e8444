import type { AssessmentDesk, AssessmentSummary, AssessRequest } from '../analysis/assessment/port.ts';
import { notedOf } from '../analysis/assessment/summary.ts';
import type { Assessment } from '../domain/assess/assessment.ts';
import { assessmentJson } from '../domain/assess/json.ts';
import { askRunning } from '../operation/control.ts';

/** What came out for a pilot. */
export interface AssessedPilot
  extends Pick<AssessmentSummary, 'score' | 'reached' | 'possible' | 'openDiscrepancies'> {
  readonly id: number;
  readonly pilot: string;
  readonly digest: string;
  /** Canonical JSON. */
  readonly report: string;
}

export type VerifiedFigures = Awaited<ReturnType<AssessmentDesk['verify']>>;

/** Who assesses for a command: a desk of this process, or the running platform's. */
export interface Assessor {
  /** Ids of every pilot. */
  pilots(): Promise<readonly string[]>;
  assess(request: Omit<AssessRequest, 'signal'>, signal: AbortSignal): Promise<AssessedPilot>;
  verify(report: Assessment, signal: AbortSignal): Promise<VerifiedFigures>;
}

export const deskAssessor = (desk: AssessmentDesk): Assessor => ({
  pilots: async () => desk.pilots().map(({ id }) => id),
  async assess(request, signal) {
    const { id, digest, assessment } = await desk.assess({ ...request, signal });
    const report = assessmentJson.text(assessment);
    const { score, reached, possible, openDiscrepancies } = notedOf(assessment);
    return { id, pilot: request.pilot, digest, score, reached, possible, openDiscrepancies, report };
  },
  verify: (report, signal) => desk.verify(report, signal),
});

/** The platform that runs on a data folder. Its methods throw {@link NothingRunning} where none does. */
export const runningAssessor = (dir: string): Assessor => ({
  async pilots() {
    const { pilots } = (await askRunning(dir, 'pilots', null)) as { pilots: readonly string[] };
    return pilots;
  },
  assess: async (request, signal) => (await askRunning(dir, 'assess', request, signal)) as AssessedPilot,
  async verify(report, signal) {
    const input = { report: assessmentJson.text(report) };
    const { figures } = (await askRunning(dir, 'verify', input, signal)) as { figures: VerifiedFigures };
    return figures;
  },
});
