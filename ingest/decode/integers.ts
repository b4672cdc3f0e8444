const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;

/** Whether every store holds it exactly. */
export const fitsInt64 = (value: bigint): boolean => value >= INT64_MIN && value <= INT64_MAX;

/**
 * The integer that digits write, to the last of them: a number where that holds it, else a BigInt. One that neither fits 64
 * bits nor a number comes as a BigInt too, so that whoever takes it refuses it, or rounds it where a rule says so.
 */
export function exactInteger(digits: string): number | bigint {
  const value = Number(digits);
  if (Number.isSafeInteger(value)) return value;
  const exact = BigInt(digits);
  if (fitsInt64(exact)) return exact;
  return !Number.isFinite(value) || BigInt(value) === exact ? value : exact;
}
