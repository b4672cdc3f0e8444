import { COUNTED_SIGNALS, type CounterRule, type Machine, type Plant } from '../domain/plant.ts';
import { stateSignalsOf } from '../domain/signals.ts';
import { type DeadBand, thins, type ValueRule } from '../domain/values/rule.ts';
import type { ConfigFile } from './schema.ts';
import type { ValueRuleEntry } from './value-schema.ts';
import type { FileProblem } from './yaml-source.ts';

interface Placed {
  readonly rule: ValueRule;
  /** Where it stands in the file. */
  readonly path: readonly PropertyKey[];
}

/** Every rule for values: machines' own ones first, so that they count before a scope of the same length. */
export function valueRulesOf({
  machines,
  signals,
}: Pick<ConfigFile, 'machines' | 'signals'>): readonly Placed[] {
  return [
    ...machines.flatMap((machine, index) =>
      Object.entries(machine.signals).map(([signal, entry]) => ({
        rule: ruleOf(machine.path, signal, entry),
        path: ['machines', index, 'signals', signal],
      })),
    ),
    ...signals.map(({ scope, signal, ...entry }, index) => ({
      rule: ruleOf(scope, signal, entry),
      path: ['signals', index],
    })),
  ];
}

function ruleOf(scope: string, signal: string, entry: ValueRuleEntry): ValueRule {
  const { deadBand, outOfRange, onJump, unit, kind, min, max, maxStepPerSecond, minIntervalMs, counter } =
    entry;
  return {
    ...{ scope, signal, outOfRange, onJump },
    ...(unit !== undefined && { unit }),
    ...(kind !== undefined && { kind }),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(maxStepPerSecond !== undefined && { maxStepPerSecond }),
    ...(deadBand !== undefined && { deadBand: deadBandOf(deadBand) }),
    ...(minIntervalMs !== undefined && { minIntervalMs }),
    ...(counter && { counter: withoutAbsent(counter) }),
  };
}

/** An absent key and an undefined one differ for the digest. */
const withoutAbsent = (
  rule: { readonly [K in keyof CounterRule]: CounterRule[K] | undefined },
): CounterRule => JSON.parse(JSON.stringify(rule)) as CounterRule;

const deadBandOf = (said: number | string): DeadBand =>
  typeof said === 'string' ? { share: Number.parseFloat(said) / 100 } : { amount: said };

/** Signals whose every value a ledger needs. */
const COUNTED: readonly string[] = [...COUNTED_SIGNALS, 'order', 'product', 'reason'];

/** Rules that contradict themselves, or leave out what a ledger needs. */
export function valueRuleProblems(rules: readonly Placed[], plant: Plant): FileProblem[] {
  const needed = new Set(COUNTED);
  const telling = [...plant.machines, ...(plant.states ?? []).map(({ state }) => asMachine(state))];
  for (const machine of telling) {
    for (const signal of stateSignalsOf(machine)) {
      if (machine.derive?.from !== 'level' || signal !== machine.stateSignal) needed.add(signal);
    }
  }
  return rules.flatMap(({ rule, path }) => {
    const { min, max, signal } = rule;
    const found: FileProblem[] = [];
    if (rule.counter && !(COUNTED_SIGNALS as readonly string[]).includes(signal)) {
      const message = `the ledger counts the pieces of ${COUNTED_SIGNALS.join(', ')}, not of "${signal}"; remove counter here`;
      found.push({ path: [...path, 'counter'], message });
    }
    if (min !== undefined && max !== undefined && min > max) {
      found.push({ path: [...path, 'min'], message: `min ${min} is above max ${max}; swap them` });
    }
    if (thins(rule) && needed.has(signal)) {
      const key = rule.deadBand === undefined ? 'minIntervalMs' : 'deadBand';
      const message = `the ledger needs every value of "${signal}"; remove ${key} here`;
      found.push({ path: [...path, key], message });
    }
    return found;
  });
}

const asMachine = (state: NonNullable<Plant['states']>[number]['state']): Machine =>
  ({ path: '', ...state }) as Machine;
