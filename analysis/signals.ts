import type { SignalKind } from '../domain/observation.ts';
import type { Machine } from '../domain/plant.ts';
import { stateSignalsOf } from '../domain/signals.ts';
import { type ValueRule, valueRuleAt } from '../domain/values/rule.ts';
import type { LatestValue, Store } from '../store/port.ts';
import type { MachineDetail, SignalsAnswer } from './answers.ts';
import { type Analysis, QuestionRefused } from './port.ts';

/** The newest value of each of a machine's signals, its unit where one is declared or told, and what the signal is for. */
export const signalsOfMachine = (
  machine: Machine,
  latest: readonly LatestValue[],
  rules: readonly ValueRule[] | undefined,
  unitOf: (machine: string, signal: string) => string | null = () => null,
): MachineDetail['signals'] =>
  latest.map(({ signal, type, value, ts }) => {
    const rule = valueRuleAt(rules, machine.path, signal);
    return {
      name: signal,
      unit: rule?.unit ?? unitOf(machine.path, signal),
      kind: rule?.kind ?? kindOf(machine, signal, type),
      value,
      ts,
    };
  });

function kindOf(machine: Machine, signal: string, type: LatestValue['type']): SignalKind {
  const derivedFrom = machine.derive ? machine.stateSignal : undefined;
  if (signal !== derivedFrom && stateSignalsOf(machine).includes(signal)) return 'state';
  if (signal === 'count' || signal === 'reject' || Object.hasOwn(machine.counters, signal)) return 'counter';
  return type === 'text' ? 'text' : 'gauge';
}

/** A signal's observations. Refused `signal-not-found` where the machine never reported it. */
export async function pointsOf(
  store: Pick<Store, 'points' | 'latest'>,
  question: Parameters<Analysis['signals']>[0],
): Promise<Pick<SignalsAnswer, 'points'>> {
  const points = await store.points(question);
  if (points.length > 0) return { points };
  await refuseUnknown(store, question);
  return { points };
}

/** Refused `signal-not-found` where the machine never reported the signal. */
export async function refuseUnknown(
  store: Pick<Store, 'latest'>,
  { machine, signal }: { readonly machine: string; readonly signal: string },
): Promise<void> {
  const known = (await store.latest(machine)).map(({ signal }) => signal);
  if (known.includes(signal)) return;
  const which = known.length > 0 ? `it reports ${known.join(', ')}` : 'it never reported any signal';
  throw new QuestionRefused(
    'signal-not-found',
    'signal',
    `machine "${machine}" has no signal "${signal}"; ${which}`,
  );
}
