import type { DeclaredAnswer, DeclaredFigure, Equipment, Process } from '../domain/assess/register.ts';
import type { ReadSheet } from './read-sheet.ts';
import type { Place } from './remark.ts';
import type { answers } from './sheets/answers.ts';
import type { declared } from './sheets/declared.ts';
import type { equipment } from './sheets/equipment.ts';
import type { pilots } from './sheets/pilots.ts';
import type { processes } from './sheets/processes.ts';

/** The sheets of a file, as far as they hold rows. */
export interface ReadFile {
  readonly pilots?: ReadSheet<typeof pilots.columns>;
  readonly equipment?: ReadSheet<typeof equipment.columns>;
  readonly processes?: ReadSheet<typeof processes.columns>;
  readonly declared?: ReadSheet<typeof declared.columns>;
  readonly answers?: ReadSheet<typeof answers.columns>;
}

/** The lists of a pilot that have a sheet of their own. */
export interface Lists {
  readonly equipment: Equipment;
  readonly processes: Process;
  readonly declared: DeclaredFigure;
  readonly answers: DeclaredAnswer;
}
export type List = keyof Lists;
export const LISTS: readonly List[] = ['equipment', 'processes', 'declared', 'answers'];

/** An entry of a list, whose pilot it is, and where it stands. */
export interface ReadEntry<T> {
  readonly pilot: string;
  readonly entry: T;
  place(key: string): Place;
}

/** What each row becomes in the pilot. */
export const ENTRY_OF: {
  readonly [L in List]: (row: NonNullable<ReadFile[L]>['rows'][number]) => ReadEntry<Lists[L]>;
} = {
  equipment: plainEntry,
  processes: plainEntry,
  answers: plainEntry,
  declared: ({ values: { pilot, from, to, ...entry }, place }) => ({
    pilot,
    entry: from !== null && to !== null ? { ...entry, period: { from, to } } : entry,
    place: place as (key: string) => Place,
  }),
};

function plainEntry<T extends object>(row: {
  readonly values: T & { readonly pilot: string };
  place(key: never): Place;
}): ReadEntry<Omit<T, 'pilot'>> {
  const { pilot, ...entry } = row.values;
  return { pilot, entry: entry as Omit<T, 'pilot'>, place: row.place as (key: string) => Place };
}
