import type { EpochMs } from './time.ts';

/** What a signal can carry. Int64 is a BigInt so that it stays exact. */
export type SignalValue = number | bigint | boolean | string;

/** The type that a signal's first value pins. */
export type SignalType = 'double' | 'int64' | 'boolean' | 'text';

/** What a signal is for: `state` holds until the next one, `counter` accumulates, `gauge` is sampled, `text` is a label. */
export type SignalKind = 'state' | 'counter' | 'gauge' | 'text';

/** Keys that every default topic reserves; `ts` is not a signal. */
export const RESERVED_SIGNALS = ['state', 'reason', 'count', 'reject', 'order', 'product'] as const;

/**
 * One machine at one instant of its own clock: the wide row that travels from a decoder to the store.
 * `signals[i]` has the value `values[i]`; a signal appears at most once.
 */
export interface Reading {
  readonly machine: string;
  /** Where to look first for what is kept of the machine, see `byMachineNumber`; absent: nobody numbered it. */
  readonly machineNumber?: number;
  /** Source time. */
  readonly ts: EpochMs;
  readonly signals: readonly string[];
  readonly values: readonly SignalValue[];
}

/** The type that a value is stored under. */
export function typeOf(value: SignalValue): SignalType {
  switch (typeof value) {
    case 'bigint':
      return 'int64';
    case 'boolean':
      return 'boolean';
    case 'string':
      return 'text';
    default:
      return 'double';
  }
}
