import type { EpochMs } from '../../domain/time.ts';
import type { SimulatedEvent } from '../event.ts';
import { Heap } from '../plant/merge.ts';
import { type Random, randomOf } from '../random.ts';
import type { FaultPlan } from './plan.ts';

/** An event, and the simulated instant at which it is published. */
export interface Outgoing {
  readonly event: SimulatedEvent;
  readonly due: EpochMs;
}

/** Duplicates, reorders and delays. What is held back is given in the end, so nothing is lost here. */
export function* shuffled(
  events: Iterable<SimulatedEvent>,
  plan: FaultPlan,
  seed: string,
): Generator<Outgoing, void> {
  const held = new Heap<Outgoing & { readonly order: number }>((a, b) => a.due - b.due || a.order - b.order);
  const randoms = new Map<string, Random>();
  let order = 0;
  for (const event of events) {
    while (held.first && held.first.due <= event.ts) yield held.pop() as Outgoing;
    let random = randoms.get(event.machine);
    if (!random) {
      random = randomOf(seed, event.machine, 'faults');
      randoms.set(event.machine, random);
    }
    // Always as many draws, so that one fault's share leaves the others where they are.
    const lateMs = Math.max(befalls(random, plan.reorder), befalls(random, plan.delay));
    const againMs = befalls(random, plan.duplicates);
    const due = event.ts + lateMs;
    if (lateMs === 0) yield { event, due };
    else held.push({ event, due, order: order++ });
    if (againMs > 0) held.push({ event, due: due + againMs, order: order++ });
  }
  while (held.first) yield held.pop() as Outgoing;
}

/** By how much, in ms, from 1; 0: not at all. */
function befalls(random: Random, fault: { share: number; withinMs: number } | undefined): number {
  const hit = random();
  const amount = random();
  return fault && hit < fault.share ? 1 + Math.floor(amount * fault.withinMs) : 0;
}
