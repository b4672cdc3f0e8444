import type { CalendarDate } from '../../domain/assess/register.ts';
import type { Rubric } from '../../domain/assess/rubric.ts';
import { AssessmentRefused } from './port.ts';

export interface RubricList {
  readonly all: readonly Rubric[];
  /** The newest version where none is named. Refused `rubric-not-found`. */
  named(id: string, version?: string): Rubric;
  /** The newest version in effect on a day. Refused `rubric-not-found`. */
  inEffect(id: string, day: CalendarDate): Rubric;
}

/** `all`: by id, the versions of each in ascending order. */
export function createRubricList(all: readonly Rubric[]): RubricList {
  const versionsOf = (id: string): readonly Rubric[] => {
    const versions = all.filter((rubric) => rubric.id === id);
    if (versions.length > 0) return versions;
    const known = [...new Set(all.map((rubric) => rubric.id))].join(', ') || 'none';
    throw new AssessmentRefused('rubric-not-found', 'rubric', `there is no rubric "${id}"; known: ${known}`);
  };
  return {
    all,
    named(id, version) {
      const versions = versionsOf(id);
      const found =
        version === undefined ? versions.at(-1) : versions.find((rubric) => rubric.version === version);
      if (found) return found;
      const known = versions.map((rubric) => rubric.version).join(', ');
      throw new AssessmentRefused(
        'rubric-not-found',
        'version',
        `rubric "${id}" has no version "${version}"; it has ${known}`,
      );
    },
    inEffect(id, day) {
      const versions = versionsOf(id);
      const found = versions.findLast(
        ({ effective: { from, to } }) => from <= day && (to === null || day <= to),
      );
      if (found) return found;
      const known = versions
        .map(({ version, effective: { from, to } }) => `${version} (${from} to ${to ?? 'now'})`)
        .join(', ');
      throw new AssessmentRefused(
        'rubric-not-found',
        'version',
        `no version of rubric "${id}" is in effect on ${day}; name one of ${known}`,
      );
    },
  };
}
