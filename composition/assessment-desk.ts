import { createAssessmentDesk } from '../analysis/assessment/desk.ts';
import type { EvidenceSource } from '../analysis/assessment/gather.ts';
import { createPilotsDesk } from '../analysis/assessment/pilots-desk.ts';
import type { AssessmentDesk } from '../analysis/assessment/port.ts';
import { loadPilots } from '../config/pilots/load.ts';
import { loadRubrics, SHIPPED_RUBRICS } from '../config/rubrics/load.ts';
import type { Config } from '../config.ts';
import { measures } from '../domain/assess/measures/index.ts';
import type { Registry } from '../registry/registry.ts';

/** The desk of the configured rubrics and pilots. Throws {@link ConfigError} where one of their files can't be used. */
export function assessmentDeskOf({
  config,
  registry,
  evidence,
}: {
  readonly config: Pick<Config, 'rubrics' | 'pilots' | 'assess'>;
  readonly registry: Pick<Registry, 'pilots' | 'assessments'>;
  readonly evidence: EvidenceSource;
}): AssessmentDesk {
  return createAssessmentDesk({
    pilots: createPilotsDesk({ shelf: registry.pilots, files: loadPilots(config.pilots.folders) }),
    rubrics: loadRubrics({ folders: [SHIPPED_RUBRICS, ...config.rubrics.folders], measures }),
    shelf: registry.assessments,
    evidence,
    now: Date.now,
    settings: config.assess,
  });
}
