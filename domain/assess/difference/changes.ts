import type { Side } from '../difference.ts';
import { assessorSays } from '../findings/answers.ts';
import { referenceKey } from '../findings/instrument.ts';
import { answersOf } from '../findings/reading.ts';
import { compareFractions, doubleOf, type Fraction } from '../fraction.ts';
import { referenceName } from '../reference-name.ts';
import type { Bilingual } from '../register.ts';
import type { Condition, Scoring } from '../rubric.ts';
import { termsOf } from '../terms.ts';
import { arrow, joined, limitText, pointsText } from '../wording.ts';
import { percent, valueText } from '../words.ts';

/** What is behind it: rubric, answers or facts that aren't the same on both sides. */
export const changesOf = (before: Side, after: Side): Bilingual[] => [
  ...answerChanges(before, after),
  ...measuredChanges(before, after),
  ...pointChanges(before.indicator.scoring, after.indicator.scoring),
  ...conditionChanges(before.indicator.scoring, after.indicator.scoring),
  ...shareChanges(before.share, after.share),
];

const plain = (text: string): Bilingual => ({ zh: text, en: text });
const NONE: Bilingual = { zh: '无', en: 'none' };

/** A change as `what: before → after`; nothing where both are the same. */
function changed(what: Bilingual, before: Bilingual, after: Bilingual): Bilingual[] {
  if (before.zh === after.zh && before.en === after.en) return [];
  const { zh, en } = arrow(before, after);
  return [{ zh: `${what.zh}：${zh}`, en: `${what.en}: ${en}` }];
}

function answerChanges(before: Side, after: Side): Bilingual[] {
  const [was, is] = [before, after].map(({ indicator, assessed }) => {
    const said = assessorSays(indicator, assessed.assessment.entries);
    return said.answer ? plain(said.answer.option) : NONE;
  });
  return changed({ zh: '评审员作答', en: "assessor's answer" }, was as Bilingual, is as Bilingual);
}

/** Values that both sides ask for and that differ: the facts aren't the same. */
function measuredChanges(before: Side, after: Side): Bilingual[] {
  const now = new Map(after.finding.evidence.map((part) => [referenceKey(part.what), part.measured]));
  return before.finding.evidence.flatMap(({ what, measured }) => {
    const again = now.get(referenceKey(what));
    if (!again) return [];
    const { unit } = termsOf(what);
    const text = (value: number | null) => (value === null ? NONE : valueText(value, unit));
    return measured.value === again.value
      ? []
      : changed(referenceName(what), text(measured.value), text(again.value));
  });
}

const nameOf = (scoring: Scoring, id: string): Bilingual =>
  scoring.kind === 'options'
    ? { zh: `选项 ${id}`, en: `option ${id}` }
    : { zh: `分档 ${id}`, en: `band ${id}` };

function pointChanges(before: Scoring, after: Scoring): Bilingual[] {
  const [old, now] = [before, after].map(
    (scoring) => new Map(answersOf(scoring).map(({ option, points }) => [option, points])),
  ) as [Map<string, Fraction>, Map<string, Fraction>];
  const text = (points: Fraction | undefined) => (points ? pointsText(points) : NONE);
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((id) =>
    changed(nameOf(now.has(id) ? after : before, id), text(old.get(id)), text(now.get(id))),
  );
}

function conditionChanges(before: Scoring, after: Scoring): Bilingual[] {
  if (before.kind !== 'options' || after.kind !== 'options') {
    const [was, is] = [before, after].map((scoring) =>
      scoring.kind === 'bands' ? referenceName(scoring.what) : NONE,
    );
    return changed({ zh: '分档依据', en: 'bands of' }, was as Bilingual, is as Bilingual);
  }
  return after.options.flatMap(({ id, when }) => {
    const old = before.options.find((option) => option.id === id);
    if (!old) return [];
    const { zh, en } = nameOf(after, id);
    return changed(
      { zh: `${zh} 的条件`, en: `conditions of ${en}` },
      conditionsText(old.when),
      conditionsText(when),
    );
  });
}

const conditionsText = (conditions: readonly Condition[]): Bilingual =>
  conditions.length === 0
    ? NONE
    : joined(
        conditions.map((condition) => {
          const name = referenceName(condition.what);
          const limit = limitText(condition, termsOf(condition.what).unit);
          return { zh: `${name.zh}${limit.zh}`, en: `${name.en}: ${limit.en}` };
        }),
      );

function shareChanges(before: Fraction, after: Fraction): Bilingual[] {
  if (compareFractions(before, after) === 0) return [];
  const text = (share: Fraction) => plain(percent(doubleOf(share)));
  return changed({ zh: '占总分', en: 'share of the total' }, text(before), text(after));
}
