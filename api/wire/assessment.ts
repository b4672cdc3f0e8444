import { z } from 'zod';
import type { StoredAssessment } from '../../analysis/assessment/port.ts';
import { NO_EVIDENCE_CAUSES } from '../../domain/assess/assessment.ts';
import { assessmentJson } from '../../domain/assess/json.ts';
import { PART_REASONS, type PartReason } from '../../domain/assess/part-reasons.ts';
import { bilingual, fraction, source } from './assess-scalars.ts';
import { closure, entry, evidence, loweredGrade } from './evidence.ts';
import { inPieces } from './in-pieces.ts';
import { declaredFigure } from './pilot.ts';
import { digest, revision } from './row.ts';
import { measureReference } from './rubric.ts';
import { count, integer, iso, isoOrNull, spanFields, time } from './scalars.ts';

const measured = z
  .strictObject({
    value: z.number().nullable(),
    low: z.number().nullable().describe('if all unknown time counted against it'),
    high: z.number().nullable().describe('if all unknown time counted for it'),
    numerator: integer.nullable(),
    denominator: integer.nullable(),
    coverage: z.number().nullable(),
    notAssessable: z.boolean(),
    flags: z.array(z.string()),
    proof: z.strictObject({ revision, digest, formulaVersion: z.string() }).nullable(),
    parts: z
      .array(
        z.strictObject({
          id: z.string(),
          machine: z.string().nullable(),
          value: z.number().nullable(),
          counts: z.boolean().nullable(),
          because: z.enum(Object.keys(PART_REASONS) as PartReason[]).nullable(),
        }),
      )
      .describe('what each machine, piece of equipment or process contributes; those to look at first'),
  })
  .meta({ id: 'Measured', description: 'A measured value with its bounds and proof' });

const about = {
  indicator: z.string(),
  element: z.string(),
  domain: z.string(),
  evidence: z.array(z.strictObject({ what: measureReference, measured })),
  lowered: z
    .strictObject({ grade: loweredGrade, machines: z.array(z.string()), because: bilingual })
    .optional()
    .describe('machines that it was measured by have a lowered evidence grade; the score is as measured'),
};
const finding = z
  .discriminatedUnion('outcome', [
    z.strictObject({
      ...about,
      outcome: z.literal('scored'),
      basis: z.enum(['measured', 'declared', 'judged']),
      option: z.string(),
      points: fraction,
      low: fraction,
      high: fraction,
      highest: fraction,
      cappedBy: z.string().nullable(),
      contradicted: z.boolean(),
    }),
    z.strictObject({ ...about, outcome: z.literal('not-applicable'), because: bilingual }),
    z.strictObject({
      ...about,
      outcome: z.literal('no-evidence'),
      cause: z.enum(NO_EVIDENCE_CAUSES),
      because: bilingual,
      highest: fraction,
    }),
  ])
  .meta({ id: 'Finding', description: 'What came out for one indicator' });

const score = z
  .strictObject({
    value: fraction.nullable().describe('null while an applicable finding has no evidence'),
    low: fraction,
    high: fraction,
    points: fraction,
    highest: fraction,
    findings: z.strictObject({ scored: count, noEvidence: count, notApplicable: count }),
  })
  .meta({ id: 'Score', description: 'A weighted score as a share of the highest, 0 to 1' });
const scoreFields = { id: z.string(), score: score.nullable(), weight: fraction };

const passed = z.enum(['passed', 'failed', 'open']).meta({ id: 'Passed' });
const level = z
  .strictObject({
    levels: z.array(
      z.strictObject({
        level: z.string(),
        passed,
        gates: z.array(z.strictObject({ gate: z.string(), passed, because: bilingual })),
      }),
    ),
    reached: z.string().nullable(),
    possible: z.string().nullable(),
    unknownTimeCouldChangeIt: z.boolean(),
  })
  .meta({ id: 'LevelResult' });

const gap = z
  .strictObject({
    indicator: z.string().nullable(),
    gates: z.array(z.string()),
    enoughAlone: z
      .boolean()
      .describe('whether it alone would pass those gates; else it is the best that this can bring'),
    step: z.int().nullable().describe('its place in a smallest set that would be enough; null: not in it'),
    needed: z.strictObject({ option: z.string().nullable(), value: z.number().nullable() }),
    points: fraction,
    score: fraction,
    machines: z.array(z.string()),
    remediation: bilingual,
  })
  .meta({ id: 'Gap', description: 'One thing that would bring the plant nearer to its next level' });

const declaredComparison = z
  .strictObject({
    declared: declaredFigure,
    measured: measured.nullable(),
    difference: z.number().nullable().describe('declared − measured'),
    reasons: z.array(z.strictObject({ reason: z.string(), detail: bilingual })),
    state: z.enum(['agrees', 'open', 'closed', 'not-checkable']),
    closure: closure.nullable(),
  })
  .meta({ id: 'DeclaredComparison' });

const side = z.strictObject({
  value: z.number(),
  unit: z.string(),
  basis: z.enum(['measured', 'declared']),
  document: z.string().nullable(),
});
const benefit = z
  .strictObject({
    benefit: z.string(),
    baseline: side.nullable(),
    current: side.nullable(),
    measured: measured.nullable(),
    gain: z.number().nullable(),
    because: bilingual.nullable(),
  })
  .meta({ id: 'Benefit' });

/** An assessment as `assessmentJson` writes it: the same as its report.json. */
export const assessment = z
  .strictObject({
    schema: z.literal('kaidong/assessment/1'),
    rubric: z.strictObject({
      id: z.string(),
      version: z.string(),
      digest: z.string(),
      title: bilingual,
      source,
    }),
    period: z.strictObject(spanFields),
    evidence,
    entries: z.array(entry),
    findings: z.array(finding),
    scores: z.strictObject({
      total: score.nullable(),
      elements: z.array(z.strictObject({ ...scoreFields, domains: z.array(z.strictObject(scoreFields)) })),
    }),
    level,
    gaps: z.array(gap),
    declared: z.array(declaredComparison),
    benefits: z.array(benefit),
  })
  .meta({ id: 'Assessment', description: 'Pilot × rubric × period, with everything that it rests on' });

/** An assessment with its place on the shelf. */
export const storedAssessment = z
  .strictObject({
    id: z.int(),
    createdAt: time,
    publishedAt: time.nullable(),
    publishedBy: z.string().nullable(),
    evidenceRemovedAt: time
      .nullable()
      .describe(
        "`data.evidenceDays` after it was published; then `evidence` holds the first window's utilisation and time alone, and all else is as it was published. null: the evidence is whole",
      ),
    digest: digest.describe('SHA-256 of report.json, also where its evidence is removed'),
    assessment,
  })
  .meta({ id: 'StoredAssessment' });

/** In pieces: of a large register it is long. */
export const storedAssessmentOf = (stored: StoredAssessment): z.output<typeof storedAssessment> =>
  inPieces(spelt(stored));

function* spelt({ assessment: scored, ...shelf }: StoredAssessment): Generator<string, void, void> {
  const { id, publishedBy, digest: sha } = shelf;
  const [createdAt, publishedAt] = [iso(shelf.createdAt), isoOrNull(shelf.publishedAt)];
  const evidenceRemovedAt = isoOrNull(shelf.evidenceRemovedAt);
  const head = JSON.stringify({ id, createdAt, publishedAt, publishedBy, evidenceRemovedAt, digest: sha });
  yield `${head.slice(0, -1)},"assessment":`;
  yield* assessmentJson.pieces(scored);
  yield '}';
}
