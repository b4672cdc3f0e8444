import { randomOf } from '../random.ts';
import type { Fault, FaultName } from './fault.ts';

/** The machines of a share of them that a fault befalls: at least one where the share isn't 0. */
export function chosen(
  machines: readonly string[],
  { share }: Fault,
  { fault, seed }: { readonly fault: FaultName; readonly seed: string },
): ReadonlySet<string> {
  if (share === 0) return new Set();
  const drawn = machines
    .map((path) => ({ path, draw: randomOf(seed, path, fault, 'chosen')() }))
    .sort((a, b) => a.draw - b.draw);
  return new Set(drawn.slice(0, Math.max(1, Math.round(machines.length * share))).map(({ path }) => path));
}
