import { expect, test } from 'vitest';
import { type SparkplugStanding, sparkplugPart } from '../../composition/sparkplug-part.ts';

const NOW = Date.parse('2026-03-02T08:00:00Z');
const standing: SparkplugStanding = {
  ...{ part: 'sparkplug', url: 'mqtt://broker:1883', hostId: 'kaidong', now: NOW },
  status: { connected: true, lastError: null, protocol: '5' },
  ...{ trouble: null, gaps: null },
};
const trouble = { contradictedAt: null, contradictions: 0, otherHostAt: null };

test('a connection with nothing to tell needs nothing', () => {
  expect(sparkplugPart(standing)).toMatchObject({ ok: true, remedy: null });
  expect(sparkplugPart({ ...standing, trouble })).toMatchObject({ ok: true, remedy: null });
});

test('without a connection that is what is told', () => {
  const status = { connected: false, lastError: 'refused', protocol: '5' } as const;
  const part = sparkplugPart({ ...standing, status, trouble: { ...trouble, otherHostAt: NOW } });
  expect(part).toMatchObject({ ok: false });
  expect(part.detail).toBe('not connected to mqtt://broker:1883 as the host kaidong: refused');
});

test.each([
  ['another host by the same id', { trouble: { ...trouble, otherHostAt: NOW - 1 } }, 'of its own'],
  ['a STATE that others changed', { trouble: { ...trouble, contradictedAt: NOW - 1 } }, 'Find the client'],
  [
    'gaps, which a full queue at the broker makes',
    { gaps: { count: 3, nodes: 2, last: { node: 'G/N', at: NOW } } },
    'max-queue-size of HiveMQ',
  ],
])('%s is told with what to do, in both languages', (_, more, remedy) => {
  const part = sparkplugPart({ ...standing, ...more });
  expect(part.ok).toBe(true);
  expect(part.remedy?.en).toContain(remedy);
  expect(part.remedy?.zh).not.toBe('');
  expect(part.detail).toContain('connected to mqtt://broker:1883 as the host kaidong, MQTT 5; ');
});

test('what lies back an hour is over', () => {
  const old = { contradictedAt: NOW - 3_600_000, contradictions: 4, otherHostAt: NOW - 3_600_000 };
  expect(sparkplugPart({ ...standing, trouble: old }).remedy).toBeNull();
});
