import type { Benefit } from '../domain/assess/benefit.ts';
import { benefits } from '../domain/assess/benefits/index.ts';
import { GROUP_NAMES } from '../domain/assess/groups.ts';
import { MEASURE_FLAGS } from '../domain/assess/measure-flags.ts';
import { measures } from '../domain/assess/measures/index.ts';
import { PART_REASONS } from '../domain/assess/part-reasons.ts';
import type { Bilingual } from '../domain/assess/register.ts';
import { GROUPS } from '../domain/assess/rubric.ts';
import { NOTICE, table } from './markdown.ts';

const both = ({ zh, en }: Bilingual): string => `${zh}<br>${en}`;
const list = (words: Readonly<Record<string, Bilingual>>): string =>
  table(
    ['Code', '中文', 'English'],
    Object.entries(words).map(([code, { zh, en }]) => [`\`${code}\``, zh, en]),
  );

const measuredUnit = ({ measured }: Benefit): string => (measured ? measured.unit : 'declared only');
const nationalGain = ({ national }: Benefit): string =>
  national ? `${national.source.text} (${national.source.verification})` : '–';

/** What an assessment can measure, and what the words beside its figures mean. */
export const measuresPage = (): string =>
  [
    NOTICE,
    '# Measures',
    '',
    'What a rubric can ask of telemetry and of the register. Each is a file of `domain/assess/measures/`. The denominator is that of a',
    'group: its name stands before it in a report. *Verification* says how well the source was read: `verified`, `secondary`, `derived`,',
    '`recalled`, `proposed` (our own) or `none`.',
    '',
    table(
      ['Id', 'Title', 'Definition', 'Denominator', 'From', 'Unit', 'Source', 'Verification'],
      measures.map((measure) => [
        `\`${measure.id}\``,
        both(measure.title),
        both(measure.definition),
        both(measure.denominator),
        measure.basis,
        measure.unit,
        measure.source,
        measure.verification,
      ]),
    ),
    '',
    '## Groups',
    '',
    'A count of equipment goes over the register, a figure of time over machines with telemetry; a count of processes has no group.',
    '',
    table(
      ['Group', 'A count of equipment', 'A figure of time'],
      GROUPS.map((group) => [
        `\`${group}\``,
        both(GROUP_NAMES.equipment[group]),
        both(GROUP_NAMES.machines[group]),
      ]),
    ),
    '',
    '## Benefits',
    '',
    'Figures of effect (成效): the present against the declared baseline. A gain is positive where it became better. Each is a file of',
    '`domain/assess/benefits/`. The national average only shows whether a gain is plausible.',
    '',
    table(
      ['Id', 'Title', 'Definition', 'Measured in', 'Source', 'Verification', 'National average'],
      benefits.map((benefit) => [
        `\`${benefit.id}\``,
        both(benefit.title),
        both(benefit.definition),
        measuredUnit(benefit),
        benefit.source,
        benefit.verification,
        nationalGain(benefit),
      ]),
    ),
    '',
    '## Why something does not count, or has no value',
    '',
    list(PART_REASONS),
    '',
    '## Flags of a measured value',
    '',
    list(MEASURE_FLAGS),
    '',
  ].join('\n');
