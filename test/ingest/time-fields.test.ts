import { expect, test } from 'vitest';
import { writtenTime } from '../../ingest/suggest/time-fields.ts';

const zone = 'Asia/Shanghai';

test.each([
  ['ts', 1_790_000_000_000, {}],
  ['time', 1_790_000_000, { format: 's' }],
  ['last_seen', '2026-11-30T08:00:00+08:00', {}],
  ['ts', 12.5, undefined],
  ['collectTime', 1_790_000_000_000, undefined],
])('the usual name %s with %s is a time: %o', (name, value, written) => {
  expect(writtenTime(name, value, { zone, names: 'usual' })).toEqual(written);
});

test.each([
  ['collectTime', 1_790_000_000_000, {}],
  ['Zeit', '30.11.2026 08:00:00', { format: 'DD.MM.YYYY HH:mm:ss', zone }],
  ['采集时间', '2026-11-30 08:00:00', { format: 'iso', zone }],
  ['cycleTime', 12_500, undefined],
  ['timeout', 'never', undefined],
  ['power', 1_790_000_000_000, undefined],
])('a name like %s with %s is a time: %o', (name, value, written) => {
  expect(writtenTime(name, value, { zone, names: 'alike' })).toEqual(written);
});
