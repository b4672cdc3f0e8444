import { type AnalysisWithEvidence, createAnalysis } from '../../../analysis/create-analysis.ts';
import type { DayTallies } from '../../../analysis/day-tallies.ts';
import type { KeptChecks } from '../../../analysis/kept-checks.ts';
import type { LedgerMarks } from '../../../analysis/ledger-marks.ts';
import type { RawHorizons } from '../../../analysis/raw-horizon.ts';
import type { LedgerKeptSince } from '../../../analysis/remove-ledger.ts';
import type { RevisionLog } from '../../../analysis/revision-log.ts';
import type { StreamPrints } from '../../../analysis/stream-prints.ts';
import type { SignalValue } from '../../../domain/observation.ts';
import type { Plant } from '../../../domain/plant.ts';
import type { EpochMs } from '../../../domain/time.ts';
import { openMemoryStore } from '../../../store/memory/open.ts';
import type { Store } from '../../../store/port.ts';
import { createHandClock, type HandClock } from '../hand-clock.ts';
import { createMemoryMarks } from '../memory-marks.ts';
import { DAY, HOUR, MINUTE, MONDAY_8, plantOfTwo } from '../plants.ts';

export interface Town {
  readonly analysis: AnalysisWithEvidence;
  readonly clock: HandClock;
  readonly store: Store;
  readonly marks: LedgerMarks;
  /** Stores observations, and marks what is late as ingest does. */
  report(machine: string, ts: EpochMs, signals: Readonly<Record<string, SignalValue>>): Promise<void>;
  /** Running from 08:00 on, with a count every ten minutes, for some hours of each day from Monday on. */
  works(machine: string, days: readonly number[], hours?: number): Promise<void>;
  /** The same store without any recording. */
  unrecorded(): AnalysisWithEvidence;
}

export function createTown({
  plant = plantOfTwo,
  start = MONDAY_8,
  store = openMemoryStore(),
  keptSince,
  dayTallies,
  revisions,
  streamPrints,
  keptChecks,
  rawHorizons,
  ledgerKeptSince,
}: {
  readonly plant?: Plant;
  readonly start?: EpochMs;
  readonly store?: Store;
  readonly keptSince?: () => EpochMs;
  readonly dayTallies?: DayTallies;
  readonly revisions?: RevisionLog;
  readonly streamPrints?: StreamPrints;
  readonly keptChecks?: KeptChecks;
  readonly rawHorizons?: RawHorizons;
  readonly ledgerKeptSince?: () => LedgerKeptSince;
} = {}): Town {
  const clock = createHandClock(start);
  const marks = createMemoryMarks();
  const { now, schedule } = clock;
  const options = {
    ...{ store, plant, now, schedule, keptSince, dayTallies, revisions },
    ...{ streamPrints, keptChecks, rawHorizons, ledgerKeptSince },
  };
  const report: Town['report'] = async (machine, ts, signals) => {
    await store.write([{ machine, ts, signals: Object.keys(signals), values: Object.values(signals) }]);
    const until = marks.recordedUntil(machine);
    if (until !== null && ts < until) marks.mark([{ machine, from: ts, to: ts }]);
  };
  return {
    analysis: createAnalysis({ ...options, ledgerMarks: marks }),
    clock,
    store,
    marks,
    report,
    async works(machine, days, hours = 8) {
      for (const day of days) {
        const from = MONDAY_8 + day * DAY;
        await report(machine, from, { state: 'running' });
        for (let at = from; at < from + hours * HOUR; at += 10 * MINUTE) {
          await report(machine, at, { count: (at - MONDAY_8) / MINUTE });
        }
        await report(machine, from + hours * HOUR, { state: 'off' });
      }
    },
    unrecorded: () =>
      createAnalysis({
        ...options,
        streamPrints: undefined,
        keptChecks: undefined,
        ledgerMarks: createMemoryMarks(),
      }),
  };
}
