import { assess, assessing } from '../../domain/assess/assess.ts';
import type { Assessment } from '../../domain/assess/assessment.ts';
import type { Evidence } from '../../domain/assess/evidence.ts';
import { assessmentJson, evidenceJson, rubricJson } from '../../domain/assess/json.ts';
import type { Rubric } from '../../domain/assess/rubric.ts';
import type { EpochMs } from '../../domain/time.ts';
import { digestOf } from '../digest.ts';
import { digestInTurns, inTurns } from './in-turns.ts';
import {
  AssessmentRefused,
  type AssessmentShelf,
  type AssessmentSummary,
  type KeptAssessment,
  type StoredAssessment,
} from './port.ts';
import { noteSummary, summaryOf } from './summary.ts';

/** An assessment scored from what is kept of it. */
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

/** Assessments as they are kept: evidence, rubric and entries. Scores are made of them whenever they are asked for. */
export interface Archive {
  /** Refused `assessment-not-found`. */
  scored(id: number, parameter?: string): Scored;
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
    const evidence = evidenceJson.parse(kept.evidence);
    const rubricDigest = digestOf(kept.rubricJson);
    return { kept, rubric, assessment: assess({ evidence, rubric, rubricDigest, entries: kept.entries }) };
  };
  const storedOf = ({ kept, assessment }: Scored): StoredAssessment => {
    const { id, createdAt, publishedAt, publishedBy } = kept;
    const digest = digestOf(assessmentJson.text(assessment));
    return { id, createdAt, publishedAt, publishedBy, digest, assessment };
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
      return { id, createdAt, publishedAt: null, publishedBy: null, digest, assessment };
    },
    summaries: (filter) => shelf.list(filter).map((listed) => summaryOf(listed, summarised)),
  };
}
