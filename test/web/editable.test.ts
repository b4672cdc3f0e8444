import { expect, test } from 'vitest';
import { editableFrom } from '../../dashboards/web/src/stops/editable.ts';

const stop = { from: '2026-03-02T00:00:00.000Z', to: '2026-03-02T02:00:00.000Z', open: false };

test.each([
  ['a plant that keeps all its raw data', null, stop, stop.from],
  ['a stop behind the border', '2026-03-01T00:00:00.000Z', stop, stop.from],
  ['a stop that begins at the border', stop.from, stop, stop.from],
  ['a stop across the border', '2026-03-02T01:00:00.000Z', stop, '2026-03-02T01:00:00.000Z'],
  ['a stop before it', '2026-03-02T03:00:00.000Z', stop, null],
  ['a stop that ends there', stop.to, stop, null],
  ['an open stop', '2026-03-02T03:00:00.000Z', { ...stop, open: true }, '2026-03-02T03:00:00.000Z'],
])('of %s something can be said from where its figures can be made anew', (_, since, one, from) => {
  expect(editableFrom(one, since)).toBe(from);
});
