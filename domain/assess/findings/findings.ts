import type { Finding } from '../assessment.ts';
import { compareFractions } from '../fraction.ts';
import { type Indicator, indicatorsOf, type MeasureReference, type Rubric } from '../rubric.ts';
import { type Cap, capped, fewer, inOrderOfCaps, isAbove } from './caps.ts';
import { type Instruments, referenceKey } from './instrument.ts';
import { type Facts, type Judgement, judge, lowestOf } from './judgement.ts';
import { type Answer, answersOf, highestOf } from './reading.ts';

/** One finding for each indicator of the rubric, in reading order. Throws a RangeError on dependencies in a circle. */
export function findingsOf(rubric: Rubric, facts: Omit<Facts, 'rubric'>): Finding[] {
  const places = new Map([...indicatorsOf(rubric)].map((place) => [place.indicator.id, place]));
  const judged = new Map<string, Capped>();
  for (const id of inOrderOfCaps([...places.keys()], rubric.dependencies)) {
    const indicator = places.get(id)?.indicator;
    if (!indicator) continue;
    judged.set(id, limit(indicator, judge(indicator, { ...facts, rubric: rubric.id }), capsOn(indicator)));
  }
  return [...places].map(([id, { element, domain, indicator }]) => ({
    indicator: id,
    element: element.id,
    domain: domain.id,
    ...outcomeOf(indicator, judged.get(id) as Capped, facts.instruments),
  }));

  function capsOn({ id, scoring }: Indicator): Caps {
    const caps: { -readonly [Name in keyof Caps]: Caps[Name] } = {};
    for (const { answer, caps: limited } of rubric.dependencies) {
      const cause = judged.get(answer.indicator)?.judgement;
      const other = places.get(answer.indicator)?.indicator;
      if (limited.indicator !== id || !cause || !other) continue;
      const at = answersOf(scoring).find(({ option }) => option === limited.atMost);
      const given = answersOf(other.scoring).find(({ option }) => option === answer.option);
      if (!at || !given) continue;
      if (mayBe(cause, given)) caps.worst = fewer(caps.worst, at);
      if (cause.outcome !== 'scored') continue;
      const cap: Cap = { ...at, by: answer.indicator, basis: cause.basis };
      if (cause.answer.option === answer.option) caps.answer = fewer(caps.answer, cap);
      if (cause.best.option === answer.option) caps.best = fewer(caps.best, at);
    }
    return caps;
  }
}

/** Whether an answer is possible, as far as is known. */
const mayBe = (judgement: Judgement, { points }: Answer): boolean =>
  judgement.outcome === 'no-evidence' ||
  (judgement.outcome === 'scored' &&
    compareFractions(judgement.worst.points, points) <= 0 &&
    compareFractions(points, judgement.best.points) <= 0);

/** The tightest limits that other answers set: as answered, and at the two ends of what unknown time could change. */
interface Caps {
  readonly answer?: Cap;
  readonly worst?: Answer;
  readonly best?: Answer;
}

interface Capped {
  readonly judgement: Judgement;
  readonly cappedBy: string | null;
}

function limit({ scoring }: Indicator, judgement: Judgement, caps: Caps): Capped {
  if (judgement.outcome === 'not-applicable') return { judgement, cappedBy: null };
  if (judgement.outcome === 'no-evidence') return deduce(scoring, judgement, caps);
  const answer = capped(judgement.answer, caps.answer);
  const worst = capped(judgement.worst, caps.worst);
  const best = capped(judgement.best, caps.best);
  return {
    judgement: {
      ...judgement,
      answer,
      worst: compareFractions(worst.points, answer.points) < 0 ? worst : answer,
      best: compareFractions(best.points, answer.points) > 0 ? best : answer,
    },
    cappedBy: isAbove(judgement.answer, caps.answer) ? caps.answer.by : null,
  };
}

/** What can't be better than the lowest answer is the lowest, even where nothing else is known about it. */
function deduce(scoring: Indicator['scoring'], judgement: Judgement, caps: Caps): Capped {
  const lowest = lowestOf(scoring);
  if (!caps.answer || isAbove(caps.answer, lowest)) return { judgement, cappedBy: null };
  const highest = answersOf(scoring).find(({ points }) => compareFractions(points, highestOf(scoring)) === 0);
  return {
    judgement: {
      outcome: 'scored',
      basis: caps.answer.basis,
      answer: lowest,
      worst: lowest,
      best: capped(highest as Answer, caps.best),
      contradicted: false,
    },
    cappedBy: caps.answer.by,
  };
}

type Outcome = Finding extends infer Each
  ? Each extends Finding
    ? Omit<Each, 'indicator' | 'element' | 'domain'>
    : never
  : never;

function outcomeOf(indicator: Indicator, { judgement, cappedBy }: Capped, instruments: Instruments): Outcome {
  if (judgement.outcome === 'not-applicable') return { ...judgement, evidence: [] };
  const evidence = referencesOf(indicator).map((what) => ({ what, measured: instruments(what).measured }));
  const highest = highestOf(indicator.scoring);
  if (judgement.outcome === 'no-evidence') return { ...judgement, evidence, highest };
  const { outcome, basis, answer, worst, best, contradicted } = judgement;
  return {
    evidence,
    outcome,
    basis,
    option: answer.option,
    points: answer.points,
    low: worst.points,
    high: best.points,
    highest,
    cappedBy,
    contradicted,
  };
}

/** Everything that the indicator asks telemetry and the register, each once. */
export function referencesOf({ scoring, evidence }: Indicator): readonly MeasureReference[] {
  const asked =
    scoring.kind === 'bands'
      ? [scoring.what]
      : scoring.options.flatMap(({ when }) => when.map(({ what }) => what));
  return [...new Map([...asked, ...evidence].map((what) => [referenceKey(what), what])).values()];
}
