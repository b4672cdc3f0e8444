import { bisect } from '../bisect.ts';
import type { MachineFacts } from '../facts.ts';
import type { SignalValue } from '../observation.ts';
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

/** A planned number of pieces; `undefined`: the value is no whole number from 0 on, and tells nothing. */
export function plannedIn(value: SignalValue): number | undefined {
  const tellsNothing = typeof value === 'boolean' || (typeof value === 'string' && value.trim() === '');
  const planned = tellsNothing ? Number.NaN : Number(value);
  return Number.isSafeInteger(planned) && planned >= 0 ? planned : undefined;
}

/**
 * What was told of the orders that a machine worked on: the last planned number while each was active. What was told before
 * an order began is another's. What is no whole number from 0 on tells nothing, and takes nothing back.
 */
export function toldIn(facts: MachineFacts, work: readonly WorkedOn[]): readonly Told[] {
  return ORDER_SIGNALS.flatMap((signal) => {
    const { ts = [], values = [] } = facts.series.find((one) => one.signal === signal) ?? {};
    return work.flatMap(({ order, from, to }): readonly Told[] => {
      if (order === null) return [];
      for (let place = bisect(ts.length, (at) => to > (ts[at] as EpochMs)) - 1; place >= 0; place--) {
        const instant = ts[place] as EpochMs;
        if (instant < from) break;
        const value = plannedIn(values[place] as SignalValue);
        if (value !== undefined) return [{ order, signal, ts: instant, value }];
      }
      return [];
    });
  });
}

/** A planned number that was told again and again of one order on one UTC day: at `ts` first, at `until` last. */
export interface ToldRun extends Told {
  readonly until: EpochMs;
}

const DAY_MS = 86_400_000;

/** All that was told of the orders that a machine worked on; by signal, then time. */
export function toldRuns(facts: MachineFacts, work: readonly WorkedOn[]): readonly ToldRun[] {
  return ORDER_SIGNALS.flatMap((signal) => {
    const { ts = [], values = [] } = facts.series.find((one) => one.signal === signal) ?? {};
    return work.flatMap(({ order, from, to }): readonly ToldRun[] => {
      if (order === null) return [];
      const runs: { order: string; signal: Told['signal']; ts: EpochMs; until: EpochMs; value: number }[] =
        [];
      for (let place = bisect(ts.length, (at) => from > (ts[at] as EpochMs)); place < ts.length; place++) {
        const instant = ts[place] as EpochMs;
        if (instant >= to) break;
        const value = plannedIn(values[place] as SignalValue);
        if (value === undefined) continue;
        const last = runs.at(-1);
        const isSameDay = last && Math.floor(last.ts / DAY_MS) === Math.floor(instant / DAY_MS);
        if (isSameDay && last.value === value) last.until = instant;
        else runs.push({ order, signal, ts: instant, until: instant, value });
      }
      return runs;
    });
  });
}
