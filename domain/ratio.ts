const EXACT = 2n ** 53n;

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);
const bitLength = (value: bigint): number => value.toString(2).length;

/**
 * The double nearest to `numerator / denominator`, ties to even: what one IEEE division gives where both are exact as
 * doubles, and the same care where they aren't. `null` for a zero denominator.
 */
export function ratioOf(numerator: bigint, denominator: bigint): number | null {
  if (denominator === 0n) return null;
  const top = magnitude(numerator);
  const bottom = magnitude(denominator);
  const sign = numerator < 0n !== denominator < 0n ? -1 : 1;
  if (top <= EXACT && bottom <= EXACT) return (sign * Number(top)) / Number(bottom);
  // A quotient of at least 64 bits, its last bit standing for everything cut off, rounds as the exact one would.
  const shift = bitLength(bottom) - bitLength(top) + 66;
  const scaledTop = shift > 0 ? top << BigInt(shift) : top;
  const scaledBottom = shift < 0 ? bottom << BigInt(-shift) : bottom;
  const quotient = scaledTop / scaledBottom;
  const sticky = scaledTop % scaledBottom === 0n ? 0n : 1n;
  return sign * Number(quotient | sticky) * 2 ** -shift;
}
