import type { AssessmentDesk } from '../analysis/assessment/port.ts';
import type { DeclaredAnswer } from '../domain/assess/register.ts';
import type { EpochMs } from '../domain/time.ts';
import type { DemoPilot } from '../simulators/pilot.ts';

const DAY_MS = 86_400_000;
const DAYS = 30;
const RUBRICS = ['utilisation', 'zj-future-factory'];

/** Puts the demo's pilots into the register; what is there already stays as it was edited. */
export function registerDemo(
  desk: Pick<AssessmentDesk, 'pilots' | 'savePilots'>,
  pilots: readonly Pick<DemoPilot, 'pilot'>[],
): void {
  const known = new Set(desk.pilots().map(({ id }) => id));
  const missing = pilots.map(({ pilot }) => pilot).filter(({ id }) => !known.has(id));
  if (missing.length > 0) desk.savePilots(missing);
}

/**
 * Assesses each of the demo's pilots once under each rubric, for the last 30 whole production days: these begin with the
 * UTC day in all of its plants. Where the demo's assessor accepts the enterprise's answers, they are entered. Returns how
 * many assessments were made; `failed` is told of those that couldn't be.
 */
export async function demoAssessments({
  desk,
  pilots,
  now,
  signal,
  failed,
}: {
  readonly desk: Pick<AssessmentDesk, 'assess' | 'assessments' | 'enter'>;
  readonly pilots: readonly Pick<DemoPilot, 'pilot' | 'answersAccepted'>[];
  readonly now: EpochMs;
  readonly signal: AbortSignal;
  failed(pilot: string, rubric: string, error: Error): void;
}): Promise<number> {
  const to = Math.floor(now / DAY_MS) * DAY_MS;
  let made = 0;
  for (const rubric of RUBRICS) {
    for (const { pilot, answersAccepted } of pilots) {
      if (signal.aborted) return made;
      if (desk.assessments({ pilot: pilot.id, rubric }).length > 0) continue;
      try {
        const { id } = await desk.assess({ pilot: pilot.id, rubric, from: to - DAYS * DAY_MS, to, signal });
        made++;
        if (answersAccepted) for (const answer of pilot.answers) accept(desk, id, { rubric, answer });
      } catch (error) {
        if (!signal.aborted) failed(pilot.id, rubric, error as Error);
      }
    }
  }
  return made;
}

function accept(
  desk: Pick<AssessmentDesk, 'enter'>,
  id: number,
  { rubric, answer }: { readonly rubric: string; readonly answer: DeclaredAnswer },
): void {
  if (answer.rubric !== rubric) return;
  const { indicator, option, document } = answer;
  const note = `与《${document}》一致`;
  desk.enter(id, { kind: 'answer', indicator, option, note, by: '演示评审员（模拟）' });
}
