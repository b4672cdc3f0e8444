import { type LedgerFlag, type RunningUs, zeroSums } from '../domain/ledger-row.ts';
import type { RecordedCell } from '../store/port.ts';
import type { ServedVersion } from './served.ts';

/** What a cell is kept as: what is zero is left out, of the sums that it has. Its place and revision are told beside it. */
export type Kept = Pick<RecordedCell, 'to' | 'digest' | 'day' | 'shift'> & {
  readonly flags?: readonly LedgerFlag[];
  readonly runningUs?: Record<keyof RunningUs, string> | null;
  readonly failures?: number;
} & { readonly [sums in (typeof SUMS)[number]]?: Readonly<Record<string, number | null>> | null };

const SUMS = ['ms', 'counts', 'quality', 'orders', 'energyWh'] as const;

/** A cell as text, by which it is read back to the last integer. */
export function keptText(
  cell: Omit<RecordedCell, 'machine' | 'grain' | 'from' | 'revision' | 'kpis'>,
): string {
  const { to, digest, day, shift, flags, failures, runningUs } = cell;
  const us = runningUs && Object.fromEntries(Object.entries(runningUs).map(([part, us]) => [part, `${us}`]));
  return JSON.stringify({
    ...{ to, digest, day, shift, runningUs: us },
    ...(flags.length > 0 && { flags }),
    ...(failures > 0 && { failures }),
    ...Object.fromEntries(SUMS.map((name) => [name, withoutZeros(cell[name])])),
  });
}

const withoutZeros = (sums: object | null): object | null =>
  sums && Object.fromEntries(Object.entries(sums).filter(([, value]) => value !== 0));

/** The cell of a version that was answered; `undefined`: a former version of the program kept no contents. */
export function keptCell(
  place: Pick<RecordedCell, 'machine' | 'grain' | 'from'>,
  { kept, revision }: ServedVersion,
): RecordedCell | undefined {
  return kept === null ? undefined : cellOf(place, JSON.parse(kept) as Kept, revision);
}

/** The cell that a {@link keptText} says. */
export function cellOf(
  place: Pick<RecordedCell, 'machine' | 'grain' | 'from'>,
  { runningUs = null, flags = [], ...rest }: Kept,
  revision: number,
): RecordedCell {
  const zero = zeroSums();
  const { ms, counts, quality, orders, energyWh } = rest;
  return {
    ...place,
    ...{ failures: 0, ...rest, revision, flags },
    ms: { ...zero.ms, ...ms },
    runningUs: runningUs && {
      productive: BigInt(runningUs.productive),
      rejectLoss: BigInt(runningUs.rejectLoss),
      speedLoss: BigInt(runningUs.speedLoss),
    },
    counts: { ...zero.counts, ...counts },
    quality: { ...zero.quality, ...quality },
    orders: { ...zero.orders, ...orders },
    energyWh: energyWh ? { planned: 0, outside: 0, duringUnknown: 0, ...energyWh } : null,
  };
}
