import type { Assessment, DeclaredComparison } from '../../domain/assess/assessment.ts';
import type { AssessmentDifference } from '../../domain/assess/difference.ts';
import type { Entry, PinnedFigure } from '../../domain/assess/evidence.ts';
import type { Measured } from '../../domain/assess/measure.ts';
import type { PeerGroup } from '../../domain/assess/peers.ts';
import type { Industry, Pilot, Programme } from '../../domain/assess/register.ts';
import type { Rubric } from '../../domain/assess/rubric.ts';
import type { EpochMs, Span } from '../../domain/time.ts';
import type { Verified } from './verify/verified.ts';

/** A request about pilots, rubrics or assessments that can't be met; the API turns it into a 4xx with `code`. */
export class AssessmentRefused extends Error {
  override name = 'AssessmentRefused';
  readonly code: AssessmentRefusal;
  /** The part of the request that is at fault. */
  readonly parameter: string;
  constructor(code: AssessmentRefusal, parameter: string, message: string) {
    super(message);
    this.code = code;
    this.parameter = parameter;
  }
}
export type AssessmentRefusal =
  | 'pilot-not-found'
  | 'rubric-not-found'
  | 'assessment-not-found'
  | 'indicator-not-found'
  /** The indicator has no such answer. */
  | 'option-not-found'
  /** The pilot declares no such figure. */
  | 'figure-not-found'
  /** The period ends in the future, or before it begins. */
  | 'period-invalid'
  /** The pilot's sites have no machine, declared or heard. */
  | 'scope-without-machines'
  /** The pilot was never heard in the period. */
  | 'period-without-data'
  /** Another pilot of the register has the same site or id. */
  | 'pilot-conflict'
  /** The pilot is declared in a file, and can be changed only there. */
  | 'pilot-from-file'
  /** A published assessment doesn't change any more. */
  | 'assessment-published'
  /** What it takes was removed so long after the assessment was published; its result stands. */
  | 'evidence-removed';

type Said<E> = E extends unknown ? Omit<E, 'at'> : never;
/** An entry before it is entered: the desk says when. */
export type NewEntry = Said<Entry>;

/** Where pilots are kept; the registry provides it. Every write is durable on return, and whole or not at all. */
export interface PilotShelf {
  list(): readonly Pilot[];
  get(id: string): Pilot | undefined;
  /** Puts all or none: replaces those with the same id. */
  put(pilots: readonly Pilot[]): void;
  remove(id: string): boolean;
}

/** What was published of an assessment; it stands whatever becomes of evidence, rubric files and the platform's code. */
export interface KeptResult {
  /** SHA-256 of the whole report. */
  readonly digest: string;
  /** Canonical JSON of the report, with what `shownEvidence` leaves of its evidence. */
  readonly document: string;
}

/** An assessment as kept: everything that scoring needs, as canonical JSON, and the report's digest. */
export interface KeptAssessment {
  readonly id: number;
  readonly pilot: string;
  readonly rubric: string;
  readonly rubricVersion: string;
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly createdAt: EpochMs;
  readonly publishedAt: EpochMs | null;
  readonly publishedBy: string | null;
  /** Canonical JSON of the evidence; `null`: it is removed. */
  readonly evidence: string | null;
  readonly evidenceRemovedAt: EpochMs | null;
  /** Canonical JSON of the rubric as it was. */
  readonly rubricJson: string;
  readonly entries: readonly Entry[];
  /** `null`: a draft, or published before results were kept. Where evidence is removed there is one. */
  readonly result: KeptResult | null;
}
type ListedAssessment = Omit<KeptAssessment, 'evidence' | 'evidenceRemovedAt' | 'rubricJson' | 'result'>;

/** A document as the shelf keeps it. */
export type Packed = Uint8Array;
export type PackedResult = Pick<KeptResult, 'digest'> & { readonly document: Packed };

export interface AssessmentShelf {
  /** Makes a large document ready to be kept, beside other work. */
  pack(pieces: Iterable<string>): Promise<Packed>;
  /** The evidence as text, or packed. */
  add(
    assessment: Omit<ListedAssessment, 'id' | 'publishedAt' | 'publishedBy' | 'entries'> & {
      readonly evidence: string | Packed;
      readonly rubricJson: string;
    },
  ): number;
  /** Newest first; without the evidence, which may be large, and with the summary noted since the last entry. */
  list(filter: {
    readonly pilot?: string;
    readonly rubric?: string;
  }): readonly (ListedAssessment & { readonly summary: string | null })[];
  /** Notes what lists show (JSON) of an assessment that has so many entries. */
  noteSummary(id: number, summary: { readonly entries: number; readonly json: string }): void;
  get(id: number): KeptAssessment | undefined;
  enter(id: number, entry: Entry): void;
  packResult(pieces: Iterable<string>): Promise<Packed>;
  /** Closes it with its result. `false`: nothing is done, since it isn't any more what the result was made of. */
  publish(
    id: number,
    publication: {
      readonly by: string;
      readonly at: EpochMs;
      readonly entries: number;
      readonly result: PackedResult;
    },
  ): boolean;
  /** Published ones without a result, and how they get one; the first one stays. */
  withoutResult(): readonly number[];
  keepResult(id: number, result: PackedResult): void;
  /** Writes down whose evidence goes: all but the newest of each pilot and rubric. From now on nobody is given it. */
  markEvidence(of: { readonly publishedBefore: EpochMs; readonly at: EpochMs }): void;
  /** Those whose evidence is to go and is still there. */
  markedEvidence(): readonly number[];
  dropEvidence(id: number): void;
}

/** An assessment with its place on the shelf. */
export interface StoredAssessment {
  readonly id: number;
  readonly createdAt: EpochMs;
  readonly publishedAt: EpochMs | null;
  readonly publishedBy: string | null;
  /** Then its evidence is only what readers are shown. */
  readonly evidenceRemovedAt: EpochMs | null;
  /** SHA-256 of the report's canonical JSON without this shelf data, as it was with all its evidence. */
  readonly digest: string;
  readonly assessment: Assessment;
}

/** A score in a list; `value` is `null` while evidence is missing. */
export interface ListedScore {
  readonly value: number | null;
  readonly low: number;
  readonly high: number;
}

/** A declared figure in a list, beside what was measured. */
export interface ListedDeclaration {
  readonly figure: string;
  readonly unit: string;
  readonly declared: number;
  readonly measured: Pick<Measured, 'value' | 'low' | 'high' | 'notAssessable'> | null;
  readonly difference: number | null;
  readonly state: DeclaredComparison['state'];
}

/** What the lists show of an assessment. */
export interface AssessmentSummary extends Span {
  readonly id: number;
  readonly pilot: string;
  readonly rubric: string;
  readonly rubricVersion: string;
  readonly createdAt: EpochMs;
  readonly publishedAt: EpochMs | null;
  readonly score: ListedScore | null;
  /** In the rubric's order; `null`: nothing of it applies. */
  readonly elements: readonly { readonly id: string; readonly score: ListedScore | null }[];
  readonly reached: string | null;
  readonly possible: string | null;
  /** Declared figures that telemetry contradicts and nobody has closed. */
  readonly openDiscrepancies: number;
  readonly declared: readonly ListedDeclaration[];
  /** Of all machines of the sites, in the whole period. */
  readonly telemetry: {
    readonly utilisation: Pick<PinnedFigure, 'value' | 'low' | 'high' | 'coverage' | 'notAssessable'> | null;
    readonly machines: number;
    readonly heard: number;
    /** Newest source time of any of them, as known then. */
    readonly lastHeard: EpochMs | null;
  };
}

export interface AssessRequest extends Span {
  readonly pilot: string;
  readonly rubric: string;
  /** Absent: the newest version in effect at the period's end. */
  readonly version?: string;
  readonly signal?: AbortSignal;
}

/** A pilot's score among its peers. */
export interface ComparisonRow {
  readonly pilot: string;
  readonly name: string;
  readonly district: string;
  readonly industry: Industry;
  readonly programme: Programme;
  readonly simulated: boolean;
  readonly sites: readonly string[];
  readonly assessment: AssessmentSummary | null;
}

/** Pilots, rubrics and assessments, as the API, the command line and the page ask for them. */
export interface AssessmentDesk {
  pilots(): readonly (Pilot & { readonly from: 'register' | 'file' })[];
  /** Refused `pilot-not-found`. */
  pilot(id: string): Pilot & { readonly from: 'register' | 'file' };
  /** Refused `pilot-conflict`, `pilot-from-file`. */
  savePilots(pilots: readonly Pilot[]): void;
  rubrics(): readonly Rubric[];
  /** Refused `rubric-not-found`. */
  rubric(id: string, version?: string): Rubric;
  /** Gathers and keeps a new assessment. Rejects with {@link AssessmentRefused}, or the signal's reason. */
  assess(request: AssessRequest): Promise<StoredAssessment>;
  assessments(filter: { readonly pilot?: string; readonly rubric?: string }): readonly AssessmentSummary[];
  assessment(id: number): StoredAssessment;
  /** The same, as the whole report that its digest is of. Refused `assessment-not-found`, `evidence-removed`. */
  report(id: number): StoredAssessment;
  /** The rubric as it was when the assessment was made. */
  rubricOf(id: number): Rubric;
  /** Refused `assessment-not-found`, `assessment-published`, `indicator-not-found`, `option-not-found`, `figure-not-found`. */
  enter(id: number, entry: NewEntry): StoredAssessment;
  /** Refused `assessment-not-found`, `assessment-published`. */
  publish(id: number, by: string): Promise<StoredAssessment>;
  /** The same facts under another rubric or version, kept as a new assessment. Refused `evidence-removed`. */
  rescore(
    id: number,
    rubric: { readonly rubric: string; readonly version?: string },
  ): Promise<StoredAssessment>;
  difference(before: number, after: number): readonly AssessmentDifference[];
  /** The newest assessment of every pilot for a rubric and period; `to` one pilot: only that row, and peer groups. */
  comparison(question: {
    readonly rubric: string;
    readonly from?: EpochMs;
    readonly to?: EpochMs;
    readonly district?: string;
    readonly industry?: Industry;
    readonly programme?: Programme;
    readonly shownTo?: string;
  }): { readonly rows: readonly ComparisonRow[]; readonly peers: readonly PeerGroup[] };
  /** Holds a report against stored facts (never recorded cells), register and rubric: what is the same, and what isn't. */
  verify(report: Assessment, signal?: AbortSignal): Promise<readonly Verified[]>;
}
