import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backoffMs, yieldMs } from '../../../ingest/edge/backoff.ts';
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

test('leaves a session to whoever took it over, longer each time, from 10 s to five minutes', () => {
  expect([1, 2, 3, 5, 6, 1000].map((times) => yieldMs(times, () => 1))).toEqual([
    20_000, 40_000, 80_000, 300_000, 300_000, 300_000,
  ]);
  expect(yieldMs(1000, () => 0)).toBe(10_000);
});

test('a thousand clients of a broker that restarts come back spread over the time, not at one moment', () => {
  let seed = 7;
  const random = (): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
  const perTenth = new Map<number, number>();
  for (let client = 0; client < 1000; client++) {
    const tenth = Math.floor(backoffMs(5, random) / 980);
    perTenth.set(tenth, (perTenth.get(tenth) ?? 0) + 1);
  }
  expect(Math.max(...perTenth.values())).toBeLessThan(150);
});

test('an error names the host without the password in the URL', () => {
  const error = Object.assign(new Error(''), { code: 'ECONNREFUSED' });
  expect(describeMqttError(error, 'mqtt://user:secret@broker:1883/x')).toBe(
    'no broker answers at broker:1883 (ECONNREFUSED): start it, or correct mqtt.url',
  );
});

test('an error names the settings of the broker that it came from', () => {
  const described = (code: unknown) =>
    describeMqttError(Object.assign(new Error(''), { code }), 'mqtts://b:8883', 'sparkplug.brokers.1');
  expect(described('ECONNREFUSED')).toContain('correct sparkplug.brokers.1.url');
  expect(described('SELF_SIGNED_CERT_IN_CHAIN')).toContain('set sparkplug.brokers.1.tls.ca');
  expect(described(134)).toBe(
    'the broker refuses user name or password: check sparkplug.brokers.1.username and sparkplug.brokers.1.password',
  );
});
