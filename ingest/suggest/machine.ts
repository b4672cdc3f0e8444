import { LEVELS } from '../../domain/path.ts';
import type { TopicFamily } from './topic-families.ts';

/** The site that machines of unknown topics most likely stand at. */
export interface Site {
  /** `enterprise/site`; `-/-`: none is declared. */
  readonly path: string;
  readonly zone: string;
}

/** The template of a machine's path; `innermost` stands for the machine where no level of the topic names it. */
export type NameMachine = (innermost: string | null) => string;

export function proposedMachine({ names, fixedMachine }: TopicFamily, { path }: Site): NameMachine {
  const [enterprise = '-', site = '-'] = path.split('/');
  const known: Readonly<Record<string, string>> = { enterprise, site };
  return (innermost) =>
    LEVELS.map((level) => {
      if (names.includes(level)) return `{${level}}`;
      if (level === 'machine') return innermost ?? fixedMachine ?? '-';
      return known[level] ?? '-';
    }).join('/');
}
