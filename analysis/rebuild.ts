import type { Kpi } from '../domain/formula.ts';
import type { MachinePath } from '../domain/path.ts';
import type { DurationMs, EpochMs, Span } from '../domain/time.ts';
import type { Grain, RecordedCell, Store } from '../store/port.ts';
import type { LedgerMarks } from './ledger-marks.ts';
import type { Members } from './members.ts';
import type { RawHorizons } from './raw-horizon.ts';
import { planRebuild } from './rebuild-plan.ts';
import { rebuildSlice } from './rebuild-slice.ts';
import type { Recorder } from './record.ts';
import type { RevisionLog } from './revision-log.ts';
import type { Served } from './served.ts';

export interface RebuildScope {
  /** Path prefix of whole levels; '' for all. */
  readonly scope: string;
  /** Cells that end later than this; `null`: from each machine's first observation. */
  readonly from: EpochMs | null;
  /** Cells that end by then; `null`: all that is recorded. */
  readonly to: EpochMs | null;
}

/** A machine, each once, and the span in which the cells to be rebuilt end. */
export type RebuildPart = Span & { readonly machine: MachinePath };

/** What is rebuilt in one go. */
export interface RebuildSlice {
  readonly parts: readonly RebuildPart[];
  readonly cells: number;
}

export interface RebuildPlan {
  readonly slices: readonly RebuildSlice[];
  /** Machines of which raw data was removed, before that instant at most: their older cells stay as they are. */
  readonly unverifiable: { readonly machines: number; readonly before: EpochMs } | null;
}

/** A cell that was not recorded as the facts give it. */
export interface RebuildDifference extends Span {
  readonly machine: MachinePath;
  readonly grain: Grain;
  /** `null`: nothing was recorded. */
  readonly recorded: RebuiltVersion | null;
  readonly rebuilt: RebuiltVersion;
}
export type RebuiltVersion = Pick<RecordedCell, 'digest' | 'revision'>;

export interface RebuildCount {
  readonly cells: number;
  readonly missing: number;
  readonly differing: number;
  /** The first of them. */
  readonly differences: readonly RebuildDifference[];
}

export interface Rebuilding {
  readonly store: Pick<Store, 'facts' | 'recordedLedger' | 'recordLedger'>;
  readonly members: Members;
  readonly marks: LedgerMarks;
  readonly horizons: RawHorizons;
  readonly served: Served;
  readonly revisions: RevisionLog;
  /** How long after its end a cell is final. */
  readonly finalAfterMs: DurationMs;
  /** The KPIs whose integers are recorded. */
  readonly catalogue: readonly Kpi[];
  readonly now: () => EpochMs;
}

/** Makes the recorded ledger anew from facts, slice by slice. */
export interface Rebuilder {
  /** Everything that is to be made anew, once the ledger is up to date. Refused `scope-not-found`. */
  plan(scope: RebuildScope): Promise<RebuildPlan>;
  /** Makes a slice anew, or only compares it. Nothing is recorded meanwhile. */
  rebuild(slice: {
    readonly parts: readonly RebuildPart[];
    readonly check: boolean;
    readonly signal?: AbortSignal | undefined;
  }): Promise<RebuildCount>;
}

export const createRebuilder = ({
  recorder,
  ...rebuilding
}: Rebuilding & { readonly recorder: Pick<Recorder, 'record' | 'between'> }): Rebuilder => ({
  async plan(scope) {
    await recorder.record();
    return recorder.between(() => planRebuild(rebuilding, scope));
  },
  rebuild: ({ signal, ...slice }) =>
    recorder.between((stopping) =>
      rebuildSlice(rebuilding, {
        ...slice,
        signal: signal ? AbortSignal.any([signal, stopping]) : stopping,
      }),
    ),
});
