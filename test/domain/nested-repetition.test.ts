import { describe, expect, test } from 'vitest';
import { nestedRepetition } from '../../domain/mapping/nested-repetition.ts';

describe('a pattern that repeats what is repeated within it', () => {
  test.each([
    ['(a*)*b', '(a*)*'],
    ['(a+)+', '(a+)+'],
    ['x((?:a|b+)*)y', '(?:a|b+)*'],
    ['(\\d+|x)+', '(\\d+|x)+'],
    ['([a-z]+){2,}', '([a-z]+){2,}'],
    ['(a?b*)+', '(a?b*)+'],
    // What holds the rounds apart may be taken by the repetition itself.
    ['(.*-)*x', '(.*-)*'],
    ['([\\d.]+\\.)*x', '([\\d.]+\\.)*'],
    // Within a group within.
    ['((a+)b?)*', '((a+)b?)*'],
    ['(([a-z]{1,9})){1,}', '(([a-z]{1,9})){1,}'],
    ['(\\p{L}+)*', '(\\p{L}+)*'],
  ])('%s is found', (pattern, part) => {
    expect(nestedRepetition(pattern)).toBe(part);
  });

  test.each([
    '',
    'a*b+c?',
    '(ab)*',
    '(\\d+\\.)*\\d+',
    '([a-z]+-)+x',
    '(a+)?',
    '(a{3})*',
    '[(*+)]+',
    '[^]]*',
    '\\(a*\\)*',
    'line[0-9]+/m(\\d{1,4})',
    '(?:kwh|power)+',
  ])('%j is sound', (pattern) => {
    expect(nestedRepetition(pattern)).toBeUndefined();
  });

  test('what is no whole pattern ends all the same', () => {
    for (const pattern of ['(', '[', '\\', '(a*', ')*', '\\p{', 'a)*(b', '[]*', '{'])
      nestedRepetition(pattern);
  });
});
