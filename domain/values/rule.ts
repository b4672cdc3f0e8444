import type { SignalKind } from '../observation.ts';
import { type MachinePath, matchesScope } from '../path.ts';
import type { CounterRule } from '../plant.ts';
import type { DurationMs } from '../time.ts';

/** What becomes of a value that can't be right: refused into quarantine, or stored and listed. */
export type Action = 'refuse' | 'flag';

/** A change that counts as none: an amount, or a share of the last value kept. */
export type DeadBand = { readonly amount: number } | { readonly share: number };

/** What is known of a signal, and what its values must keep to. */
export interface ValueRule {
  /** Whole levels of a machine path, `*` for any one. */
  readonly scope: string;
  readonly signal: string;
  readonly unit?: string;
  readonly kind?: SignalKind;
  readonly min?: number;
  readonly max?: number;
  readonly outOfRange: Action;
  /** Faster than this, up or down, is an implausible jump. */
  readonly maxStepPerSecond?: number;
  readonly onJump: Action;
  readonly deadBand?: DeadBand;
  /** A value that comes sooner after the last one kept is left out. */
  readonly minIntervalMs?: DurationMs;
  /** Of `count` and `reject`: how the counter behaves, where nothing is said of a machine's own. */
  readonly counter?: CounterRule;
}

/** The rule of a machine's signal: of those that fit, the one with the longest scope; of equally long ones, the first. */
export function valueRuleAt(
  rules: readonly ValueRule[] | undefined,
  machine: MachinePath,
  signal: string,
): ValueRule | undefined {
  let found: ValueRule | undefined;
  for (const rule of rules ?? []) {
    if (rule.signal !== signal || !matchesScope(machine, rule.scope)) continue;
    if (found === undefined || levelsOf(rule.scope) > levelsOf(found.scope)) found = rule;
  }
  return found;
}

const levelsOf = (scope: string): number => scope.split('/').length;

/** Whether a rule can leave values out. */
export const thins = ({ deadBand, minIntervalMs }: ValueRule): boolean =>
  deadBand !== undefined || minIntervalMs !== undefined;
