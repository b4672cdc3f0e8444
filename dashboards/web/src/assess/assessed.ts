import type { Finding } from '../../../../domain/assess/assessment.ts';
import {
  bandId,
  type Indicator,
  indicatorsOf,
  type Rubric,
  type Scoring,
} from '../../../../domain/assess/rubric.ts';
import { termsOf } from '../../../../domain/assess/terms.ts';
import type { Stored } from './stored.ts';
import type { Voice } from './voice.ts';

/** What every part of a scorecard is made from. */
export interface Assessed {
  readonly stored: Stored;
  readonly rubric: Rubric;
  readonly voice: Voice;
  /** Asks for the assessment again, after something was entered. */
  again(): void;
}

export const indicatorNamed = (rubric: Rubric, id: string): Indicator | undefined =>
  [...indicatorsOf(rubric)].find(({ indicator }) => indicator.id === id)?.indicator;

export const findingOf = ({ assessment }: Stored, id: string): Finding | undefined =>
  assessment.findings.find(({ indicator }) => indicator === id);

export function levelTitle({ rubric, voice }: Assessed, id: string | null): string {
  const found = rubric.levels.find((level) => level.id === id);
  return found ? voice.say(found.title) : voice.words.assess.none;
}

/** An answer that can be given: an option, or a band of values. */
export interface Choosable {
  readonly id: string;
  readonly text: string;
}

/** Every answer of an indicator in words. */
export function choosable(scoring: Scoring, voice: Voice): readonly Choosable[] {
  if (scoring.kind === 'options') {
    return scoring.options.map(({ id, text }) => ({ id, text: `${id} ${voice.say(text)}` }));
  }
  const { unit } = termsOf(scoring.what);
  return scoring.bands.map((band) => ({ id: bandId(band), text: rangeText(band, unit, voice) }));
}

/** The values of `[from, to)`. */
export function rangeText(
  { from, to }: { readonly from: number | null; readonly to: number | null },
  unit: string,
  voice: Voice,
): string {
  const { below, orMore } = voice.words.assess;
  if (from === null) return `${below} ${voice.value(to, unit)}`;
  return to === null
    ? `${voice.value(from, unit)} ${orMore}`
    : `${voice.value(from, unit)} ~ ${voice.value(to, unit)}`;
}
