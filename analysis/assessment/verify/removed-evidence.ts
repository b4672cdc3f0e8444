import type { Assessment } from '../../../domain/assess/assessment.ts';
import { assessmentJson } from '../../../domain/assess/json.ts';
import { digestOf } from '../../digest.ts';
import type { KeptOnes } from './kept.ts';
import { digestAlone, notChecked, sameAs, type Verified } from './verified.ts';

const PLACE = { window: 'period', group: 'report', kpi: 'evidence' };

/**
 * What is left where the evidence of the assessment that is kept was removed: the report that was published has its digest.
 * Another one may have been saved while it was a draft, so nothing is said against it.
 */
export function compareRemoved(report: Assessment, { same }: KeptOnes): Verified[] {
  if (!same?.removed) return [];
  const { id, at, digest } = same.removed;
  const reported = digestAlone(digestOf(assessmentJson.text(report)));
  if (reported.digest === digest) return [sameAs(PLACE, reported)];
  const day = new Date(at).toISOString().slice(0, 10);
  const because = `the evidence of assessment ${id} was removed on ${day}, and this isn't the report that was published of it`;
  return [notChecked(PLACE, reported, because)];
}
