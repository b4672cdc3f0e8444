import type { NoEvidenceCause } from '../assessment.ts';
import type { Entry } from '../evidence.ts';
import { compareFractions } from '../fraction.ts';
import type { Bilingual, Pilot, ProcessType } from '../register.ts';
import type { Indicator } from '../rubric.ts';
import { assessorSays, enterpriseSays, isContradicted, type Said } from './answers.ts';
import type { Instruments } from './instrument.ts';
import { type Answer, answersOf, type Reading, read } from './reading.ts';

/** What is known about one indicator by itself, before the answers of others limit it. */
export type Judgement =
  | {
      readonly outcome: 'scored';
      readonly basis: 'measured' | 'declared' | 'judged';
      readonly answer: Answer;
      /** The answers if all unknown time were lost, and if it were productive. */
      readonly worst: Answer;
      readonly best: Answer;
      readonly contradicted: boolean;
    }
  | { readonly outcome: 'not-applicable'; readonly because: Bilingual }
  | { readonly outcome: 'no-evidence'; readonly cause: NoEvidenceCause; readonly because: Bilingual };

export interface Facts {
  readonly pilot: Pilot;
  readonly rubric: string;
  readonly entries: readonly Entry[];
  readonly instruments: Instruments;
}

/** The first of: the assessor's answer; what telemetry and the register say; what the enterprise declares. */
export function judge(indicator: Indicator, facts: Facts): Judgement {
  const { pilot, rubric, entries, instruments } = facts;
  if (!indicator.processTypes.includes(pilot.processType)) {
    return { outcome: 'not-applicable', because: NOT_ASKED[pilot.processType] };
  }
  const { kind, scoring } = indicator;
  const reading = read(scoring, instruments);
  const tooHigh = (answer: Answer) => isContradicted(answer, { scoring, reading, instruments });
  const assessor = assessorSays(indicator, entries);
  if (assessor.answer) return answered('judged', assessor.answer, tooHigh(assessor.answer));

  const enterprise = enterpriseSays(indicator, { rubric, pilot, instruments });
  if (kind === 'measured') {
    const contradicted = enterprise.answer !== null && tooHigh(enterprise.answer);
    return measured(indicator, reading, contradicted);
  }
  if (kind === 'declared' && enterprise.answer) {
    return answered('declared', enterprise.answer, tooHigh(enterprise.answer));
  }
  return unanswered(kind, [assessor, enterprise]);
}

const answered = (basis: 'declared' | 'judged', answer: Answer, contradicted: boolean): Judgement => ({
  outcome: 'scored',
  basis,
  answer,
  worst: answer,
  best: answer,
  contradicted,
});

function measured({ scoring }: Indicator, reading: Reading, contradicted: boolean): Judgement {
  const { answer, lacks, worst, best } = reading;
  if (!answer) return { outcome: 'no-evidence', ...(lacks as NonNullable<Reading['lacks']>) };
  return {
    outcome: 'scored',
    basis: 'measured',
    answer,
    worst: worst ?? lowestOf(scoring),
    // Where there is an answer, there is a best one.
    best: best as Answer,
    contradicted,
  };
}

/** The first of the answers with the fewest points. */
export const lowestOf = (scoring: Indicator['scoring']): Answer =>
  answersOf(scoring).toSorted((a, b) => compareFractions(a.points, b.points))[0] as Answer;

function unanswered(kind: Indicator['kind'], said: readonly Said[]): Judgement {
  const strange = said.flatMap((part) => (part.answer === null ? (part.unknownOption ?? []) : []))[0];
  const because =
    strange !== undefined
      ? {
          zh: `所答“${strange}”不是本指标的选项`,
          en: `the answer given, "${strange}", is none of this indicator's options`,
        }
      : kind === 'judged'
        ? { zh: '评审员尚未作答', en: 'no assessor has answered yet' }
        : {
            zh: '企业未申报，评审员也未作答',
            en: 'the enterprise has declared nothing, and no assessor has answered',
          };
  return { outcome: 'no-evidence', cause: 'not-answered', because };
}

const NOT_ASKED: Readonly<Record<ProcessType, Bilingual>> = {
  discrete: { zh: '离散型企业不适用', en: 'not asked of discrete manufacturing' },
  process: { zh: '流程型企业不适用', en: 'not asked of process manufacturing' },
};
