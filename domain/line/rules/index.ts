import type { LineRule } from '../rule.ts';
import { allStopped } from './all-stopped.ts';
import { bottleneck } from './bottleneck.ts';
import { firstStop } from './first-stop.ts';

/** Every rule of line stops, the default first. */
export const lineRules: readonly LineRule[] = [firstStop, bottleneck, allStopped];

/** The rule of an id, or `undefined`. */
export const lineRuleOf = (id: string): LineRule | undefined => lineRules.find((rule) => rule.id === id);
