import { describe, expect, test } from 'vitest';
import { type StorageKind, storageForecast } from '../../domain/storage-forecast.ts';

const DAY = 86_400_000;
const NOW = 1_800_000_000_000;
const NONE: Record<StorageKind, number | null> = { raw: 0, ledger: 0, storeOther: 0, spool: 0, registry: 0 };

const samples = (...taken: readonly (readonly [number, Partial<typeof NONE>])[]) =>
  taken.map(([daysAgo, bytes]) => ({ at: NOW - daysAgo * DAY, bytes: { ...NONE, ...bytes } }));

describe('a disk', () => {
  test('fills by what grows for good, and by raw data until as much goes as comes', () => {
    const taken = samples([10, { raw: 0 }], [2, { raw: 80, ledger: 8 }], [0, { raw: 100, ledger: 10 }]);
    const { kinds, fullAt } = storageForecast({ samples: taken, retentionDays: 30, freeBytes: 500 });
    expect(kinds.raw).toEqual({ bytes: 100, perDay: 10, steadyBytes: 300 });
    expect(kinds.ledger).toEqual({ bytes: 10, perDay: 1, steadyBytes: null });
    // 20 days of 11 a day, then 1 a day.
    expect(fullAt).toBe(NOW + (20 + (500 - 220)) * DAY);
  });

  test('is full before raw data is steady where there is too little room', () => {
    const taken = samples([2, { raw: 80, ledger: 8 }], [0, { raw: 100, ledger: 10 }]);
    expect(storageForecast({ samples: taken, retentionDays: 30, freeBytes: 110 }).fullAt).toBe(
      NOW + 10 * DAY,
    );
  });

  test('is never full where nothing grows, or only raw data up to its steady state', () => {
    const flat = samples([2, { raw: 5 }], [0, { raw: 5 }]);
    expect(storageForecast({ samples: flat, retentionDays: 30, freeBytes: 1 }).fullAt).toBeNull();
    const raw = samples([2, { raw: 80 }], [0, { raw: 100 }]);
    expect(storageForecast({ samples: raw, retentionDays: 30, freeBytes: 300 }).fullAt).toBeNull();
    const shrinking = samples([2, { spool: 80 }], [0, { spool: 0 }]);
    expect(storageForecast({ samples: shrinking, retentionDays: 30, freeBytes: 1 }).fullAt).toBeNull();
  });

  test('that a byte a day fills in more than a hundred years is never full', () => {
    const slow = samples([2, { registry: 80 }], [0, { registry: 82 }]);
    const fullAt = (freeBytes: number) =>
      storageForecast({ samples: slow, retentionDays: 30, freeBytes }).fullAt;
    expect(fullAt(36_525)).toBe(NOW + 36_525 * DAY);
    expect(fullAt(36_526)).toBeNull();
    expect(fullAt(1e12)).toBeNull();
  });

  test('of which nothing is known yet has no forecast, and is not called steady', () => {
    const young = samples([0.2, { raw: 1 }], [0, { raw: 9 }]);
    const { kinds, fullAt } = storageForecast({ samples: young, retentionDays: 30, freeBytes: 1 });
    expect(kinds.raw).toEqual({ bytes: 9, perDay: null, steadyBytes: null });
    expect(fullAt).toBeNull();
    const elsewhere = samples([2, { raw: null, ledger: null }], [0, { raw: null, ledger: null }]);
    const away = storageForecast({ samples: elsewhere, retentionDays: 30, freeBytes: 1 });
    expect(away.kinds.raw).toEqual({ bytes: null, perDay: null, steadyBytes: null });
    expect(storageForecast({ samples: [], retentionDays: 30, freeBytes: 1 }).fullAt).toBeNull();
  });

  test('that holds more than growth would leave keeps what it has', () => {
    const taken = samples([2, { raw: 998 }], [0, { raw: 1000 }]);
    expect(storageForecast({ samples: taken, retentionDays: 30, freeBytes: 9 }).kinds.raw.steadyBytes).toBe(
      1000,
    );
  });
});
