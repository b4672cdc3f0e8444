import type { Bilingual } from '../domain/assess/register.ts';
import { MAX_REMARKS } from './limits.ts';

/** What is wrong in a file, or worth saying, and where. */
export interface Remark {
  /** `null`: it is about the whole file. */
  readonly sheet: string | null;
  /** As the spreadsheet counts, the heading being row 1; `null`: about the whole sheet. */
  readonly row: number | null;
  /** The column's heading. */
  readonly column: string | null;
  /** What stands there. */
  readonly value: string | null;
  readonly message: Bilingual;
  /** What may stand there. */
  readonly allowed: readonly string[];
}

/** Where a remark is about; what is left out is `null`. */
export type Place = Partial<Pick<Remark, 'sheet' | 'row' | 'column' | 'value' | 'allowed'>>;

export interface Remarks {
  readonly errors: readonly Remark[];
  readonly warnings: readonly Remark[];
  /** How many more there were: a file that is wrong in every row is told by its first rows. */
  readonly more: { readonly errors: number; readonly warnings: number };
}

/** Collects remarks, the first {@link MAX_REMARKS} of a kind. */
export function openRemarks() {
  const lists = { errors: [] as Remark[], warnings: [] as Remark[] };
  const more = { errors: 0, warnings: 0 };
  const add = (kind: 'errors' | 'warnings', place: Place, message: Bilingual): void => {
    if (lists[kind].length >= MAX_REMARKS) {
      more[kind] += 1;
      return;
    }
    const { sheet = null, row = null, column = null, value = null, allowed = [] } = place;
    lists[kind].push({
      sheet,
      row,
      column,
      value: value === null ? null : shortened(value),
      message,
      allowed,
    });
  };
  return {
    error: (place: Place, message: Bilingual) => add('errors', place, message),
    warn: (place: Place, message: Bilingual) => add('warnings', place, message),
    get failed(): boolean {
      return lists.errors.length > 0;
    },
    all: (): Remarks => ({ ...lists, more }),
  };
}
export type OpenRemarks = ReturnType<typeof openRemarks>;

const shortened = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text);
