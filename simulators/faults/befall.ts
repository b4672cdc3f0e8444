import type { Outgoing } from '../outgoing.ts';
import type { FaultContext, FaultKind } from './fault.ts';

/** Lets the faults of the plan befall what is said, one after another. */
export const befall = (
  outgoing: Iterable<Outgoing>,
  kinds: readonly FaultKind[],
  context: FaultContext,
): Iterable<Outgoing> =>
  kinds.reduce((stream, kind) => {
    const fault = context.plan[kind.id];
    return fault && fault.share > 0 ? kind.befall(stream, fault, context) : stream;
  }, outgoing);
