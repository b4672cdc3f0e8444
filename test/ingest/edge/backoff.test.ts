import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backoffMs } from '../../../ingest/edge/backoff.ts';
import { describeMqttError } from '../../../ingest/edge/mqtt-error.ts';

test('waits between 0.2 s and a bound that doubles up to 10 s', () => {
  expect([0, 1, 2, 5, 6, 1000].map((failures) => backoffMs(failures, () => 1))).toEqual([
    400, 800, 1600, 10_000, 10_000, 10_000,
  ]);
  fc.assert(
    fc.property(
      fc.nat(),
      fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
      (failures, random) => {
        const wait = backoffMs(failures, () => random);
        expect(wait).toBeGreaterThanOrEqual(200);
        expect(wait).toBeLessThanOrEqual(10_000);
      },
    ),
  );
});

test('an error names the host without the password in the URL', () => {
  const error = Object.assign(new Error(''), { code: 'ECONNREFUSED' });
  expect(describeMqttError(error, 'mqtt://user:secret@broker:1883/x')).toBe(
    'no broker answers at broker:1883 (ECONNREFUSED): start it, or correct mqtt.url',
  );
});
