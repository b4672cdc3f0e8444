import type { WaitingRule } from '../waiting-rule.ts';
import { asReported } from './as-reported.ts';
import { idleByNeighbours } from './idle-by-neighbours.ts';

/** Every rule of waiting, the default first. */
export const waitingRules: readonly WaitingRule[] = [asReported, idleByNeighbours];

/** The rule of an id, or `undefined`. */
export const waitingRuleOf = (id: string): WaitingRule | undefined =>
  waitingRules.find((rule) => rule.id === id);
