import {
  type AnalysisOptions,
  type AnalysisWithEvidence,
  createAnalysis,
} from '../analysis/create-analysis.ts';
import type { Config } from '../config.ts';
import type { Registry } from '../registry/registry.ts';
import type { Store } from '../store/port.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/**
 * The analysis of a data folder, the same in every process that answers or assesses: what one has answered, and what the
 * recorder has written down, counts for all of them. The store stays the caller's to close.
 */
export const analysisOf = ({
  config,
  registry,
  store,
  ...live
}: {
  readonly config: Pick<Config, 'plant' | 'data' | 'ledger'>;
  readonly registry: Pick<
    Registry,
    | 'ledgerMarks'
    | 'work'
    | 'annotations'
    | 'ledgerRevisions'
    | 'servedCells'
    | 'dayTallies'
    | 'streamPrints'
    | 'keptChecks'
    | 'rawHorizons'
  >;
  readonly store: Store;
} & Pick<
  AnalysisOptions,
  'storedEvents' | 'applied' | 'sourceOf' | 'unitOf' | 'connected' | 'recording' | 'removing' | 'log'
>): AnalysisWithEvidence =>
  createAnalysis({
    ...live,
    store,
    plant: config.plant,
    now: Date.now,
    ledgerMarks: registry.ledgerMarks,
    revisions: registry.ledgerRevisions,
    finalAfterMs: config.ledger.finalAfterHours * HOUR_MS,
    workShelf: registry.work,
    served: registry.servedCells,
    dayTallies: registry.dayTallies,
    streamPrints: registry.streamPrints,
    keptChecks: registry.keptChecks,
    editLog: registry.annotations,
    rawHorizons: registry.rawHorizons,
    keptSince: () => Date.now() - config.data.retentionDays * DAY_MS,
    ledgerKeptSince: () => {
      const since = (days: number | null) => (days === null ? null : Date.now() - days * DAY_MS);
      const { hourDays, shiftDays, dayDays, revisionDays } = config.ledger;
      return {
        ...{ hour: since(hourDays), shift: since(shiftDays) },
        ...{ day: since(dayDays), revisions: since(revisionDays) },
      };
    },
  });
