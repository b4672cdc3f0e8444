import type { MachineFacts } from '../facts.ts';
import type { EpochMs } from '../time.ts';
import type { WorkedOn } from './worked-on.ts';

/** Signals by which a machine, or whoever speaks for it, tells of its active order: how many pieces, and rejects, are planned. */
export const ORDER_SIGNALS = ['orderQuantity', 'orderScrap'] as const;

/** A planned number as it was told. */
export interface Told {
  readonly order: string;
  readonly signal: (typeof ORDER_SIGNALS)[number];
  readonly ts: EpochMs;
  readonly value: number;
}

/**
 * What was told of the orders that a machine worked on: the last value while each was active. What was told before an
 * order began is another's. What is no whole number from 0 on tells nothing.
 */
export function toldIn(facts: MachineFacts, work: readonly WorkedOn[]): readonly Told[] {
  return ORDER_SIGNALS.flatMap((signal) => {
    const { ts = [], values = [] } = facts.series.find((one) => one.signal === signal) ?? {};
    return work.flatMap(({ order, from, to }): readonly Told[] => {
      if (order === null) return [];
      const last = ts.findLastIndex((instant) => instant >= from && instant < to);
      const value = last < 0 ? Number.NaN : Number(values[last]);
      return Number.isSafeInteger(value) && value >= 0
        ? [{ order, signal, ts: ts[last] as EpochMs, value }]
        : [];
    });
  });
}
