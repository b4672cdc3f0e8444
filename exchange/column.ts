import type { Bilingual } from '../domain/assess/register.ts';
import type { Cell } from './grid.ts';

/** What a cell was read as; a `note` says what was put right on the way. */
export type Reading<V> =
  | { readonly value: V; readonly note?: Bilingual }
  | { readonly wrong: Bilingual; readonly allowed?: readonly string[] };

/** What a reader must know beside the cell itself. */
export interface ReadingContext {
  /** See `Grid.dayOffset`. */
  readonly dayOffset: number;
}

/** How the cells of a column are read and written. */
export interface Kind<V> {
  /** What may stand in a cell. */
  readonly allowed: Bilingual;
  /** Offered as a list by the spreadsheet. */
  readonly choices?: readonly string[];
  read(cell: NonNullable<Cell>, context: ReadingContext): Reading<V>;
  write(value: V): Cell;
}

/** A column of a sheet. */
export interface Column<V> {
  /** The heading; Chinese is what is written. */
  readonly title: Bilingual;
  /** Further headings that are understood. */
  readonly aliases?: readonly string[];
  readonly about: Bilingual;
  readonly kind: Kind<V>;
  /** What an empty cell, or a missing column, means; absent: the cell must be filled. */
  readonly ifEmpty?: V;
  readonly example: string;
}

/** The values of a row, by the keys of the columns. */
export type RowOf<C> = { readonly [K in keyof C]: C[K] extends Column<infer V> ? V : never };
