const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;

/** Whether every store holds it exactly. */
export const fitsInt64 = (value: bigint): boolean => value >= INT64_MIN && value <= INT64_MAX;

/**
 * The integer that digits write, to the last of them: a number where that holds it, else a BigInt. One that neither fits 64
 * bits nor a number comes as a BigInt too, so that whoever takes it refuses it, or rounds it where a rule says so. Digits that
 * are how a number is written, as JavaScript and Go write 2^64, mean that number, though its exact value has other last digits.
 */
export function exactInteger(digits: string): number | bigint {
  const value = Number(digits);
  if (Number.isSafeInteger(value)) return value;
  const exact = BigInt(digits);
  if (fitsInt64(exact)) return exact;
  if (!Number.isFinite(value) || String(value) === digits) return value;
  return BigInt(value) === exact ? value : exact;
}
