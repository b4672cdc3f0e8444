import type { Bilingual } from './register.ts';

/** What a written 统一社会信用代码 comes to. */
export interface CreditCode {
  /** Upper case, half-width, without spaces. */
  readonly code: string;
  /** It was written in another form. */
  readonly changed: boolean;
  /**
   * Why it is probably mistyped; `null`: it passes the check. Never a reason to refuse it: some lawful codes from before
   * the standard fail.
   */
  readonly doubt: CreditCodeDoubt | null;
}
export type CreditCodeDoubt = keyof typeof DOUBTS;

const DOUBTS = {
  length: {
    zh: '统一社会信用代码应为 18 位',
    en: 'a unified social credit code has 18 characters',
  },
  characters: {
    zh: '统一社会信用代码第 3 至 8 位为数字，其余为数字或大写字母，不使用 I、O、S、V、Z',
    en: 'characters 3 to 8 of a unified social credit code are digits, the others digits or letters without I, O, S, V and Z',
  },
  organisation: {
    zh: '第 17 位与第 9 至 16 位的组织机构代码校验不符，请核对',
    en: 'character 17 does not fit the organisation code in 9 to 16; compare it with the licence',
  },
  check: {
    zh: '第 18 位校验码不符，请核对',
    en: 'the check character, the last one, does not fit; compare it with the licence',
  },
} as const satisfies Record<string, Bilingual>;

export const creditCodeDoubt = (doubt: CreditCodeDoubt): Bilingual => DOUBTS[doubt];

/** GB 32100-2015, annex: the value of a character is its place. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const SHAPE = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/;
/** 3^(i−1) mod 31. */
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
/** GB 11714: the organisation code's own weights; letters count from 10. */
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];
const ORGANISATION_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Reads a unified social credit code as people write it: with spaces, in lower case, in full-width characters. */
export function readCreditCode(written: string): CreditCode {
  const code = written
    .normalize('NFKC')
    .replace(/[\p{White_Space}\p{Cf}]/gu, '')
    .toUpperCase();
  return { code, changed: code !== written, doubt: doubtOf(code) };
}

function doubtOf(code: string): CreditCodeDoubt | null {
  if ([...code].length !== 18) return 'length';
  if (!SHAPE.test(code)) return 'characters';
  if (organisationCheck(code.slice(8, 16)) !== code[16]) return 'organisation';
  return checkCharacter(code) === code[17] ? null : 'check';
}

const weighted = (text: string, alphabet: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, index) => sum + weight * alphabet.indexOf(text[index] as string), 0);

/** GB 32100-2015: the character that makes the weighted sum a multiple of 31. */
const checkCharacter = (code: string): string =>
  ALPHABET[(31 - (weighted(code, ALPHABET, WEIGHTS) % 31)) % 31] as string;

/** GB 11714: 10 is written X. */
const organisationCheck = (first8: string): string =>
  '0123456789X'[(11 - (weighted(first8, ORGANISATION_ALPHABET, ORGANISATION_WEIGHTS) % 11)) % 11] as string;
