import { PROCESS_FLAGS } from '../../domain/assess/register.ts';
import type { Condition, Indicator, MeasureReference } from '../../domain/assess/rubric.ts';
import type { FileProblem } from '../yaml-source.ts';

/** What is known of the measures that a rubric may name. */
export interface KnownMeasure {
  readonly id: string;
  readonly trend: 'higher-is-better' | 'lower-is-better';
}

export type Path = readonly (string | number)[];

/** `undefined` where the measure isn't known. More of a register ratio is better. */
export const trendOf = (what: MeasureReference, measures: readonly KnownMeasure[]) =>
  'register' in what ? 'higher-is-better' : measures.find(({ id }) => id === what.measure)?.trend;

export function referenceProblems(
  what: MeasureReference,
  path: Path,
  measures: readonly KnownMeasure[],
): readonly FileProblem[] {
  if (!('register' in what)) {
    if (measures.some(({ id }) => id === what.measure)) return [];
    return [{ path: [...path, 'measure'], message: unknown('measure', what.measure, measures) }];
  }
  const { count, where, of } = what.register;
  if (count === 'equipment') return [];
  const wrong = [...where, ...of].find((flag) => !(PROCESS_FLAGS as readonly string[]).includes(flag));
  if (wrong === undefined) return [];
  const message = `a process has no flag "${wrong}"; it has ${PROCESS_FLAGS.join(', ')}`;
  return [{ path: [...path, 'register'], message }];
}

export function conditionProblems(
  { what, atLeast, atMost }: Condition,
  path: Path,
  measures: readonly KnownMeasure[],
): readonly FileProblem[] {
  const problems = [...referenceProblems(what, path, measures)];
  const trend = trendOf(what, measures);
  if (
    (trend === 'higher-is-better' && atMost !== null) ||
    (trend === 'lower-is-better' && atLeast !== null)
  ) {
    const message = `a better value would fail this condition; use ${atMost !== null ? 'atLeast' : 'atMost'}`;
    problems.push({ path, message });
  }
  return problems;
}

/** Whether an indicator has such an option. */
export function answerProblems(
  indicators: readonly Indicator[],
  indicator: string,
  option: string,
  path: Path,
): readonly FileProblem[] {
  const found = indicators.find(({ id }) => id === indicator);
  if (!found) return [{ path: [...path, 'indicator'], message: unknown('indicator', indicator, indicators) }];
  const options = found.scoring.kind === 'options' ? found.scoring.options : [];
  if (options.some(({ id }) => id === option)) return [];
  return [{ path, message: `indicator "${indicator}": ${unknown('option', option, options)}` }];
}

/** Says where an id is given twice. */
export function twice(
  entries: readonly { readonly id: string }[],
  path: Path,
  kind: string,
  problems: FileProblem[],
): void {
  for (const [index, { id }] of entries.entries()) {
    if (entries.findIndex((other) => other.id === id) < index) {
      problems.push({
        path: [...path, index, 'id'],
        message: `${kind} "${id}" is there twice; remove one of them`,
      });
    }
  }
}

/** What to say of a name that nothing has. */
export const unknown = (kind: string, id: string, known: readonly { readonly id: string }[]): string =>
  `there is no ${kind} "${id}"; known are: ${known.map((entry) => entry.id).join(', ') || 'none'}`;
