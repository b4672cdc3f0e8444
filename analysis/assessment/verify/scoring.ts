import { assess } from '../../../domain/assess/assess.ts';
import type { Assessment } from '../../../domain/assess/assessment.ts';
import { assessmentJson, rubricJson } from '../../../domain/assess/json.ts';
import type { Rubric } from '../../../domain/assess/rubric.ts';
import { digestOf } from '../../digest.ts';
import { differs, digestAlone, notChecked, sameAs, type Verified } from './verified.ts';

const RUBRIC = { window: 'period', group: 'report', kpi: 'rubric' };
const SCORING = { window: 'period', group: 'report', kpi: 'findings-and-scores' };

/**
 * Whether the report was made by a rubric that is known here, and whether findings and scores follow from its own facts:
 * judged anew by that rubric, it has the same digest.
 */
export function compareScoring(report: Assessment, rubrics: readonly Rubric[]): Verified[] {
  const { id, version, digest: rubricDigest } = report.rubric;
  const known = rubrics
    .filter((one) => one.id === id && one.version === version)
    .map((rubric) => ({ rubric, digest: digestOf(rubricJson.text(rubric)) }));
  const stated = digestAlone(rubricDigest);
  const whole = digestAlone(digestOf(assessmentJson.text(report)));
  const found = known.find(({ digest }) => digest === rubricDigest);
  if (!found) {
    const [other] = known;
    const why = `the rubric that it was scored by, ${id} ${version}, isn't the one known here`;
    return other
      ? [
          differs(RUBRIC, { reported: stated, recomputed: digestAlone(other.digest) }, why),
          rescored(report, other.rubric, whole, why),
        ]
      : [
          notChecked(RUBRIC, stated, `no rubric ${id} ${version} is known here`),
          notChecked(SCORING, whole, `no rubric ${id} ${version} is known here`),
        ];
  }
  return [sameAs(RUBRIC, stated), rescored(report, found.rubric, whole, null)];
}

function rescored(
  report: Assessment,
  rubric: Rubric,
  reported: Verified['reported'],
  because: string | null,
): Verified {
  const rubricDigest = digestOf(rubricJson.text(rubric));
  const digest = digestOf(assessmentJson.text(assess({ ...report, rubric, rubricDigest })));
  if (digest === reported.digest) return sameAs(SCORING, reported);
  const why = because ?? 'findings and scores do not follow from the facts of the report';
  return differs(SCORING, { reported, recomputed: digestAlone(digest) }, why);
}
