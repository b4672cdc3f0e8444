import { type AnalysisWithEvidence, createAnalysis } from '../../analysis/create-analysis.ts';

import type { RevisionLog } from '../../analysis/revision-log.ts';
import type { Reading, SignalValue } from '../../domain/observation.ts';
import type { Plant } from '../../domain/plant.ts';
import type { EpochMs } from '../../domain/time.ts';
import { openMemoryStore } from '../../store/memory/open.ts';
import type { Store } from '../../store/port.ts';
import { createHandClock, type HandClock } from './hand-clock.ts';
import { createMemoryMarks } from './memory-marks.ts';
import { MONDAY_8, plantOfTwo } from './plants.ts';

export interface World {
  readonly analysis: AnalysisWithEvidence;
  readonly clock: HandClock;
  readonly store: Store;
  readonly marks: ReturnType<typeof createMemoryMarks>;
  /** Stores an observation as ingest does: marks it before and after the write where it is late; tells of it. */
  report(machine: string, ts: EpochMs, signals: Readonly<Record<string, SignalValue>>): Promise<void>;
  /** An analysis of the same store that knows of no recordings. */
  fresh(): AnalysisWithEvidence;
}

export function createWorld({
  plant = plantOfTwo,
  start = MONDAY_8,
  fed = true,
  store = openMemoryStore(),
  revisions,
}: {
  readonly plant?: Plant;
  readonly start?: EpochMs;
  readonly fed?: boolean;
  readonly store?: Store;
  readonly revisions?: RevisionLog;
} = {}): World {
  const clock = createHandClock(start);
  const marks = createMemoryMarks();
  const listeners = new Set<(readings: readonly Reading[]) => void>();
  const applied = (listener: (readings: readonly Reading[]) => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  const { now, schedule } = clock;
  return {
    analysis: createAnalysis({
      store,
      plant,
      now,
      schedule,
      ledgerMarks: marks,
      revisions,
      applied: fed ? applied : undefined,
      sourceOf: (machine) => `source of ${machine}`,
    }),
    clock,
    store,
    marks,
    async report(machine, ts, signals) {
      const markLate = () => {
        const until = marks.recordedUntil(machine);
        if (until !== null && ts < until) marks.mark([{ machine, from: ts, to: ts }]);
      };
      const reading = { machine, ts, signals: Object.keys(signals), values: Object.values(signals) };
      markLate();
      await store.write([reading]);
      markLate();
      for (const listener of listeners) listener([reading]);
    },
    fresh: () => createAnalysis({ store, plant, now, schedule, ledgerMarks: createMemoryMarks() }),
  };
}
