import type { StoredAssessment } from '../analysis/assessment/port.ts';
import type { Assessment } from '../domain/assess/assessment.ts';
import type { Bilingual, Pilot } from '../domain/assess/register.ts';
import type { Rubric } from '../domain/assess/rubric.ts';
import type { HandoverNote, NotedShift, NoteOutcome } from '../domain/handover.ts';
import type { StorageForecast } from '../domain/storage-forecast.ts';
import type { EpochMs } from '../domain/time.ts';

/** Handover notes: only ever added to. */
export interface HandoverDesk {
  list(shift: NotedShift): readonly HandoverNote[];
  add(
    note: NotedShift & { readonly text: string; readonly by: string; readonly corrects: number | null },
    at: EpochMs,
  ): NoteOutcome;
}

/** What lies on disk, and how it will go on. */
export interface StorageAnswer extends StorageForecast {
  readonly asOf: EpochMs;
  readonly store: 'embedded' | 'memory' | 'influxdb1' | 'influxdb2';
  readonly disk: { readonly freeBytes: number; readonly totalBytes: number };
  /** `null`: kept for good. */
  readonly retention: {
    readonly rawDays: number | null;
    readonly ledgerDays: number | null;
    readonly hourDays: number | null;
    readonly shiftDays: number | null;
    readonly dayDays: number | null;
    readonly revisionDays: number | null;
    readonly evidenceDays: number | null;
    readonly quarantineDays: number | null;
  };
}

/** What is wrong in a file of the register, or worth saying, and where. */
export interface ImportRemark {
  readonly sheet: string | null;
  readonly row: number | null;
  readonly column: string | null;
  readonly value: string | null;
  readonly message: Bilingual;
  readonly allowed: readonly string[];
}

/** The register as spreadsheets; the composition provides it. */
export interface RegisterSheets {
  /** Never rejects because of the file: what is wrong with it is among the errors, and then there are no pilots. */
  read(
    file: Uint8Array,
    known: readonly (Pilot & { readonly from: 'register' | 'file' })[],
  ): Promise<{
    readonly pilots: readonly Pilot[];
    readonly rows: Readonly<Record<'pilots' | 'equipment' | 'processes' | 'declared' | 'answers', number>>;
    readonly errors: readonly ImportRemark[];
    readonly warnings: readonly ImportRemark[];
    /** How many more there were than are listed. */
    readonly more: { readonly errors: number; readonly warnings: number };
  }>;
  /** A workbook that `read` takes again; without pilots the template. */
  write(pilots: readonly Pilot[]): Promise<Uint8Array>;
}

/** Prints an assessment as one HTML document that asks nobody for anything; the composition provides it. */
export type PrintReport = (report: {
  readonly assessment: Assessment;
  readonly rubric: Rubric;
  readonly place: Omit<StoredAssessment, 'assessment'>;
  readonly language: 'zh' | 'en';
}) => string;

/** Checks a bearer token; the composition provides it. */
export interface TokenCheck {
  /** Whether any request must carry a token (tokens exist, or HTTP listens off loopback). */
  readonly required: boolean;
  verify(token: string): { readonly name: string } | undefined;
}

/** Where the API writes its events: a pino logger fits. */
export interface ApiLog {
  warn(fields: object, event: string): void;
  error(fields: object, event: string): void;
}
