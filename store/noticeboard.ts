import type { Books } from '../domain/books.ts';
import type { MachinePath } from '../domain/path.ts';
import type { State } from '../domain/state.ts';
import type { EpochMs, Span } from '../domain/time.ts';

/** How a machine stands, as `/plant` says it. */
export interface PostedMachine {
  readonly path: MachinePath;
  readonly declared: boolean;
  readonly state: State;
  readonly reason: string | null;
  readonly since: EpochMs | null;
  readonly lastHeard: EpochMs | null;
  readonly stale: boolean;
  readonly source: string | null;
}

/** How an ingest stands: its books in total, and the room that is left to what waits for the store. */
export interface PostedIngest extends Books {
  readonly asOf: EpochMs;
  readonly spool: { readonly bytes: number; readonly maxBytes: number };
}

export interface PostedSource extends Books {
  readonly source: string;
}

/** One run of a shift. */
export interface PostedShift extends Span {
  /** `enterprise/site`. */
  readonly site: string;
  readonly shift: string;
  /** Production day `YYYY-MM-DD`. */
  readonly day: string;
}

/** An assessment in short. */
export interface PostedAssessment extends Span {
  readonly id: number;
  readonly createdAt: EpochMs;
  readonly publishedAt: EpochMs | null;
  readonly pilot: string;
  /** The enterprise's name. */
  readonly name: string;
  readonly simulated: boolean;
  readonly rubric: string;
  readonly rubricVersion: string;
  readonly score: { readonly value: number | null; readonly low: number; readonly high: number } | null;
  readonly reached: string | null;
  readonly possible: string | null;
  readonly openDiscrepancies: number;
  /** Of all machines of the pilot's sites, in the whole period. */
  readonly utilisation: { readonly value: number | null; readonly coverage: number | null } | null;
  readonly machines: number;
  /** Machines that were heard in the period. */
  readonly heard: number;
}

/**
 * What others than the platform, such as Grafana, read from the store beside signals and ledger (ADR 10). Everything may be
 * posted again: the same content at the same instant is the same point. Rejects with `StoreUnavailable` like the store.
 */
export interface Noticeboard {
  machines(asOf: EpochMs, machines: readonly PostedMachine[]): Promise<void>;
  /** `ingest` names the process whose books these are; as they stood at several times, oldest first. */
  books(ingest: string, standings: readonly PostedIngest[]): Promise<void>;
  sources(asOf: EpochMs, ingest: string, sources: readonly PostedSource[]): Promise<void>;
  shifts(shifts: readonly PostedShift[]): Promise<void>;
  assessments(assessments: readonly PostedAssessment[]): Promise<void>;
}
