import {
  type DeclaredAnswer,
  type DeclaredFigure,
  type Equipment,
  INDUSTRIES,
  type Pilot,
  PROCESS_TYPES,
  PROGRAMMES,
  type Process,
} from '../register.ts';
import { type Codec, list, long, nullable, oneOf, optional, record } from './codec.ts';
import { flag, integer, number, text } from './scalars.ts';

const equipment: Codec<Equipment> = record<Equipment>({
  id: text,
  name: text,
  machine: nullable(text),
  process: nullable(text),
  key: flag,
  numericallyControlled: flag,
  digital: flag,
  shouldBeNetworked: flag,
});

const process: Codec<Process> = record<Process>({
  id: text,
  name: text,
  key: flag,
  numericallyControlled: flag,
});

export const declaredFigure: Codec<DeclaredFigure> = record<DeclaredFigure>({
  figure: text,
  role: oneOf(['baseline', 'current']),
  value: number,
  unit: text,
  date: text,
  document: text,
  period: optional(record<NonNullable<DeclaredFigure['period']>>({ from: text, to: text })) as Codec<
    NonNullable<DeclaredFigure['period']>
  >,
});

const declaredAnswer: Codec<DeclaredAnswer> = record<DeclaredAnswer>({
  rubric: text,
  indicator: text,
  option: text,
  date: text,
  document: text,
});

export const pilot: Codec<Pilot> = record<Pilot>({
  id: text,
  enterprise: record<Pilot['enterprise']>({ name: text, creditCode: nullable(text) }),
  district: text,
  industry: oneOf(INDUSTRIES),
  processType: oneOf(PROCESS_TYPES),
  programme: oneOf(PROGRAMMES),
  sites: list(text),
  baselineYear: nullable(integer),
  simulated: flag,
  equipment: long(equipment),
  processes: long(process),
  declared: list(declaredFigure),
  answers: list(declaredAnswer),
});
