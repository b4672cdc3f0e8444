import type { StorageAnswer } from '../../api/ports.ts';
import { ledgerRetention, storageForecast } from '../../domain/storage-forecast.ts';
import { T0 } from './plant-analysis.ts';

const DAY = 86_400_000;
const LEDGER = ledgerRetention({ hourDays: 3653, shiftDays: null, dayDays: null });
const sampleAt = (days: number) => ({
  at: T0 - days * DAY,
  bytes: {
    raw: 9e6 - days * 1e6,
    ledger: 2e6 - days * 1e5,
    evidence: 4e5,
    storeOther: 1e6,
    spool: 0,
    registry: 5e5,
  },
});

/** A store that grows by a megabyte a day. */
export const noteStorage = async (): Promise<StorageAnswer> => ({
  asOf: T0,
  store: 'embedded',
  disk: { freeBytes: 1e9, totalBytes: 4e9 },
  retention: {
    rawDays: 400,
    ledgerDays: null,
    hourDays: 3653,
    shiftDays: null,
    dayDays: null,
    revisionDays: null,
    evidenceDays: null,
    quarantineDays: 90,
  },
  ...storageForecast({
    samples: [sampleAt(2), sampleAt(0)],
    retention: {
      raw: { days: 400, goesOn: 0 },
      ...(LEDGER && { ledger: LEDGER }),
    },
    freeBytes: 1e9,
  }),
});
