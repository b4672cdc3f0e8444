import type { SignalType, SignalValue } from '../../domain/observation.ts';

export interface Coercion {
  readonly id: string;
  readonly from: SignalType;
  readonly to: SignalType;
  readonly why: string;
  /** `undefined`: this value can't be had exactly in the other type. */
  coerce(value: SignalValue): SignalValue | undefined;
}

/** Every drift of type that is forgiven: only what loses nothing. All else is refused `type-drift`. */
export const COERCIONS: readonly Coercion[] = [
  {
    id: 'number-to-int64',
    from: 'double',
    to: 'int64',
    why: 'A counter pinned by a value beyond 2^53 also sends small values, which JSON makes doubles.',
    coerce: (value) => (Number.isSafeInteger(value) ? BigInt(value as number) : undefined),
  },
  {
    id: 'int64-to-number',
    from: 'int64',
    to: 'double',
    why: 'A signal pinned by a small value grows beyond 2^53; multiples of a power of two stay exact.',
    coerce: (value) => (BigInt(Number(value)) === value ? Number(value) : undefined),
  },
];
