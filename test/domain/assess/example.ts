import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Entry } from '../../../domain/assess/evidence.ts';
import type { Instruments } from '../../../domain/assess/findings/instrument.ts';
import { type Fraction, parseFraction } from '../../../domain/assess/fraction.ts';
import type { Measured } from '../../../domain/assess/measure.ts';
import type { Pilot } from '../../../domain/assess/register.ts';
import type { MeasureReference, Rubric } from '../../../domain/assess/rubric.ts';
import { rubricOf, type ShortRubric } from './short-rubric.ts';

/** What an example says of a measure: a plain number, or the parts that matter. */
type ShortMeasure = number | null | Partial<Measured>;

/** An example file: a short rubric and what is known of a pilot, and what has to come out. */
export interface ExampleFile {
  readonly why: string;
  readonly rubric: ShortRubric;
  readonly processType?: Pilot['processType'];
  readonly measures?: Readonly<Record<string, ShortMeasure>>;
  /** `a=C`, or `-a` for an answer that is taken back. */
  readonly assessor?: readonly string[];
  /** The enterprise's own answers, `a: C`, in order of their dates. */
  readonly enterprise?: readonly Readonly<Record<string, string>>[];
  readonly declared?: Readonly<Record<string, number>>;
  readonly expect: {
    readonly findings?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    readonly scores?: Readonly<Record<string, Readonly<Record<string, unknown>> | null>>;
    readonly level?: Readonly<Record<string, unknown>>;
    readonly gates?: Readonly<Record<string, string>>;
    readonly gaps?: readonly Readonly<Record<string, unknown>>[];
  };
}

export const fractionOf = (text: string | number): Fraction => {
  const value = parseFraction(String(text));
  if (!value) throw new Error(`"${text}" is no fraction`);
  return value;
};

export const measuredAs = (short: ShortMeasure | undefined): Measured => {
  const given = typeof short === 'object' && short !== null ? short : { value: short ?? null };
  const value = given.value ?? null;
  return {
    value,
    low: value,
    high: value,
    numerator: null,
    denominator: null,
    coverage: null,
    notAssessable: false,
    flags: [],
    proof: null,
    parts: [],
    ...given,
  };
};

/** Stands in for measures and register: each measure has one value, whatever the group and window. */
export const instrumentsOf =
  (measures: ExampleFile['measures'] = {}): Instruments =>
  (what: MeasureReference) => {
    const id = 'measure' in what ? what.measure : 'register';
    return { name: { zh: id, en: id }, unit: '1', max: 1, measured: measuredAs(measures[id]) };
  };

export interface Example {
  readonly file: ExampleFile;
  readonly rubric: Rubric;
  readonly pilot: Pilot;
  readonly entries: readonly Entry[];
  readonly instruments: Instruments;
}

export const aPilot = (over: Partial<Pilot> = {}): Pilot => ({
  id: 'pilot',
  enterprise: { name: '示例厂', creditCode: null },
  district: '定海区',
  industry: 'other',
  processType: 'discrete',
  programme: 'digital-workshop',
  sites: ['example/site'],
  baselineYear: null,
  simulated: true,
  equipment: [],
  processes: [],
  declared: [],
  answers: [],
  ...over,
});

export const anEntry = (text: string, at = 0): Entry => {
  const [indicator = '', option] = text.replace(/^-/, '').split('=');
  const said = { note: '现场核查', by: '王工', at };
  return option === undefined
    ? { ...said, kind: 'answer-withdrawn', indicator }
    : { ...said, kind: 'answer', indicator, option };
};

export function exampleOf(file: ExampleFile): Example {
  const rubric = rubricOf(file.rubric);
  const documents = (file.enterprise ?? []).map((answers, day) => ({
    answers,
    date: `2026-01-${String(day + 1).padStart(2, '0')}`,
  }));
  const pilot = aPilot({
    processType: file.processType ?? 'discrete',
    answers: documents.flatMap(({ answers, date }) =>
      Object.entries(answers).map(([indicator, option]) => ({
        rubric: rubric.id,
        indicator,
        option,
        date,
        document: '自评表',
      })),
    ),
    declared: Object.entries(file.declared ?? {}).map(([figure, value]) => ({
      figure,
      role: 'current',
      value,
      unit: '1',
      date: '2026-01-01',
      document: '自评表',
    })),
  });
  const entries = (file.assessor ?? []).map((text, at) => anEntry(text, at));
  return { file, rubric, pilot, entries, instruments: instrumentsOf(file.measures) };
}

export const readExample = (path: string): Example =>
  exampleOf(parse(readFileSync(path, 'utf8')) as ExampleFile);
