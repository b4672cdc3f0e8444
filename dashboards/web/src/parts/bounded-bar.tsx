/** A share of 1: solid up to its value, hatched between its bounds; without a value, only the bounds. */
export function BoundedBar({
  low,
  value,
  high,
  label,
}: {
  readonly low: number;
  readonly value: number | null;
  readonly high: number;
  readonly label: string;
}) {
  const at = (share: number): number => Math.max(0, Math.min(1, share)) * 100;
  return (
    <span class="bounded" role="img" aria-label={label}>
      <i class="solid" style={{ width: `${at(value ?? low)}%` }} />
      {high > low ? (
        <i class="open" style={{ left: `${at(low)}%`, width: `${at(high) - at(low)}%` }} />
      ) : null}
      {value === null ? null : <i class="tick-value" style={{ left: `min(${at(value)}%, 100% - 2px)` }} />}
    </span>
  );
}

/** Where an amount lies, in per cent of the width; the marks at both ends keep inside. */
const placeOf = (amount: number, most: number): number => (Math.max(0, amount) / most) * 94 + 3;

/** A declared value (a diamond) beside what was measured (a dot) and its bounds, on one scale from 0. */
export function DeclaredBar({
  declared,
  value,
  low,
  high,
  most: end,
  label,
}: {
  readonly declared: number;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Where the scale ends, if nothing lies beyond; absent: at the largest. */
  readonly most?: number;
  readonly label: string;
}) {
  const most = Math.max(declared, value ?? 0, high ?? 0, end ?? 1e-9);
  const ends =
    value === null ? null : [placeOf(declared, most), placeOf(value, most)].toSorted((a, b) => a - b);
  const at = (amount: number): number => placeOf(amount, most);
  return (
    <span class="bounded scale" role="img" aria-label={label}>
      {low !== null && high !== null && high > low ? (
        <i class="open" style={{ left: `${at(low)}%`, width: `${at(high) - at(low)}%` }} />
      ) : null}
      {ends ? (
        <i class="apart" style={{ left: `${ends[0]}%`, width: `${(ends[1] ?? 0) - (ends[0] ?? 0)}%` }} />
      ) : null}
      {value === null ? null : <i class="dot" style={{ left: `${at(value)}%` }} />}
      <i class="diamond" style={{ left: `${at(declared)}%` }} />
    </span>
  );
}
