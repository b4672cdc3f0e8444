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
      {value === null ? null : <i class="tick-value" style={{ left: `${at(value)}%` }} />}
    </span>
  );
}

/** A declared value (a diamond) beside what was measured (a dot) and its bounds, on one scale from 0. */
export function DeclaredBar({
  declared,
  value,
  low,
  high,
  label,
}: {
  readonly declared: number;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly label: string;
}) {
  const most = Math.max(declared, value ?? 0, high ?? 0, 1e-9);
  const at = (amount: number): number => (Math.max(0, amount) / most) * 94 + 3;
  return (
    <span class="bounded scale" role="img" aria-label={label}>
      {low !== null && high !== null && high > low ? (
        <i class="open" style={{ left: `${at(low)}%`, width: `${at(high) - at(low)}%` }} />
      ) : null}
      {value === null ? null : <i class="dot" style={{ left: `${at(value)}%` }} />}
      <i class="diamond" style={{ left: `${at(declared)}%` }} />
    </span>
  );
}
