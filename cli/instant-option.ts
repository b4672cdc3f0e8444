import { instant } from '../api/http/times.ts';
import type { EpochMs } from '../domain/time.ts';
import { type Invocation, text, UsageError } from './command.ts';

/** An option that is an instant; `undefined`: it isn't given. Throws {@link UsageError}. */
export function instantOf(invocation: Invocation, name: string): EpochMs | undefined {
  const given = text(invocation, name);
  if (given === undefined) return undefined;
  const read = instant(name).safeParse(given);
  if (read.success) return read.data;
  const reason = read.error.issues.map(({ message }) => message).join('; ');
  throw new UsageError(`--${name}: ${reason}; write ISO 8601 with offset, e.g. 2026-01-01T00:00:00+08:00`);
}
