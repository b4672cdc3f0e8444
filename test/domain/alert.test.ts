import { expect, test } from 'vitest';
import { durationWords, isAtLeast, wholeMinutes } from '../../domain/alert.ts';

const MINUTE = 60_000;

test.each([
  [-5, '0 分钟', '0 min'],
  [29_999, '0 分钟', '0 min'],
  [30_000, '1 分钟', '1 min'],
  [59 * MINUTE, '59 分钟', '59 min'],
  [60 * MINUTE, '1 小时', '1 h'],
  [61 * MINUTE, '1 小时 1 分钟', '1 h 1 min'],
  [24 * 60 * MINUTE, '1 天', '1 d'],
  [(24 * 60 + 5) * MINUTE, '1 天', '1 d'],
  [(26 * 60 + 5) * MINUTE, '1 天 2 小时', '1 d 2 h'],
])('%d ms are %s, %s', (ms, zh, en) => {
  expect(durationWords(ms, 'zh')).toBe(zh);
  expect(durationWords(ms, 'en')).toBe(en);
});

test('severities are in order, and minutes whole', () => {
  expect(isAtLeast('critical', 'warning')).toBe(true);
  expect(isAtLeast('warning', 'warning')).toBe(true);
  expect(isAtLeast('info', 'warning')).toBe(false);
  expect(wholeMinutes(179_999)).toBe(120_000);
});
