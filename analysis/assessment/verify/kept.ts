import type { Assessment } from '../../../domain/assess/assessment.ts';
import type { Entry, Evidence } from '../../../domain/assess/evidence.ts';
import { assessmentJson, entryJson, evidenceJson, rubricJson } from '../../../domain/assess/json.ts';
import type { Rubric } from '../../../domain/assess/rubric.ts';
import type { EpochMs } from '../../../domain/time.ts';
import type { AssessmentShelf, KeptAssessment } from '../port.ts';

/** What the shelf has of an assessment of the same pilot and period. */
export interface KeptFacts {
  readonly evidence: Evidence;
  readonly rubric: Rubric;
  readonly entries: readonly Entry[];
  /** Its evidence is removed: the digest of the report that was published is what is left to tell it by. */
  readonly removed: { readonly id: number; readonly at: EpochMs; readonly digest: string } | null;
}

export interface KeptOnes {
  /** Made of the same facts: of the same instant, by the same rubric and with the report's entries where there are several. */
  readonly same: KeptFacts | null;
  /** Other ones of the pilot and period. */
  readonly others: readonly KeptFacts[];
}

/** The assessments on the shelf that a report may be of: what it says of register and settings stands there too. */
export function keptFor(report: Assessment, shelf: Pick<AssessmentShelf, 'list' | 'get'>): KeptOnes {
  const { evidence, period, rubric } = report;
  const listed = shelf
    .list({ pilot: evidence.pilot.id })
    .filter(({ from, to }) => from === period.from && to === period.to);
  const all = listed.flatMap(({ id }): KeptFacts[] => {
    const kept = shelf.get(id);
    if (!kept) return [];
    const { entries, result, evidenceRemovedAt: at } = kept;
    const removed = result && at !== null ? { id, at, digest: result.digest } : null;
    return [{ evidence: evidenceOf(kept), rubric: rubricJson.parse(kept.rubricJson), entries, removed }];
  });
  const asThen = all.filter((one) => one.evidence.asOf === evidence.asOf);
  const byRubric = asThen.filter(
    (one) => one.rubric.id === rubric.id && one.rubric.version === rubric.version,
  );
  // Scored anew by the same rubric it begins without entries: it isn't the one that they were entered in.
  const entered = byRubric.find((one) => hasAll(one.entries, report.entries));
  const same = entered ?? byRubric[0] ?? asThen[0] ?? null;
  return { same, others: all.filter((one) => one !== same) };
}

function hasAll(entries: readonly Entry[], some: readonly Entry[]): boolean {
  const known = new Set(entries.map((entry) => entryJson.text(entry)));
  return some.every((entry) => known.has(entryJson.text(entry)));
}

/** All of it, or what readers are shown. */
function evidenceOf({ evidence, result }: KeptAssessment): Evidence {
  if (evidence !== null) return evidenceJson.parse(evidence);
  return assessmentJson.parse(result?.document ?? '').evidence;
}
