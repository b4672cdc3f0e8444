import { ratioOf } from '../../ratio.ts';
import type { Measured, MeasuredPart } from '../measure.ts';
import type { MeasureFlag } from '../measure-flags.ts';
import type { PartReason } from '../part-reasons.ts';

/** Whether one thing counts: yes, no for a reason, or not known. */
export interface Verdict {
  readonly counts: boolean | null;
  readonly because: PartReason | null;
  /** A share that the verdict rests on, where there is one. */
  readonly value?: number | null;
}

export const COUNTS: Verdict = { counts: true, because: null };
export const isNot = (because: PartReason): Verdict => ({ counts: false, because });

/** A thing that is counted, with its verdict. */
export interface Counted extends Verdict {
  readonly id: string;
  readonly machine: MeasuredPart['machine'];
}

/**
 * How many count, of those about which it is known; what isn't known gives the bounds, as unknown time does in a KPI:
 * none of it counts, or all. `empty` is the flag where there is nothing to count.
 */
export function counted(things: readonly Counted[], empty: MeasureFlag): Measured {
  const yes = things.filter(({ counts }) => counts === true).length;
  const unknown = things.filter(({ counts }) => counts === null).length;
  const all = things.length;
  const share = (top: number, bottom: number) => ratioOf(BigInt(top), BigInt(bottom));
  return {
    value: share(yes, all - unknown),
    low: share(yes, all),
    high: share(yes + unknown, all),
    numerator: BigInt(yes),
    denominator: BigInt(all - unknown),
    coverage: share(all - unknown, all),
    notAssessable: false,
    flags: all === 0 ? [empty] : openQuestions(things),
    proof: null,
    parts: things.map(partOf).sort(worstFirst),
  };
}

/** What keeps things from being known, as flags of the whole. */
const openQuestions = (things: readonly Counted[]): MeasureFlag[] =>
  (['no-scheduled-days', 'not-registered'] as const).filter((reason) =>
    things.some(({ counts, because }) => counts === null && because === reason),
  );

const partOf = ({ id, machine, counts, because, value = null }: Counted): MeasuredPart => ({
  id,
  machine,
  value,
  counts,
  because,
});

const RANK = new Map<boolean | null, number>([
  [false, 0],
  [null, 1],
  [true, 2],
]);

/** What doesn't count, then what isn't known; the smallest share first, without one before all. */
function worstFirst(a: MeasuredPart, b: MeasuredPart): number {
  const byVerdict = (RANK.get(a.counts) as number) - (RANK.get(b.counts) as number);
  return byVerdict || (a.value ?? -1) - (b.value ?? -1) || (a.id < b.id ? -1 : 1);
}
