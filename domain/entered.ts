import type { CycleVersion } from './orders/cycles.ts';

/**
 * What people and other systems entered about a machine, beside what it reported itself. Never overwritten: every entry
 * holds from an instant on. What isn't there was never entered.
 */
export interface Entered {
  /** Ideal cycles, beside those configured; of two for one scope, product and instant the later counts. */
  readonly cycles?: readonly CycleVersion[];
}
