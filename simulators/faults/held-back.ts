import type { EpochMs } from '../../domain/time.ts';
import type { Outgoing } from '../outgoing.ts';
import { Heap } from '../plant/merge.ts';
import { type Random, randomOf } from '../random.ts';
import type { Fault, FaultName } from './fault.ts';

/**
 * Holds some of what is said back within the fault's duration, or a copy of it. What is held back is given in the end, so
 * that nothing is lost here. Each machine and fault draws for itself, so that one fault's share leaves the others as they are.
 */
export function* heldBack(
  outgoing: Iterable<Outgoing>,
  fault: Fault,
  options: {
    readonly name: FaultName;
    readonly seed: string;
    /** The message itself, or a second one. */
    readonly what: 'message' | 'copy';
    befell(): void;
  },
): Generator<Outgoing, void> {
  const { name, seed, what, befell } = options;
  const held = new Heap<{ told: Outgoing; order: number }>(
    (a, b) => a.told.due - b.told.due || a.order - b.order,
  );
  const release = function* (until: EpochMs): Generator<Outgoing, void> {
    while (held.first && held.first.told.due <= until) yield held.pop()?.told as Outgoing;
  };
  const randoms = new Map<string, Random>();
  let order = 0;
  for (const told of outgoing) {
    yield* release(told.due);
    const { machine, kind } = told.event;
    let random = randoms.get(machine);
    if (!random) {
      random = randomOf(seed, machine, name);
      randoms.set(machine, random);
    }
    const hit = random();
    const lateMs = 1 + Math.floor(random() * fault.withinMs);
    // A last will comes from the broker itself, at once.
    const befalls = hit < fault.share && kind === 'report';
    if (befalls) befell();
    if (!befalls || what === 'copy') yield told;
    if (!befalls) continue;
    const later = { ...told, due: told.due + lateMs };
    held.push({ told: what === 'copy' ? { ...later, copy: true } : later, order: order++ });
  }
  yield* release(Number.POSITIVE_INFINITY);
}
