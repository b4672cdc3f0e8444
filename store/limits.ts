import { type Reading, type SignalValue, typeOf } from '../domain/observation.ts';

const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;

/** Why no store can hold a value exactly, or `undefined`. Ingest refuses most of these earlier; a store never guesses. */
export function valueFault(value: SignalValue): string | undefined {
  switch (typeOf(value)) {
    case 'double':
      return Number.isFinite(value) ? undefined : `${value} is no finite number`;
    case 'int64':
      return (value as bigint) >= INT64_MIN && (value as bigint) <= INT64_MAX
        ? undefined
        : `${value} does not fit a 64-bit integer`;
    case 'text':
      return (value as string).isWellFormed() ? undefined : 'the text has half of a surrogate pair';
    default:
      return undefined;
  }
}

/** Why no store can hold a whole reading, or `undefined`. */
export function readingFault({ ts }: Reading): string | undefined {
  return Number.isSafeInteger(ts) ? undefined : `the source time ${ts} is no integer number of milliseconds`;
}
