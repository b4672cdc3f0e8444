import { expect, test } from 'vitest';
import { ApiError } from '../../dashboards/web/src/api/ask.ts';
import { isWholeText, readSuggestions } from '../../dashboards/web/src/health/suggestions.ts';
import { untold } from '../../dashboards/web/src/health/untold.ts';
import { en } from '../../dashboards/web/src/i18n/en.ts';
import { fill } from '../../dashboards/web/src/i18n/index.ts';
import { zh } from '../../dashboards/web/src/i18n/zh.ts';

test('64-bit values that a proposed rule reads stay exact', () => {
  const { suggestions } = readSuggestions('{"suggestions":[{"observations":[{"value":9007199254740993}]}]}');
  expect(suggestions[0]?.observations[0]?.value).toBe(9007199254740993n);
});

test('a failure is told once: what the books tell is not told again', () => {
  expect(untold(undefined)).toBeUndefined();
  for (const code of ['no-answer', 'ingest-elsewhere', 'store-unavailable'])
    expect(untold(new ApiError(503, code, 'x'))).toBeUndefined();
  expect(untold(new ApiError(500, 'internal', 'x'))?.code).toBe('internal');
});

test('a sample that was cut, or is no text, is not explained as if it were the message', () => {
  expect(isWholeText('{"n":1}')).toBe(true);
  expect(isWholeText('\uFFFD\u0001')).toBe(false);
  expect(isWholeText('x'.repeat(2000))).toBe(false);
});

test('both languages fill in the same, each in its own words', () => {
  const holesOf = (text: string): string[] =>
    [...text.matchAll(/\{(\w+)\}/g)].map(([hole]) => hole).toSorted();
  for (const [name, said] of Object.entries(zh.suggesting)) {
    const other = (en.suggesting as Record<string, string>)[name] as string;
    expect(holesOf(said), name).toEqual(holesOf(other));
    expect(said.replaceAll(/\{\w+\}|kaidong\.yaml/g, ''), name).not.toMatch(/[A-Za-z]/);
    expect(other, name).not.toMatch(/[\u4e00-\u9fff]/);
  }
  expect(fill(zh.suggesting.familyMapped, { mapped: 3 })).toBe('建议的规则可读懂 3 条');
});
