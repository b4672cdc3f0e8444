import type { CanonicalValue } from '../../canonical.ts';
import { EQUIPMENT_FLAGS, PROCESS_FLAGS, PROCESS_TYPES, PROGRAMMES } from '../register.ts';
import {
  type Band,
  type Condition,
  type Dependency,
  type Gate,
  GROUPS,
  INDICATOR_KINDS,
  type Indicator,
  type Level,
  type MeasureReference,
  type MeasureWindow,
  type Option,
  type RegisterRatio,
  type Rubric,
  type RubricDomain,
  type RubricElement,
  type Scoring,
  type Source,
  VERIFICATIONS,
} from '../rubric.ts';
import { type Codec, list, nullable, oneOf, record, tagged } from './codec.ts';
import { bilingual, fraction, integer, number, text } from './scalars.ts';

export const source: Codec<Source> = record<Source>({ text, verification: oneOf(VERIFICATIONS) });

const lastDays = record<Exclude<MeasureWindow, string>>({ lastDays: integer });
const wholePeriod = oneOf(['period']);
export const measureWindow: Codec<MeasureWindow> = {
  write: (window) => (window === 'period' ? wholePeriod.write(window) : lastDays.write(window)),
  read: (json) => (typeof json === 'object' && json !== null ? lastDays.read(json) : wholePeriod.read(json)),
};

const FLAGS = [...new Set([...EQUIPMENT_FLAGS, ...PROCESS_FLAGS])];
const register = record<{ readonly register: RegisterRatio }>({
  register: record<RegisterRatio>({
    count: oneOf(['equipment', 'processes']),
    where: list(oneOf(FLAGS)),
    of: list(oneOf(FLAGS)),
  }),
});
const measure = record<Exclude<MeasureReference, { readonly register: RegisterRatio }>>({
  measure: text,
  group: oneOf(GROUPS),
  window: measureWindow,
});
const isRegister = (json: CanonicalValue | undefined): boolean =>
  typeof json === 'object' && json !== null && 'register' in json;
export const measureReference: Codec<MeasureReference> = {
  write: (what) => ('register' in what ? register.write(what) : measure.write(what)),
  read: (json) => (isRegister(json) ? register.read(json) : measure.read(json)),
};

const condition: Codec<Condition> = record<Condition>({
  what: measureReference,
  atLeast: nullable(number),
  atMost: nullable(number),
  source,
});

const option: Codec<Option> = record<Option>({
  id: text,
  text: bilingual,
  points: fraction,
  level: nullable(text),
  when: list(condition),
  source,
});

const band: Codec<Band> = record<Band>({
  from: nullable(number),
  to: nullable(number),
  points: fraction,
  source,
});

const scoring: Codec<Scoring> = tagged<Scoring, 'kind'>('kind', {
  options: record<Extract<Scoring, { kind: 'options' }>>({
    kind: oneOf(['options']),
    options: list(option),
  }),
  bands: record<Extract<Scoring, { kind: 'bands' }>>({
    kind: oneOf(['bands']),
    what: measureReference,
    bands: list(band),
  }),
});

const indicator: Codec<Indicator> = record<Indicator>({
  id: text,
  title: bilingual,
  kind: oneOf(INDICATOR_KINDS),
  processTypes: list(oneOf(PROCESS_TYPES)),
  weight: nullable(fraction),
  scoring,
  evidence: list(measureReference),
  remediation: bilingual,
  source,
});

const domain: Codec<RubricDomain> = record<RubricDomain>({
  id: text,
  title: bilingual,
  weight: nullable(fraction),
  publishedPoints: nullable(fraction),
  indicators: list(indicator),
});

const element: Codec<RubricElement> = record<RubricElement>({
  id: text,
  title: bilingual,
  weight: nullable(fraction),
  domains: list(domain),
});

const gateMembers = { id: text, title: bilingual, source };
const gate: Codec<Gate> = tagged<Gate, 'kind'>('kind', {
  option: record<Extract<Gate, { kind: 'option' }>>({
    ...gateMembers,
    kind: oneOf(['option']),
    indicator: text,
    option: text,
  }),
  score: record<Extract<Gate, { kind: 'score' }>>({
    ...gateMembers,
    kind: oneOf(['score']),
    of: text,
    atLeast: fraction,
  }),
  measure: record<Extract<Gate, { kind: 'measure' }>>({
    ...gateMembers,
    kind: oneOf(['measure']),
    condition,
  }),
});

const level: Codec<Level> = record<Level>({
  id: text,
  title: bilingual,
  programme: nullable(oneOf(PROGRAMMES)),
  gates: list(gate),
});

const dependency: Codec<Dependency> = record<Dependency>({
  answer: record<Dependency['answer']>({ indicator: text, option: text }),
  caps: record<Dependency['caps']>({ indicator: text, atMost: text }),
  source,
});

export const rubric: Codec<Rubric> = record<Rubric>({
  id: text,
  version: text,
  title: bilingual,
  note: bilingual,
  effective: record<Rubric['effective']>({ from: text, to: nullable(text) }),
  processTypes: list(oneOf(PROCESS_TYPES)),
  source,
  levels: list(level),
  elements: list(element),
  dependencies: list(dependency),
});
