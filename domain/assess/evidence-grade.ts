import type { MachinePath } from '../path.ts';
import { type Grade, gradeOf } from '../plausibility/check.ts';
import { checkTitle, GRADE_WORDS } from '../plausibility/finding-words.ts';
import { findingsIn, type GradedFinding, type GradedMachine } from '../plausibility/graded.ts';
import type { Finding } from './assessment.ts';
import type { Evidence } from './evidence.ts';
import { referenceKey } from './findings/instrument.ts';
import { knownMeasure } from './measure-of.ts';
import type { Bilingual } from './register.ts';
import type { MeasureReference } from './rubric.ts';
import { windowOf } from './windows.ts';

/** Evidence that carries less far than it should, and why. The score beside it is as measured. */
export interface Lowered {
  readonly grade: Exclude<Grade, 'A'>;
  /** The machines that something was found of, in path order. */
  readonly machines: readonly MachinePath[];
  /** Grade and reason in words. */
  readonly because: Bilingual;
}

/** Says of a finding whether machines that it was measured by have a lowered grade in the time that was measured. */
export function withGrade(evidence: Evidence): (finding: Finding) => Finding {
  const { plausibility } = evidence;
  if (!plausibility) return (finding) => finding;
  const { machines } = plausibility;
  const known = new Map<string, readonly GradedMachine[]>();
  const doubtful = (what: MeasureReference): readonly GradedMachine[] =>
    known.getOrInsertComputed(referenceKey(what), () => doubtfulOf(what, machines, evidence));
  return (finding) => {
    const found = new Map<MachinePath, GradedFinding[]>();
    for (const { what } of finding.evidence) {
      for (const { machine, findings } of doubtful(what)) {
        found.getOrInsertComputed(machine, () => []).push(...findings);
      }
    }
    const lowered = loweredBy(found);
    return lowered ? { ...finding, lowered } : finding;
  };
}

/** The machines that a reference is measured by and that something was found of in its window. */
function doubtfulOf(
  what: MeasureReference,
  machines: readonly GradedMachine[],
  evidence: Evidence,
): readonly GradedMachine[] {
  if ('register' in what || knownMeasure(what.measure).basis === 'register') return [];
  const window = windowOf(evidence, what.window);
  if (!window) return [];
  const measured = new Set(window.groups.find(({ group }) => group === what.group)?.machines);
  return machines
    .filter(({ machine }) => measured.has(machine))
    .map((one) => ({ ...one, findings: findingsIn(one.findings, window) }))
    .filter(({ findings }) => findings.length > 0);
}

function loweredBy(found: ReadonlyMap<MachinePath, readonly GradedFinding[]>): Lowered | null {
  const findings = [...found.values()].flat();
  const grade = gradeOf(findings.map((one) => one.grade));
  if (grade === 'A') return null;
  return { grade, machines: [...found.keys()].sort(), because: becauseOf(grade, found) };
}

/** `证据等级 C：2 台设备的遥测…`: the checks that found something, and of how many machines. */
function becauseOf(grade: Grade, found: ReadonlyMap<MachinePath, readonly GradedFinding[]>): Bilingual {
  const counts = new Map<string, number>();
  for (const findings of found.values()) {
    for (const check of new Set(findings.map((one) => one.check))) {
      counts.set(check, (counts.get(check) ?? 0) + 1);
    }
  }
  const parts = [...counts].map(([check, count]) => {
    const title = checkTitle(check);
    return {
      zh: `${title.zh}（${count} 台设备）`,
      en: `${title.en} (${count} ${count === 1 ? 'machine' : 'machines'})`,
    };
  });
  const says = GRADE_WORDS[grade];
  return {
    zh: `证据等级 ${grade}，${says.zh}：${parts.map(({ zh }) => zh).join('、')}；得分未作改动`,
    en: `evidence grade ${grade}, ${says.en}: ${parts.map(({ en }) => en).join(', ')}; the score is as it was measured`,
  };
}
