import type { FormulaInputs } from '../formula.ts';
import type { ClassMs, Counts } from '../ledger-row.ts';
import type { MachinePath } from '../path.ts';
import type { Grade } from '../plausibility/check.ts';
import type { GradedMachine } from '../plausibility/graded.ts';
import type { EpochMs, Span } from '../time.ts';
import type { Pilot } from './register.ts';
import type { Group, MeasureWindow } from './rubric.ts';

/** A figure as pinned by an assessment: what `/kpis` served, with what is needed to find it again. */
export interface PinnedFigure {
  readonly kpi: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly coverage: number | null;
  readonly numerator: bigint | null;
  readonly denominator: bigint | null;
  readonly unit: string;
  readonly formulaVersion: string;
  readonly revision: number;
  readonly digest: string;
  readonly inputs: FormulaInputs;
  readonly flags: readonly string[];
  readonly notAssessable: boolean;
}

/** What a window says of one machine. */
export interface MachineEvidence {
  readonly path: MachinePath;
  readonly declared: boolean;
  /** Newest source time of any signal, ever; `null`: never heard. */
  readonly lastHeard: EpochMs | null;
  /** Production days of the window with planned operation time. */
  readonly scheduledDays: number;
  /** Those of them on which the machine was heard. */
  readonly heardDays: number;
  readonly ms: ClassMs;
  readonly counts: Counts;
  /** Breakdown, delay and minor-stop time, and how much of it has a reason. */
  readonly stops: { readonly ms: number; readonly withReasonMs: number };
  /** Names of the signals that it ever sent. */
  readonly signals: readonly string[];
  readonly figures: readonly PinnedFigure[];
}

/** What was measured in one stretch of the period. */
export interface WindowEvidence extends Span {
  readonly window: MeasureWindow;
  /** Machines of the pilot's sites, and those that its equipment names, in path order. */
  readonly machines: readonly MachineEvidence[];
  /** Every KPI of each group's machines together; a group without machines has none. `registered` is all machines of the sites. */
  readonly groups: readonly {
    readonly group: Group;
    readonly machines: readonly MachinePath[];
    readonly figures: readonly PinnedFigure[];
  }[];
}

/** Limits that an assessment was made with; printed in the report. */
export interface AssessmentSettings {
  /** A machine counts as networked when heard on at least this share of its scheduled days. */
  readonly networkedShare: number;
  /** A declared ratio may differ from the measured one by this much before it is a discrepancy. */
  readonly discrepancyAbove: number;
  /** A group of peers smaller than this is not shown to other plants. */
  readonly smallestPeerGroup: number;
}

/** What holds where nothing else is set (`assess` in kaidong.yaml). No official limits were found; these are our own. */
export const ASSESSMENT_SETTINGS: AssessmentSettings = {
  networkedShare: 0.9,
  discrepancyAbove: 0.05,
  smallestPeerGroup: 3,
};

/** How far the evidence of a pilot carries. It changes no figure and no score. */
export interface PlausibilityEvidence {
  /** The end of the period in which all that was said was looked at; ledger days and edits were, in all of it. */
  readonly close: Span;
  /** The stretch in which hours and gauges were judged: all of the period. Absent: only the close look. */
  readonly judged?: Span;
  /** Where streams were compared by their prints, each machine's with its own and with the others'. Absent: they weren't yet. */
  readonly compared?: Span;
  /**
   * Where rhythms were compared too, and setpoints told from measurements: all of the period. Absent: rhythms only in the
   * close look, and a measurement was whatever changed in a day of hours.
   */
  readonly rhythms?: Span;
  /** The lowest of its machines. */
  readonly grade: Grade;
  /** In path order, those without findings too. Of each check and machine, the newest findings. */
  readonly machines: readonly GradedMachine[];
}

/**
 * All facts that an assessment is made of, gathered once and kept: scoring them again needs no store and gives the same
 * bytes.
 */
export interface Evidence {
  readonly pilot: Pilot;
  readonly period: Span;
  /** IANA zone that the days of the period are meant in. */
  readonly zone: string;
  readonly asOf: EpochMs;
  readonly settings: AssessmentSettings;
  /** The first is the whole period. */
  readonly windows: readonly WindowEvidence[];
  /** Absent: gathered before evidence was looked over. */
  readonly plausibility?: PlausibilityEvidence;
}

/** What a person adds to the facts; never overwritten, the last one of a kind and subject counts. */
export type Entry = {
  readonly note: string;
  readonly by: string;
  readonly at: EpochMs;
} & (
  | { readonly kind: 'answer'; readonly indicator: string; readonly option: string }
  /** Takes an answer back: the finding is again what the facts say. */
  | { readonly kind: 'answer-withdrawn'; readonly indicator: string }
  /** A discrepancy is closed: what was declared is explained, corrected by the enterprise, or not accepted. */
  | {
      readonly kind: 'closure';
      readonly figure: string;
      readonly verdict: 'explained' | 'corrected' | 'not-accepted';
    }
);
