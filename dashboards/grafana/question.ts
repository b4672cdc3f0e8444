import type { Level } from '../../domain/path.ts';
import type { Grain } from '../../store/port.ts';

/** Which part of a figure. Only the time ratios have bounds that are one division of recorded columns. */
export type FigurePart =
  | { readonly kpi: string; readonly part: 'value' | 'coverage' }
  | { readonly kpi: 'utilisation' | 'availability'; readonly part: 'low' | 'high' };

/** Of which cells of the ledger, and how they are grouped. */
export interface Cells {
  readonly by: readonly Level[];
  /** `chosen`: what the dashboard's variable `grain` says. */
  readonly grain: Grain | 'chosen';
  /** One value for each cell's beginning, instead of one for the whole range. */
  readonly each?: true;
  /** Only of the shifts that the dashboard's variable `shift` names. */
  readonly ofShift?: true;
}

/** The question to the API whose answer a query must equal to the last digit. Result columns bear the names that are given here. */
export type Question =
  | ({ readonly ask: 'figure'; readonly column: string; readonly cells: Cells } & FigurePart)
  /** Recorded column by the name of the result's column. */
  | { readonly ask: 'ledger'; readonly columns: Readonly<Record<string, string>>; readonly cells: Cells }
  /** Field of `/plant` by the name of the result's column; one row for each machine. */
  | {
      readonly ask: 'plant';
      readonly columns: Readonly<Record<string, MachineField>>;
      readonly only?: MachineMark;
    }
  /** How many machines have the mark; `all`: how many there are. */
  | { readonly ask: 'machines'; readonly counts: Readonly<Record<string, MachineMark | 'all'>> }
  /** Field of `/ingest/books` (`messages.stored`) by the name of the result's column; `series`: the newest point is meant. */
  | {
      readonly ask: 'books' | 'sources';
      readonly columns: Readonly<Record<string, string>>;
      readonly series?: true;
      /** Only sources with more than 0 of this. */
      readonly only?: string;
    }
  /** Bytes that wait for the store; the newest point is meant. */
  | { readonly ask: 'spool'; readonly column: string }
  /** Field of `/assessments` by the name of the result's column; the newest of each pilot and rubric, or each. */
  | {
      readonly ask: 'assessments';
      readonly columns: Readonly<Record<string, AssessmentField>>;
      readonly each?: true;
      readonly only?: AssessmentMark;
    };

export type MachineField =
  | 'state'
  | 'reason'
  | 'source'
  | 'since_ms'
  | 'last_heard_ms'
  | 'stale'
  | 'undeclared';
export type MachineMark = 'running' | 'down' | 'unknown' | 'stale' | 'undeclared';
export type AssessmentField =
  | 'id'
  | 'name'
  | 'score'
  | 'score_low'
  | 'score_high'
  | 'reached'
  | 'possible'
  | 'open_discrepancies'
  | 'utilisation'
  | 'utilisation_coverage'
  | 'machines'
  | 'heard';
/** Which assessments have what a column needs: a score, bounds of one, a measured utilisation. */
export type AssessmentMark = 'scored' | 'bounded' | 'measured';

/** A query of a panel, and what it must equal. */
export interface Asked {
  readonly influxql: string;
  /** A table with the tags as columns, or a series for each combination of tags. */
  readonly format: 'table' | 'time_series';
  /** Names the series, in Grafana's pattern language. */
  readonly alias?: string;
  readonly equals: Question;
}
