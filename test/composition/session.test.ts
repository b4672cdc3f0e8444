import { expect, test } from 'vitest';
import { outsideBrokerPart } from '../../composition/readiness.ts';

const NOW = Date.parse('2026-03-02T08:00:00Z');
const HOUR = 3_600_000;
const URL = 'mqtt://broker:1883';
const calm = {
  ...{ connected: true, lastError: null, protocol: '5' as const },
  ...{ sessionLostAt: null, shortenedExpirySeconds: null, takenOverAt: null, takeOvers: 0, yielding: false },
};

test('what happened to the session stays in readiness for a day, with what to do', () => {
  expect(outsideBrokerPart(URL, calm, NOW)).toMatchObject({ ok: true, remedy: null });
  const lost = outsideBrokerPart(URL, { ...calm, sessionLostAt: NOW - HOUR }, NOW);
  expect(lost).toMatchObject({ ok: true, detail: expect.stringContaining('had forgotten our session') });
  expect(lost.remedy?.en).toContain('persistent_client_expiration');
  expect(outsideBrokerPart(URL, { ...calm, sessionLostAt: NOW - 25 * HOUR }, NOW).remedy).toBeNull();
  const taken = { ...calm, takenOverAt: NOW - HOUR, takeOvers: 3 };
  expect(outsideBrokerPart(URL, taken, NOW)).toMatchObject({
    ok: true,
    detail: expect.stringContaining('3 times'),
  });
  const yielding = outsideBrokerPart(URL, { ...taken, connected: false, yielding: true }, NOW);
  expect(yielding).toMatchObject({
    ok: false,
    remedy: { en: expect.stringContaining('mqtt.clientId of its own') },
  });
  const refused = { ...taken, connected: false, lastError: 'no broker answers' };
  expect(outsideBrokerPart(URL, refused, NOW).detail).toContain('no broker answers');
});

test('a broker that keeps the session for less than was asked is named with how long', () => {
  const part = outsideBrokerPart(URL, { ...calm, shortenedExpirySeconds: 3600 }, NOW);
  expect(part).toMatchObject({ ok: true, detail: expect.stringContaining('for 3600 s only') });
  expect(part.remedy?.en).toContain('session-expiry of HiveMQ');
});
