import { expect, test } from 'vitest';
import { settingsPage } from '../../docs/settings.ts';

test('every setting says what it means', () => {
  const rows = settingsPage()
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split(' | '));
  expect(rows.length).toBeGreaterThan(60);
  expect(rows.filter((cells) => (cells.at(-1) ?? '').replace('|', '').trim() === '')).toEqual([]);
});

test('a default that is written in the schema stands on the page', () => {
  expect(settingsPage()).toContain(
    '| `mqtt.keepaliveSeconds` | `KAIDONG__MQTT__KEEPALIVE_SECONDS` | number | `15` |',
  );
});
