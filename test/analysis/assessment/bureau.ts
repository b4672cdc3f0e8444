import { createAssessmentDesk } from '../../../analysis/assessment/desk.ts';
import { createPilotsDesk } from '../../../analysis/assessment/pilots-desk.ts';
import type { AssessmentDesk } from '../../../analysis/assessment/port.ts';
import { loadRubrics, SHIPPED_RUBRICS } from '../../../config/rubrics/load.ts';
import { measures } from '../../../domain/assess/measures/index.ts';
import type { Pilot } from '../../../domain/assess/register.ts';
import type { Rubric } from '../../../domain/assess/rubric.ts';
import type { Registry } from '../../../registry/registry.ts';
import { pilot } from '../../domain/assess/pilot.ts';
import { DAY, IMM_1, IMM_2, MONDAY_8 } from '../plants.ts';
import { createTown, type Town } from './town.ts';

export const WEEK = { from: MONDAY_8, to: MONDAY_8 + 7 * DAY };

const own = (id: string, machine: string | null): Pilot['equipment'][number] => ({
  ...{ id, name: id, machine, process: null, key: true, numericallyControlled: true },
  ...{ digital: true, shouldBeNetworked: true },
});

/** A pilot of the plant of two sites: two of its four pieces of equipment are heard, and it declares all of them. */
export const HAIDA: Pilot = pilot({
  sites: ['acme/zhoushan'],
  equipment: [own('E1', IMM_1), own('E2', IMM_2), own('E3', null), own('E4', null)],
});

export const SHIPPED: readonly Rubric[] = loadRubrics({ folders: [SHIPPED_RUBRICS], measures });

/** A desk over a plant of which one machine works all week and one for three days. */
export async function openBureau(
  registry: Pick<Registry, 'pilots' | 'assessments' | 'dayTallies' | 'streamPrints' | 'keptChecks'>,
  {
    pilots = [HAIDA],
    rubrics = SHIPPED,
    silent = [],
    ...town
  }: {
    pilots?: readonly Pilot[];
    rubrics?: readonly Rubric[];
    /** Machines that say nothing. */
    silent?: readonly string[];
  } & Parameters<typeof createTown>[0] = {},
): Promise<{ readonly desk: AssessmentDesk; readonly town: Town }> {
  const opened = createTown({
    ...{ dayTallies: registry.dayTallies, streamPrints: registry.streamPrints },
    keptChecks: registry.keptChecks,
    ...town,
  });
  await opened.works(IMM_1, [0, 1, 2, 3, 4, 5, 6]);
  if (!silent.includes(IMM_2)) await opened.works(IMM_2, [0, 1, 2], 4);
  await opened.clock.advance(8 * DAY);
  await opened.analysis.record();
  registry.pilots.put(pilots);
  const desk = createAssessmentDesk({
    pilots: createPilotsDesk({ shelf: registry.pilots, files: [] }),
    rubrics,
    shelf: registry.assessments,
    evidence: opened.analysis.evidence,
    now: opened.clock.now,
  });
  return { desk, town: opened };
}
