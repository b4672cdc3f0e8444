import type { Assessment, DeclaredComparison, Score } from '../../domain/assess/assessment.ts';
import type { Evidence } from '../../domain/assess/evidence.ts';
import { doubleOf } from '../../domain/assess/fraction.ts';
import { openDiscrepancies } from '../../domain/assess/open-discrepancies.ts';
import type { Group } from '../../domain/assess/rubric.ts';
import type {
  AssessmentShelf,
  AssessmentSummary,
  KeptAssessment,
  ListedDeclaration,
  ListedScore,
} from './port.ts';

type Listed = ReturnType<AssessmentShelf['list']>[number];

/** What a list shows that has to be scored first. */
export type Noted = Pick<
  AssessmentSummary,
  'score' | 'elements' | 'reached' | 'possible' | 'openDiscrepancies' | 'declared' | 'telemetry'
>;

export function notedOf(assessment: Assessment): Noted {
  const { scores, level, evidence } = assessment;
  return {
    score: listed(scores.total),
    elements: scores.elements.map(({ id, score }) => ({ id, score: listed(score) })),
    reached: level.reached,
    possible: level.possible,
    openDiscrepancies: openDiscrepancies(assessment).length,
    declared: assessment.declared.map(declarationOf),
    telemetry: telemetryOf(evidence),
  };
}

const listed = (score: Score | null): ListedScore | null =>
  score && {
    value: score.value && doubleOf(score.value),
    low: doubleOf(score.low),
    high: doubleOf(score.high),
  };

function declarationOf({ declared, measured, difference, state }: DeclaredComparison): ListedDeclaration {
  const { figure, unit, value } = declared;
  const found = measured && {
    value: measured.value,
    low: measured.low,
    high: measured.high,
    notAssessable: measured.notAssessable,
  };
  return { figure, unit, declared: value, measured: found, difference, state };
}

function telemetryOf({ windows: [period] }: Evidence): AssessmentSummary['telemetry'] {
  const paths = (group: Group) => period?.groups.find((one) => one.group === group);
  const own = new Set(paths('registered')?.machines);
  const figure = paths('registered')?.figures.find(({ kpi }) => kpi === 'utilisation');
  const heard = (period?.machines ?? []).flatMap(({ path, lastHeard }) =>
    own.has(path) ? (lastHeard ?? []) : [],
  );
  return {
    utilisation: figure
      ? {
          value: figure.value,
          low: figure.low,
          high: figure.high,
          coverage: figure.coverage,
          notAssessable: figure.notAssessable,
        }
      : null,
    machines: own.size,
    heard: paths('heard')?.machines.length ?? 0,
    lastHeard: heard.length > 0 ? heard.reduce((a, b) => Math.max(a, b)) : null,
  };
}

/** What was noted before lists showed all of this is made anew. */
function isWhole(noted: Partial<Noted>): noted is Noted {
  return noted.elements !== undefined && noted.telemetry !== undefined;
}

/** The summary of an assessment in a list; `score` makes what nobody has noted yet. */
export function summaryOf(listed: Listed, score: (id: number) => Noted): AssessmentSummary {
  const { id, pilot, rubric, rubricVersion, from, to, createdAt, publishedAt, summary } = listed;
  const before = summary === null ? {} : (JSON.parse(summary) as Partial<Noted>);
  const noted = isWhole(before) ? before : score(id);
  return { id, pilot, rubric, rubricVersion, from, to, createdAt, publishedAt, ...noted };
}

/** Notes what lists show, and gives it back. */
export function noteSummary(
  shelf: AssessmentShelf,
  { id, entries }: Pick<KeptAssessment, 'id' | 'entries'>,
  assessment: Assessment,
): Noted {
  const noted = notedOf(assessment);
  shelf.noteSummary(id, { entries: entries.length, json: JSON.stringify(noted) });
  return noted;
}
