import type { Assessment } from '../../domain/assess/assessment.ts';
import { bandId, type Indicator, indicatorsOf, type Rubric } from '../../domain/assess/rubric.ts';
import { AssessmentRefused, type NewEntry } from './port.ts';

/** Refuses an entry about what isn't there: `indicator-not-found`, `option-not-found`, `figure-not-found`. */
export function checkEntry(
  entry: NewEntry,
  rubric: Rubric,
  { declared }: Pick<Assessment, 'declared'>,
): void {
  if (entry.kind === 'closure') {
    const known = declared.map((one) => one.declared.figure);
    if (known.includes(entry.figure)) return;
    throw new AssessmentRefused(
      'figure-not-found',
      'figure',
      `the pilot declares no present figure "${entry.figure}"; it declares ${known.join(', ') || 'none'}`,
    );
  }
  const indicators = [...indicatorsOf(rubric)].map((place) => place.indicator);
  const indicator = indicators.find(({ id }) => id === entry.indicator);
  if (!indicator) {
    const known = indicators.map(({ id }) => id).join(', ');
    throw new AssessmentRefused(
      'indicator-not-found',
      'indicator',
      `rubric "${rubric.id}" has no indicator "${entry.indicator}"; it has ${known}`,
    );
  }
  if (entry.kind === 'answer-withdrawn') return;
  const options = optionsOf(indicator);
  if (options.includes(entry.option)) return;
  throw new AssessmentRefused(
    'option-not-found',
    'option',
    `indicator "${indicator.id}" has no answer "${entry.option}"; it has ${options.join(', ')}`,
  );
}

const optionsOf = ({ scoring }: Indicator): readonly string[] =>
  scoring.kind === 'bands' ? scoring.bands.map(bandId) : scoring.options.map(({ id }) => id);
