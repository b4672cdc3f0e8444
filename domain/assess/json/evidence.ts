import { type ClassMs, type Counts, TIME_CLASSES } from '../../ledger-row.ts';
import { GRADES } from '../../plausibility/check.ts';
import type { GradedFinding, GradedMachine } from '../../plausibility/graded.ts';
import type { Span } from '../../time.ts';
import type {
  AssessmentSettings,
  Entry,
  Evidence,
  MachineEvidence,
  PinnedFigure,
  PlausibilityEvidence,
  WindowEvidence,
} from '../evidence.ts';
import { GROUPS } from '../rubric.ts';
import {
  type Codec,
  dictionary,
  list,
  long,
  type Members,
  nullable,
  oneOf,
  optional,
  record,
  tagged,
} from './codec.ts';
import { pilot } from './register.ts';
import { measureWindow } from './rubric.ts';
import { bigInteger, flag, instant, integer, number, pieces, span, spanMembers, text } from './scalars.ts';

const figure: Codec<PinnedFigure> = record<PinnedFigure>({
  kpi: text,
  value: nullable(number),
  low: nullable(number),
  high: nullable(number),
  coverage: nullable(number),
  numerator: nullable(bigInteger),
  denominator: nullable(bigInteger),
  unit: text,
  formulaVersion: text,
  revision: integer,
  digest: text,
  inputs: dictionary(bigInteger),
  flags: list(text),
  notAssessable: flag,
});

const classMs = record<ClassMs>(
  Object.fromEntries(TIME_CLASSES.map((name) => [name, integer])) as Members<ClassMs>,
);

const machine: Codec<MachineEvidence> = record<MachineEvidence>({
  path: text,
  declared: flag,
  lastHeard: nullable(instant),
  scheduledDays: integer,
  heardDays: integer,
  ms: classMs,
  counts: record<Counts>({
    produced: pieces,
    good: pieces,
    reject: pieces,
    duringUnknown: pieces,
    extra: pieces,
  }),
  stops: record<MachineEvidence['stops']>({ ms: integer, withReasonMs: integer }),
  signals: list(text),
  figures: list(figure),
});

const window: Codec<WindowEvidence> = record<WindowEvidence>({
  ...spanMembers,
  window: measureWindow,
  machines: long(machine),
  groups: list(
    record<WindowEvidence['groups'][number]>({
      group: oneOf(GROUPS),
      machines: long(text),
      figures: list(figure),
    }),
  ),
});

const settings: Codec<AssessmentSettings> = record<AssessmentSettings>({
  networkedShare: number,
  discrepancyAbove: number,
  smallestPeerGroup: integer,
});

const shown: Codec<number | string> = {
  write: (value) => value,
  read: (json) => (typeof json === 'string' ? json : number.read(json)),
};
const gradedMachine: Codec<GradedMachine> = record<GradedMachine>({
  machine: text,
  grade: oneOf(GRADES),
  findings: list(
    record<GradedFinding>({
      ...spanMembers,
      check: text,
      grade: oneOf(['B', 'C']),
      evidence: dictionary(shown),
    }),
  ),
  unjudged: optional(span) as Codec<Span>,
});
const plausibility: Codec<PlausibilityEvidence> = record<PlausibilityEvidence>({
  close: span,
  judged: optional(span) as Codec<Span>,
  compared: optional(span) as Codec<Span>,
  rhythms: optional(span) as Codec<Span>,
  grade: oneOf(GRADES),
  machines: long(gradedMachine),
});

export const evidence: Codec<Evidence> = record<Evidence>({
  pilot,
  period: span,
  zone: text,
  asOf: instant,
  settings,
  windows: list(window),
  plausibility: optional(plausibility) as Codec<PlausibilityEvidence>,
});

type Closure = Extract<Entry, { kind: 'closure' }>;
const said = { note: text, by: text, at: instant };
export const closure: Codec<Closure> = record<Closure>({
  ...said,
  kind: oneOf(['closure']),
  figure: text,
  verdict: oneOf(['explained', 'corrected', 'not-accepted']),
});

export const entry: Codec<Entry> = tagged<Entry, 'kind'>('kind', {
  answer: record<Extract<Entry, { kind: 'answer' }>>({
    ...said,
    kind: oneOf(['answer']),
    indicator: text,
    option: text,
  }),
  'answer-withdrawn': record<Extract<Entry, { kind: 'answer-withdrawn' }>>({
    ...said,
    kind: oneOf(['answer-withdrawn']),
    indicator: text,
  }),
  closure,
});
