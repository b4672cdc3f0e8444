import {
  type Assessment,
  type BenefitResult,
  type BenefitSide,
  type DeclaredComparison,
  type DifferenceReason,
  type Finding,
  type Gap,
  type LevelResult,
  NO_EVIDENCE_CAUSES,
  type Score,
  type ScoreOf,
  type Scores,
} from '../assessment.ts';
import type { Lowered } from '../evidence-grade.ts';
import type { Measured, MeasuredPart } from '../measure.ts';
import { PART_REASONS, type PartReason } from '../part-reasons.ts';
import { type Codec, list, long, nullable, oneOf, optional, record, tagged } from './codec.ts';
import { closure, entry, evidence } from './evidence.ts';
import { declaredFigure } from './register.ts';
import { measureReference, source } from './rubric.ts';
import { bigInteger, bilingual, flag, fraction, integer, number, span, text } from './scalars.ts';

const measured: Codec<Measured> = record<Measured>({
  value: nullable(number),
  low: nullable(number),
  high: nullable(number),
  numerator: nullable(bigInteger),
  denominator: nullable(bigInteger),
  coverage: nullable(number),
  notAssessable: flag,
  flags: list(text),
  proof: nullable(
    record<NonNullable<Measured['proof']>>({ revision: integer, digest: text, formulaVersion: text }),
  ),
  parts: long(
    record<MeasuredPart>({
      id: text,
      machine: nullable(text),
      value: nullable(number),
      counts: nullable(flag),
      because: nullable(oneOf(Object.keys(PART_REASONS) as PartReason[])),
    }),
  ),
});

const about = {
  indicator: text,
  element: text,
  domain: text,
  evidence: list(record<Finding['evidence'][number]>({ what: measureReference, measured })),
  lowered: optional(
    record<Lowered>({ grade: oneOf(['B', 'C']), machines: long(text), because: bilingual }),
  ) as Codec<Lowered>,
};
const finding: Codec<Finding> = tagged<Finding, 'outcome'>('outcome', {
  scored: record<Extract<Finding, { outcome: 'scored' }>>({
    ...about,
    outcome: oneOf(['scored']),
    basis: oneOf(['measured', 'declared', 'judged']),
    option: text,
    points: fraction,
    low: fraction,
    high: fraction,
    highest: fraction,
    cappedBy: nullable(text),
    contradicted: flag,
  }),
  'not-applicable': record<Extract<Finding, { outcome: 'not-applicable' }>>({
    ...about,
    outcome: oneOf(['not-applicable']),
    because: bilingual,
  }),
  'no-evidence': record<Extract<Finding, { outcome: 'no-evidence' }>>({
    ...about,
    outcome: oneOf(['no-evidence']),
    cause: oneOf(NO_EVIDENCE_CAUSES),
    because: bilingual,
    highest: fraction,
  }),
});

const score: Codec<Score> = record<Score>({
  value: nullable(fraction),
  low: fraction,
  high: fraction,
  points: fraction,
  highest: fraction,
  findings: record<Score['findings']>({ scored: integer, noEvidence: integer, notApplicable: integer }),
});
const scoreMembers = { id: text, score: nullable(score), weight: fraction };
const scores: Codec<Scores> = record<Scores>({
  total: nullable(score),
  elements: list(
    record<Scores['elements'][number]>({ ...scoreMembers, domains: list(record<ScoreOf>(scoreMembers)) }),
  ),
});

const passed = oneOf(['passed', 'failed', 'open']);
const level: Codec<LevelResult> = record<LevelResult>({
  levels: list(
    record<LevelResult['levels'][number]>({
      level: text,
      passed,
      gates: list(
        record<LevelResult['levels'][number]['gates'][number]>({ gate: text, passed, because: bilingual }),
      ),
    }),
  ),
  reached: nullable(text),
  possible: nullable(text),
  unknownTimeCouldChangeIt: flag,
});

const gap: Codec<Gap> = record<Gap>({
  indicator: nullable(text),
  gates: list(text),
  enoughAlone: flag,
  step: nullable(integer),
  needed: record<Gap['needed']>({ option: nullable(text), value: nullable(number) }),
  points: fraction,
  score: fraction,
  machines: long(text),
  remediation: bilingual,
});

const declared: Codec<DeclaredComparison> = record<DeclaredComparison>({
  declared: declaredFigure,
  measured: nullable(measured),
  difference: nullable(number),
  reasons: list(
    record<DifferenceReason>({
      reason: oneOf([
        'silent-machines',
        'coverage',
        'other-denominator',
        'other-period',
        'within-bounds',
        'unexplained',
        'wrong-unit',
        'not-measured',
      ]),
      detail: bilingual,
    }),
  ),
  state: oneOf(['agrees', 'open', 'closed', 'not-checkable']),
  closure: nullable(closure),
});

const side: Codec<BenefitSide> = record<BenefitSide>({
  value: number,
  unit: text,
  basis: oneOf(['measured', 'declared']),
  document: nullable(text),
});
const benefit: Codec<BenefitResult> = record<BenefitResult>({
  benefit: text,
  baseline: nullable(side),
  current: nullable(side),
  measured: nullable(measured),
  gain: nullable(number),
  because: nullable(bilingual),
});

/** Registries keep what was published as this for good: a member that comes later is optional, and none goes. */
export const assessment: Codec<Assessment> = record<Assessment>({
  schema: oneOf(['kaidong/assessment/1']),
  rubric: record<Assessment['rubric']>({ id: text, version: text, digest: text, title: bilingual, source }),
  period: span,
  evidence,
  entries: list(entry),
  findings: list(finding),
  scores,
  level,
  gaps: list(gap),
  declared: list(declared),
  benefits: list(benefit),
});
