import { expect, test } from 'vitest';
import { startApi } from './start-api.ts';

test('what lies on disk is told by kind, with growth, steady state and the day on which the disk is full', async () => {
  await using api = await startApi();
  const { status, json } = await api.ask('GET /api/v1/storage');
  expect(status).toBe(200);
  expect(json.kinds.raw).toEqual({ bytes: 9e6, perDay: 1e6, steadyBytes: 4e8, steadyPerDay: 0 });
  expect(json.kinds.ledger).toEqual({
    ...{ bytes: 2e6, perDay: 1e5, steadyBytes: 3.653e8, steadyPerDay: 11_111 },
  });
  expect(json.kinds.evidence).toEqual({ bytes: 4e5, perDay: 0, steadyBytes: null, steadyPerDay: null });
  expect(json.retention).toEqual({
    rawDays: 400,
    ledgerDays: null,
    hourDays: 3653,
    shiftDays: null,
    dayDays: null,
    revisionDays: null,
    evidenceDays: null,
    quarantineDays: 90,
  });
  // 391 days of 1.1 MB, 0.1 MB a day until hours are ten years old, then what shifts and days add.
  const days = (Date.parse(json.fullAt) - Date.parse(json.asOf)) / 86_400_000;
  expect(days).toBeCloseTo(3633 + (1e9 - 391 * 1.1e6 - 3242 * 1e5) / 11_111, 3);
});
