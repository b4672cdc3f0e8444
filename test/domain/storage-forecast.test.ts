import { describe, expect, test } from 'vitest';
import {
  ledgerRetention,
  type StorageKind,
  settingsThatHelp,
  storageForecast,
} from '../../domain/storage-forecast.ts';

const DAY = 86_400_000;
const NOW = 1_800_000_000_000;
const NONE: Record<StorageKind, number | null> = {
  ...{ raw: 0, ledger: 0, evidence: 0, storeOther: 0, spool: 0, registry: 0 },
};
const RAW_30 = { raw: { days: 30, goesOn: 0 } };

type Taken = readonly (readonly [number, Partial<typeof NONE>])[];
const samples = (...taken: Taken) =>
  taken.map(([daysAgo, bytes]) => ({ at: NOW - daysAgo * DAY, bytes: { ...NONE, ...bytes } }));

describe('a disk', () => {
  test('fills by what grows for good, and by raw data until as much goes as comes', () => {
    const taken = samples([10, { raw: 50 }], [2, { raw: 80, ledger: 8 }], [0, { raw: 100, ledger: 10 }]);
    const { kinds, fullAt } = storageForecast({ samples: taken, retention: RAW_30, freeBytes: 500 });
    expect(kinds.raw).toEqual({ bytes: 100, perDay: 10, steadyBytes: 300, steadyPerDay: 0 });
    expect(kinds.ledger).toEqual({ bytes: 10, perDay: 1, steadyBytes: null, steadyPerDay: null });
    // 20 days of 11 a day, then 1 a day.
    expect(fullAt).toBe(NOW + (20 + (500 - 220)) * DAY);
  });

  test('is full before raw data is steady where there is too little room', () => {
    const taken = samples([2, { raw: 80, ledger: 8 }], [0, { raw: 100, ledger: 10 }]);
    expect(storageForecast({ samples: taken, retention: RAW_30, freeBytes: 110 }).fullAt).toBe(
      NOW + 10 * DAY,
    );
  });

  test('is never full where nothing grows, or only raw data up to its steady state', () => {
    const flat = samples([2, { raw: 5 }], [0, { raw: 5 }]);
    expect(storageForecast({ samples: flat, retention: RAW_30, freeBytes: 1 }).fullAt).toBeNull();
    const raw = samples([2, { raw: 80 }], [0, { raw: 100 }]);
    expect(storageForecast({ samples: raw, retention: RAW_30, freeBytes: 300 }).fullAt).toBeNull();
    const shrinking = samples([2, { spool: 80 }], [0, { spool: 0 }]);
    expect(storageForecast({ samples: shrinking, retention: RAW_30, freeBytes: 1 }).fullAt).toBeNull();
  });

  test('that a byte a day fills in more than a hundred years is never full', () => {
    const slow = samples([2, { registry: 80 }], [0, { registry: 82 }]);
    const fullAt = (freeBytes: number) =>
      storageForecast({ samples: slow, retention: RAW_30, freeBytes }).fullAt;
    expect(fullAt(36_525)).toBe(NOW + 36_525 * DAY);
    expect(fullAt(36_526)).toBeNull();
    expect(fullAt(1e12)).toBeNull();
  });

  test('grows as it did in the last week, its first instant included, where that is six hours at least', () => {
    const perDay = (...taken: Taken) =>
      storageForecast({ samples: samples(...taken), retention: RAW_30, freeBytes: 1 }).kinds.ledger.perDay;
    expect(perDay([7, { ledger: 30 }], [2, { ledger: 80 }], [0, { ledger: 100 }])).toBe(10);
    expect(perDay([0.25, { ledger: 99 }], [0, { ledger: 100 }])).toBe(4);
    expect(perDay([0.24, { ledger: 99 }], [0, { ledger: 100 }])).toBeNull();
    // What lay on another server's disk is no growth.
    expect(perDay([3, { ledger: null }], [2, { ledger: 80 }], [0, { ledger: 100 }])).toBe(10);
  });

  test('has no steady state of raw data that does not grow, or lies elsewhere by now', () => {
    const raw = (...taken: Taken) =>
      storageForecast({ samples: samples(...taken), retention: RAW_30, freeBytes: 1000 });
    expect(raw([2, { raw: 100 }], [0, { raw: 100 }]).kinds.raw).toEqual({
      bytes: 100,
      perDay: 0,
      steadyBytes: null,
      steadyPerDay: null,
    });
    expect(raw([2, { raw: 100 }], [0, { raw: 60 }]).kinds.raw).toEqual({
      bytes: 60,
      perDay: -20,
      steadyBytes: null,
      steadyPerDay: null,
    });
    const away = raw([2, { raw: 80 }], [1, { raw: 90 }], [0, { raw: null, ledger: 0 }]);
    expect(away.kinds.raw).toEqual({ bytes: null, perDay: 10, steadyBytes: null, steadyPerDay: null });
    // What is elsewhere has a growth still, and fills another disk.
    expect(away.fullAt).toBeNull();
  });

  test('is full at the instant at which raw data is steady, where just that much is free', () => {
    const raw = samples([2, { raw: 80 }], [0, { raw: 100 }]);
    const fullAt = (freeBytes: number) =>
      storageForecast({ samples: raw, retention: RAW_30, freeBytes }).fullAt;
    expect([fullAt(199), fullAt(200), fullAt(201)]).toEqual([NOW + 19.9 * DAY, NOW + 20 * DAY, null]);
  });

  test('that is full is so now where it grows, and is not called so where it does not', () => {
    const fullAt = (...taken: Taken) =>
      storageForecast({ samples: samples(...taken), retention: RAW_30, freeBytes: 0 }).fullAt;
    expect(fullAt([2, { ledger: 8 }], [0, { ledger: 10 }])).toBe(NOW);
    expect(fullAt([2, { ledger: 8 }], [0, { ledger: 8 }])).toBeNull();
  });

  test('of which something is known has a forecast, though not of all that fills it', () => {
    const taken = [
      { at: NOW - 2 * DAY, bytes: { ...NONE, spool: null, ledger: 8 } },
      { at: NOW, bytes: { ...NONE, spool: null, ledger: 10 } },
    ];
    expect(storageForecast({ samples: taken, retention: RAW_30, freeBytes: 5 }).fullAt).toBe(NOW + 5 * DAY);
  });

  test('of which nothing is known yet has no forecast, and is not called steady', () => {
    const young = samples([0.2, { raw: 1 }], [0, { raw: 9 }]);
    const { kinds, fullAt } = storageForecast({ samples: young, retention: RAW_30, freeBytes: 1 });
    expect(kinds.raw).toEqual({ bytes: 9, perDay: null, steadyBytes: null, steadyPerDay: null });
    expect(fullAt).toBeNull();
    const elsewhere = samples([2, { raw: null, ledger: null }], [0, { raw: null, ledger: null }]);
    const away = storageForecast({ samples: elsewhere, retention: RAW_30, freeBytes: 1 });
    expect(away.kinds.raw).toEqual({ bytes: null, perDay: null, steadyBytes: null, steadyPerDay: null });
    expect(storageForecast({ samples: [], retention: RAW_30, freeBytes: 1 }).fullAt).toBeNull();
  });

  test('fills slower from each day on which another kind is steady, and by what of it is kept for good', () => {
    const taken = samples(
      [2, { raw: 80, ledger: 82, evidence: 8 }],
      [0, { raw: 100, ledger: 100, evidence: 10 }],
    );
    const forecast = (freeBytes: number) =>
      storageForecast({
        samples: taken,
        retention: { ledger: { days: 20, goesOn: 1 / 9 }, raw: { days: 15, goesOn: 0 } },
        freeBytes,
      });
    expect(forecast(1).kinds.ledger).toEqual({ bytes: 100, perDay: 9, steadyBytes: 180, steadyPerDay: 1 });
    expect(forecast(1).kinds.evidence).toMatchObject({ perDay: 1, steadyBytes: null });
    // 5 days of 20, then 10 a day until (180 - 100) / 9 days are over, then 2 a day.
    expect([99, 100, 110].map((free) => forecast(free).fullAt)).toEqual(
      [4.95, 5, 6].map((days) => NOW + days * DAY),
    );
    const slowest = 80 / 9;
    const then = 100 + (slowest - 5) * 10;
    expect(forecast(then + 8).fullAt).toBe(Math.round(NOW + (slowest + 4) * DAY));
  });

  test('that fills is helped by the settings of what grows, the fastest first', () => {
    const helping = (...taken: Taken) =>
      settingsThatHelp(
        storageForecast({ samples: samples(...taken), retention: RAW_30, freeBytes: 1 }).kinds,
      );
    expect(helping([2, {}], [0, { raw: 5, ledger: 9, evidence: 70, spool: 80 }])).toEqual([
      'data.evidenceDays',
      'ledger.hourDays',
      'data.retentionDays',
    ]);
    expect(helping([2, { raw: 5 }], [0, { registry: 5 }])).toEqual(['data.quarantineDays']);
    expect(helping([0, {}])).toEqual([
      'data.retentionDays',
      'ledger.hourDays',
      'data.evidenceDays',
      'data.quarantineDays',
    ]);
  });

  test('that holds more than growth would leave keeps what it has', () => {
    const taken = samples([2, { raw: 998 }], [0, { raw: 1000 }]);
    expect(storageForecast({ samples: taken, retention: RAW_30, freeBytes: 9 }).kinds.raw.steadyBytes).toBe(
      1000,
    );
  });
});

test('a ledger is steady by its longest grain, goes on by shifts and days, or never ends', () => {
  const days = { hourDays: 1000, shiftDays: null, dayDays: null };
  expect(ledgerRetention({ ...days, hourDays: null, shiftDays: 9, dayDays: 9 })).toBeNull();
  expect(ledgerRetention(days)).toEqual({ days: 1000, goesOn: 1 / 9 });
  expect(ledgerRetention({ ...days, dayDays: 5000 })).toEqual({ days: 1000, goesOn: 1 / 9 });
  expect(ledgerRetention({ ...days, shiftDays: 2000, dayDays: 5000 })).toEqual({ days: 5000, goesOn: 0 });
});
