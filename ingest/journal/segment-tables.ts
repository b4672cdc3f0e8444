import type { SourceTable } from './group-books-codec.ts';
import type { ShapeTable } from './readings.ts';

/** What a segment's records name by numbers. Who reads them fills it in passing; who writes them has it. */
export interface SegmentTables {
  readonly shapes: ShapeTable;
  readonly sources: SourceTable;
}

export const emptyTables = (): SegmentTables => ({ shapes: [], sources: [] });
