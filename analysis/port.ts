import type { Kpi } from '../domain/formula.ts';
import type { DurationMs, EpochMs, Span } from '../domain/time.ts';
import type { Grain } from '../store/port.ts';
import type { StopDesk } from './annotations/desk.ts';
import type {
  Dimension,
  KpisAnswer,
  LedgerAnswer,
  LiveEvent,
  MachineDetail,
  MachineNow,
  ObservationPlace,
  ObservationsAnswer,
  ReasonsAnswer,
  SignalsAnswer,
  TimelineAnswer,
} from './answers.ts';
import type { CalendarAnswer, CalendarQuestion } from './calendar.ts';
import type { LineStopsAnswer, LineStopsQuestion } from './line-stops.ts';
import type { PlausibilityAnswer, PlausibilityQuestion } from './plausibility.ts';
import type { PresenceAnswer, PresenceFilter } from './presence.ts';
import type { Prover } from './proof.ts';
import type { RevisionQuery } from './revision-log.ts';
import type { CellAnswer, RevisionsAnswer } from './revisions.ts';
import type { ShiftPlace, ShiftQuestion, ShiftReport } from './shift-report.ts';
import type { WorkDesk } from './work-desk.ts';

/** A question that the data can't answer as asked; the API turns it into a 400 or 404 with `code`. */
export class QuestionRefused extends Error {
  override name = 'QuestionRefused';
  readonly code:
    | 'machine-not-found'
    | 'scope-not-found'
    | 'shift-not-found'
    | 'zone-needed'
    | 'span-too-large'
    | 'signal-not-found'
    | 'cell-not-found'
    | 'raw-data-removed'
    | 'ledger-removed';
  readonly parameter: string;
  constructor(code: QuestionRefused['code'], parameter: string, message: string) {
    super(message);
    this.code = code;
    this.parameter = parameter;
  }
}

export interface LedgerQuestion extends Span {
  /** Path prefix of whole levels; '' for every machine. */
  readonly scope: string;
  readonly by: readonly Dimension[];
  readonly asOf?: EpochMs;
  /** Zone of `hour` and `day` where the scope lies in several zones. */
  readonly zone?: string;
}

export interface ObservationsQuestion extends Span {
  readonly machine: string;
  /** `null`: every signal. */
  readonly signal: string | null;
  /** At most so many. */
  readonly limit: number;
  /** Only those after this one. */
  readonly after: ObservationPlace | null;
}

/** Stored facts turned into answers. Everything that the API, the page and the reports show comes through here. */
export interface Analysis extends AsyncDisposable {
  /** Every KPI as this plant reckons it, in reading order. */
  readonly catalogue: readonly Kpi[];
  plant(): Promise<{ readonly asOf: EpochMs; readonly machines: readonly MachineNow[] }>;
  machine(path: string): Promise<MachineDetail>;
  /** Which machines of a scope are there, silent, never heard, undeclared. */
  presence(question: {
    readonly scope: string;
    readonly filters: readonly PresenceFilter[];
  }): Promise<PresenceAnswer>;
  timeline(question: Span & { readonly machine: string; readonly asOf?: EpochMs }): Promise<TimelineAnswer>;
  ledger(question: LedgerQuestion): Promise<LedgerAnswer>;
  /** The ledger's classes split by state and reason, from stored facts. */
  reasons(question: LedgerQuestion): Promise<ReasonsAnswer>;
  /** What stopped a line, by its rule, from stored facts. */
  lineStops(question: LineStopsQuestion): Promise<LineStopsAnswer>;
  /** The run of a line's shift. */
  shift(question: ShiftQuestion): Promise<ShiftPlace>;
  /** A line's shift on one page. */
  shiftReport(question: ShiftQuestion): Promise<ShiftReport>;
  /** What the calendars of a site plan. */
  calendar(question: CalendarQuestion): CalendarAnswer;
  kpis(question: LedgerQuestion & { readonly kpis: readonly string[] }): Promise<KpisAnswer>;
  /** Machines of a scope looked over for what is hardly so in a real plant. Refused `span-too-large`. */
  plausibility(question: PlausibilityQuestion): Promise<PlausibilityAnswer>;
  /** What figures follow from, and whether raw data still gives them. */
  readonly proof: Prover;
  /** What changed in recorded cells of a scope and why, page by page. */
  revisions(question: RevisionQuery): Promise<RevisionsAnswer>;
  /** Every revision of a recorded cell; `null`: it isn't recorded. */
  cellRevisions(cell: {
    readonly machine: string;
    readonly grain: Grain;
    readonly from: EpochMs;
  }): Promise<CellAnswer | null>;
  signals(
    question: Span & {
      readonly machine: string;
      readonly signal: string;
      readonly everyMs: DurationMs | null;
    },
  ): Promise<SignalsAnswer>;
  /** What was heard, as it is stored, page by page. */
  observations(question: ObservationsQuestion): Promise<ObservationsAnswer>;
  /** Calls the listener with every change from now on; returns the way to stop. */
  live(listener: (event: LiveEvent) => void): () => void;
  /** Brings the recorded ledger up to date: newly closed hours, and those that late data touched. Returns the cells changed. */
  record(): Promise<number>;
  /** Orders and products. */
  readonly work: WorkDesk;
  /** What people say of stops. */
  readonly stops: StopDesk;
}
