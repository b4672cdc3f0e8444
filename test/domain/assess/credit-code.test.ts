import { expect, test } from 'vitest';
import { type CreditCodeDoubt, creditCodeDoubt, readCreditCode } from '../../../domain/assess/credit-code.ts';

/** Every character that a code may hold. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

test.each([
  ['a published code', '91350100M000100Y43', null],
  ['a published code', '91330100799655058B', null],
  ['a published code', '91110000802100433B', null],
  ['lawful, from before the standard', '91350100M0001TGQXM', 'check'],
  ['the last character mistyped', '91350100M000100Y44', 'check'],
  ['a digit of the region mistyped', '91350200M000100Y43', 'check'],
  ['the organisation code mistyped', '91330100799655068B', 'organisation'],
  ['two characters of the organisation code exchanged', '91330100796955058B', 'organisation'],
  ['a letter O for a zero', '9135O100M000100Y43', 'characters'],
  ['a letter I', '91350100I000100Y43', 'characters'],
  ['a letter in the region', '9135A100M000100Y43', 'characters'],
  ['a Chinese character', '91350100M000100Y4三', 'characters'],
  ['17 characters', '91350100M000100Y4', 'length'],
  ['19 characters', '91350100M000100Y433', 'length'],
  ['the old registration number of 15 digits', '330900000012345', 'length'],
  ['nothing', '', 'length'],
] as const)('%s: %s', (_, code, doubt) => {
  expect(readCreditCode(code)).toEqual({ code, changed: false, doubt });
});

test.each([
  ['spaces around', ' 91350100M000100Y43\t'],
  ['spaces inside', '9135 0100 M000 100Y 43'],
  ['a no-break and an ideographic space', '9135\u00a00100\u3000M000100Y43'],
  ['an invisible character from a web page', '\u200b91350100M000100Y43\ufeff'],
  ['lower case', '91350100m000100y43'],
  ['full-width characters', '９１３５０１００Ｍ０００１００ｙ４３'],
])('%s are put right, and that is said', (_, written) => {
  expect(readCreditCode(written)).toEqual({ code: '91350100M000100Y43', changed: true, doubt: null });
});

test('every single mistyped character of a right code is noticed', () => {
  const right = '91330100799655058B';
  const missed = [...right].flatMap((_, place) =>
    [...ALPHABET]
      .filter((character) => character !== right[place])
      .map((character) => right.slice(0, place) + character + right.slice(place + 1))
      .filter((code) => readCreditCode(code).doubt === null),
  );
  expect(missed).toEqual([]);
});

test('each beginning has exactly one check character, and every one of the 31 occurs', () => {
  // The first two characters are free of the organisation code's own check.
  const beginnings = [...ALPHABET].flatMap((a) => [...ALPHABET].map((b) => `${a}${b}350100M000100Y4`));
  const ends = beginnings.map((start) =>
    [...ALPHABET].filter((end) => readCreditCode(start + end).doubt === null),
  );
  expect(ends.every((found) => found.length === 1)).toBe(true);
  expect(new Set(ends.flat())).toEqual(new Set(ALPHABET));
});

test.each(['length', 'characters', 'organisation', 'check'] satisfies CreditCodeDoubt[])(
  'doubt %s is said in both languages',
  (doubt) => {
    expect(creditCodeDoubt(doubt).zh).toMatch(/\p{Script=Han}/u);
    expect(creditCodeDoubt(doubt).en).toMatch(/[a-z]{3}/);
  },
);
