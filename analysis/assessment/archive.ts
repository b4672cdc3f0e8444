import { assess, assessing } from '../../domain/assess/assess.ts';
import type { Assessment } from '../../domain/assess/assessment.ts';
import type { Evidence } from '../../domain/assess/evidence.ts';
import { assessmentJson, evidenceJson, rubricJson } from '../../domain/assess/json.ts';
import type { Rubric } from '../../domain/assess/rubric.ts';
import { shownEvidence } from '../../domain/assess/shown-evidence.ts';
import type { EpochMs } from '../../domain/time.ts';
import { digestOf } from '../digest.ts';
import { digestInTurns, inTurns } from './in-turns.ts';
import {
  AssessmentRefused,
  type AssessmentShelf,
  type AssessmentSummary,
  type KeptAssessment,
  type KeptResult,
  type PackedResult,
  type StoredAssessment,
} from './port.ts';
import { noteSummary, summaryOf } from './summary.ts';

/** An assessment as it was published, or scored from what is kept of it. */
export interface Scored {
  readonly kept: KeptAssessment;
  readonly rubric: Rubric;
  readonly assessment: Assessment;
}

/** What a new assessment is made of. */
export interface NewFacts {
  readonly evidence: Evidence;
  readonly rubric: Rubric;
  readonly createdAt: EpochMs;
}

/**
 * Assessments as they are kept: evidence, rubric and entries. Scores of a draft are made of them whenever they are asked for;
 * what is published stays as it was then.
 */
export interface Archive {
  /** Refused `assessment-not-found`. */
  scored(id: number, parameter?: string): Scored;
  /** With all its evidence. Refused `assessment-not-found`, `evidence-removed`. */
  whole(id: number): StoredAssessment;
  /** What stays of it once it is published. */
  resultOf(scored: Scored): Promise<PackedResult>;
  /** The rubric as it was. Refused `assessment-not-found`. */
  rubricOf(id: number): Rubric;
  /** The assessment with its shelf data. */
  stored(id: number): StoredAssessment;
  /** The same after a change: what lists show of it is noted anew. */
  renewed(id: number): StoredAssessment;
  /** Keeps facts as a new assessment, beside other work; nothing is kept once the signal is aborted. */
  add(facts: NewFacts, signal?: AbortSignal): Promise<StoredAssessment>;
  summaries(filter: Parameters<AssessmentShelf['list']>[0]): readonly AssessmentSummary[];
}

export function createArchive(shelf: AssessmentShelf): Archive {
  const keptAs = (id: number, parameter: string): KeptAssessment => {
    const kept = shelf.get(id);
    if (kept) return kept;
    throw new AssessmentRefused('assessment-not-found', parameter, `there is no assessment ${id}`);
  };
  const scored = (id: number, parameter = 'id'): Scored => {
    const kept = keptAs(id, parameter);
    const rubric = rubricJson.parse(kept.rubricJson);
    if (kept.result) return { kept, rubric, assessment: publishedOf(kept, kept.result) };
    const evidence = evidenceJson.parse(kept.evidence as string);
    const rubricDigest = digestOf(kept.rubricJson);
    return { kept, rubric, assessment: assess({ evidence, rubric, rubricDigest, entries: kept.entries }) };
  };
  const storedOf = ({ kept, assessment }: Scored): StoredAssessment => {
    const { id, createdAt, publishedAt, publishedBy, evidenceRemovedAt } = kept;
    const digest = kept.result?.digest ?? digestOf(assessmentJson.text(assessment));
    return { id, createdAt, publishedAt, publishedBy, evidenceRemovedAt, digest, assessment };
  };
  const noted = (one: Scored): StoredAssessment => {
    noteSummary(shelf, one.kept, one.assessment);
    return storedOf(one);
  };
  const summarised = (id: number) => {
    const { kept, assessment } = scored(id);
    return noteSummary(shelf, kept, assessment);
  };
  return {
    scored,
    whole(id) {
      const found = scored(id);
      refuseRemoved(found.kept);
      return storedOf(found);
    },
    async resultOf({ assessment }) {
      const digest = await digestInTurns(assessmentJson.pieces(assessment));
      const shown = { ...assessment, evidence: shownEvidence(assessment.evidence) };
      return { digest, document: await shelf.packResult(assessmentJson.pieces(shown)) };
    },
    rubricOf: (id) => rubricJson.parse(keptAs(id, 'id').rubricJson),
    stored: (id) => storedOf(scored(id)),
    renewed: (id) => noted(scored(id)),
    async add({ evidence, rubric, createdAt }, signal) {
      const text = rubricJson.text(rubric);
      // Scored as gathered: reading it back gives the same.
      const facts = { evidence, rubric, rubricDigest: digestOf(text), entries: [] };
      const assessment = await inTurns(assessing(facts), signal);
      const digest = await digestInTurns(assessmentJson.pieces(assessment), signal);
      const packed = await shelf.pack(evidenceJson.pieces(evidence));
      signal?.throwIfAborted();
      const id = shelf.add({
        ...{ pilot: evidence.pilot.id, rubric: rubric.id, rubricVersion: rubric.version },
        ...{ ...evidence.period, createdAt, evidence: packed, rubricJson: text },
      });
      noteSummary(shelf, { id, entries: [] }, assessment);
      const place = { publishedAt: null, publishedBy: null, evidenceRemovedAt: null };
      return { id, createdAt, ...place, digest, assessment };
    },
    summaries: (filter) => shelf.list(filter).map((listed) => summaryOf(listed, summarised)),
  };
}

function refuseRemoved({ id, evidenceRemovedAt }: KeptAssessment): void {
  if (evidenceRemovedAt === null) return;
  const day = new Date(evidenceRemovedAt).toISOString().slice(0, 10);
  throw new AssessmentRefused(
    'evidence-removed',
    'id',
    `the evidence of assessment ${id} was removed on ${day}, as data.evidenceDays says: what was published stands, but it can't be scored again, and its report.json isn't whole any more; assess the pilot anew, or take the report from where it was saved`,
  );
}

/** As it was published, with its evidence where that is still there. */
function publishedOf({ evidence }: KeptAssessment, { document }: KeptResult): Assessment {
  const published = assessmentJson.parse(document);
  return evidence === null ? published : { ...published, evidence: evidenceJson.parse(evidence) };
}
