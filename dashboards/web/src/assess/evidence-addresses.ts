import type { Span } from '../../../../domain/time.ts';
import { machineAddress } from '../route.ts';

/** What was heard of a machine in a stretch of time: the end of every chain of evidence. */
export function rawAddress(path: string, { from, to }: Span, signal?: string): string {
  const span = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
  const parameters = new URLSearchParams({ ...span, ...(signal ? { signal } : {}) });
  return `${machineAddress(path)}/observations?${parameters}`;
}
