import type { MachineFacts } from '../domain/facts.ts';
import { carriedInto, seriesOf, stateSignalsOf } from '../domain/signals.ts';
import type { EpochMs, Span } from '../domain/time.ts';
import type { Store } from '../store/port.ts';
import { earlierForReasons, type FactsRead } from './earlier-facts.ts';
import type { Member } from './members.ts';

/** The signals that a machine's states and reasons are made of. */
export const timelineSignalsOf = ({ machine }: Member): readonly string[] => [
  ...new Set([...stateSignalsOf(machine), 'reason']),
];

/** The facts that several machines' timelines are made of, in the order asked. */
export async function* stateFacts(
  store: Pick<Store, 'facts'>,
  members: readonly Member[],
  span: Span,
): AsyncGenerator<readonly [Member, MachineFacts]> {
  const machines = members.map((member) => ({
    path: member.machine.path,
    signals: timelineSignalsOf(member),
    silenceMs: member.machine.maxSilenceMs,
  }));
  let next = 0;
  for await (const facts of store.facts({ from: span.from, to: span.to, machines })) {
    yield [members[next++] as Member, facts];
  }
}

/**
 * From when on facts must be read again, since those read from `from` don't tell states and reasons where they are
 * `needed`; `undefined`: they do. What was read again from where a reason was given need only be asked for its states.
 */
export function earlierFacts(read: FactsRead, again: boolean): EpochMs | undefined {
  if (read.machine.derive) return earlierForReasons(read);
  return again ? undefined : doubtfulReason(read);
}

/**
 * When the reason that was carried into the facts was given, where the facts don't show whether it still holds: a
 * machine that repeats its state word leaves a carry-in younger than the reason. `undefined`: they do show.
 */
function doubtfulReason({ machine, facts, from }: FactsRead): EpochMs | undefined {
  const given = carriedInto(seriesOf(facts, 'reason'), from);
  const said = carriedInto(seriesOf(facts, machine.stateSignal), from);
  if (!given || !said || given.value === '' || given.ts >= said.ts) return undefined;
  return given.ts;
}
