import type { Section } from '../section.ts';
import { benefits } from './benefits.ts';
import { declared } from './declared.ts';
import { definitions } from './definitions.ts';
import { entries } from './entries.ts';
import { findings } from './findings.ts';
import { gaps } from './gaps.ts';
import { levels } from './levels.ts';
import { machines } from './machines.ts';
import { plausibility } from './plausibility.ts';
import { scores } from './scores.ts';
import { signatures } from './signatures.ts';
import { summary } from './summary.ts';

/** Every section, in the order of the report. */
export const SECTIONS: readonly Section[] = [
  summary,
  scores,
  declared,
  levels,
  gaps,
  findings,
  benefits,
  machines,
  plausibility,
  definitions,
  entries,
  signatures,
];
