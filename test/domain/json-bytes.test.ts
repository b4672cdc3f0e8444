import { describe, expect, test } from 'vitest';
import { encodeJson, instantList, jsonBytes, jsonList } from '../../domain/json-bytes.ts';

const decoder = new TextDecoder();
const written = (list: ReturnType<typeof instantList>, first: number, end: number): string => {
  const out = jsonBytes();
  out.items(list, first, end);
  return decoder.decode(out.end());
};

describe('JSON as bytes', () => {
  test('instants are written as they print, those of today and any other', () => {
    const today = [
      1_772_409_600_000, 1_772_409_600_001, 1_772_409_999_999, 1_999_999_000_000, 9_999_999_999_999,
    ];
    expect(written(instantList(today), 0, 5)).toBe(today.join(','));
    expect(written(instantList(today), 1, 3)).toBe('1772409600001,1772409999999');
    const wild = [-5, 0, 999_999_999_999, 10_000_000_000_000, ...today];
    expect(written(instantList(wild), 0, wild.length)).toBe(wild.join(','));
    for (const one of wild) expect(written(instantList([one]), 0, 1)).toBe(String(one));
  });

  test('an empty part of a list is nothing', () => {
    expect(written(instantList([1_772_409_600_000]), 1, 1)).toBe('');
    expect(written(jsonList([], encodeJson), 0, 0)).toBe('');
  });

  test('texts grow beyond what was reserved, in any script', () => {
    const out = jsonBytes();
    const long = `"${'海'.repeat(20_000)}"`;
    out.encoded(encodeJson('['));
    out.text(long);
    out.encoded(encodeJson(`,${'1'.repeat(200_000)}]`));
    expect(decoder.decode(out.end())).toBe(`[${long},${'1'.repeat(200_000)}]`);
    out.text('{}');
    expect(decoder.decode(out.end())).toBe('{}');
  });
});
