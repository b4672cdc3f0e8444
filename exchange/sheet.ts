import type { Bilingual, Pilot } from '../domain/assess/register.ts';
import type { Column, RowOf } from './column.ts';

export type Columns = Readonly<Record<string, Column<unknown>>>;

/** A sheet of the workbook: what its columns are, and which rows a pilot makes. */
export interface SheetSpec<C extends Columns = Columns> {
  readonly id: string;
  readonly title: Bilingual;
  /** Further names that are understood. */
  readonly aliases: readonly string[];
  readonly about: Bilingual;
  readonly columns: C;
  /** What the cells of a row say together that can't be, or is probably not meant. */
  check?(row: RowOf<C>): readonly RowRemark<keyof C & string>[];
  rowsOf(pilot: Pilot): readonly RowOf<C>[];
}

export interface RowRemark<K extends string = string> {
  readonly kind: 'error' | 'warning';
  readonly key: K;
  readonly message: Bilingual;
}

/** Gives a sheet its type; rows are checked against the columns. */
export const sheet = <C extends Columns>(spec: SheetSpec<C>): SheetSpec<C> => spec;
