import { ratioOf } from '../ratio.ts';

/** An exact number, always in lowest terms with a positive denominator: points such as 5/3 must add up to the whole. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export const ZERO: Fraction = { numerator: 0n, denominator: 1n };
export const ONE: Fraction = { numerator: 1n, denominator: 1n };

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [magnitude(a), magnitude(b)];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** `numerator / denominator` in lowest terms. Throws a RangeError for a zero denominator. */
export function fraction(numerator: bigint, denominator = 1n): Fraction {
  if (denominator === 0n) throw new RangeError('a fraction has no zero denominator');
  if (denominator < 0n) return fraction(-numerator, -denominator);
  const divisor = greatestCommonDivisor(numerator, denominator);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

/** Reads `5`, `-2`, `1.25` or `5/3`; `undefined` for anything else. */
export function parseFraction(text: string): Fraction | undefined {
  const ratio = /^(-?\d{1,15})\/(\d{1,15})$/.exec(text);
  if (ratio) {
    const denominator = BigInt(ratio[2] as string);
    return denominator === 0n ? undefined : fraction(BigInt(ratio[1] as string), denominator);
  }
  const decimal = /^(-?)(\d{1,15})(?:\.(\d{1,15}))?$/.exec(text);
  if (!decimal) return undefined;
  const [, sign, whole = '', part = ''] = decimal;
  const value = fraction(BigInt(whole + part), 10n ** BigInt(part.length));
  return sign ? { ...value, numerator: -value.numerator } : value;
}

/** A finite double as the decimal that it prints as: 0.9 is exactly 9/10. Throws a RangeError for any other number. */
export function decimalFraction(value: number): Fraction {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is no number to calculate with`);
  const [mantissa, exponent = 0] = String(value).split('e') as [string, string?];
  const [whole, part = ''] = mantissa.split('.');
  const power = Number(exponent) - part.length;
  const [up, down] = [Math.max(power, 0), Math.max(-power, 0)].map((digits) => 10n ** BigInt(digits));
  return fraction(BigInt(`${whole}${part}`) * (up as bigint), down);
}

/** `5/3`, or `5` for a whole number. */
export const fractionText = ({ numerator, denominator }: Fraction): string =>
  denominator === 1n ? `${numerator}` : `${numerator}/${denominator}`;

/** The nearest double, for readers that don't need it exact. */
export const doubleOf = ({ numerator, denominator }: Fraction): number =>
  ratioOf(numerator, denominator) as number;

export const plus = (a: Fraction, b: Fraction): Fraction =>
  fraction(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
export const minus = (a: Fraction, b: Fraction): Fraction => plus(a, { ...b, numerator: -b.numerator });
export const times = (a: Fraction, b: Fraction): Fraction =>
  fraction(a.numerator * b.numerator, a.denominator * b.denominator);
/** Throws a RangeError where `b` is zero. */
export const over = (a: Fraction, b: Fraction): Fraction =>
  fraction(a.numerator * b.denominator, a.denominator * b.numerator);
/** How far apart two are, never negative. */
export function fractionDistance(a: Fraction, b: Fraction): Fraction {
  const { numerator, denominator } = minus(a, b);
  return { numerator: magnitude(numerator), denominator };
}
export const total = (values: readonly Fraction[]): Fraction => values.reduce(plus, ZERO);

/** Negative, zero or positive, as a sort wants it. */
export function compareFractions(a: Fraction, b: Fraction): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
