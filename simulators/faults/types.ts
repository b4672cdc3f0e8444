import type { EpochMs } from '../../domain/time.ts';
import { type Random, randomOf } from '../random.ts';
import type { FaultKind } from './fault.ts';

export const types: FaultKind = {
  id: 'types',
  does: 'a gauge comes as text instead of a number, once its type is known',
  shareOf: 'messages',
  counts: 'values of another type',
  withinMs: null,
  accounts: 'exactly these values are refused (type-drift), and the rest of their messages is stored',
  *befall(outgoing, fault, { seed, plan, befell }) {
    // What is late may overtake nothing that pins its type.
    const lateMs = (plan.reorder?.withinMs ?? 0) + (plan.delay?.withinMs ?? 0);
    const machines = new Map<string, { readonly random: Random; readonly pinned: Map<string, EpochMs> }>();
    for (const told of outgoing) {
      const { event, due } = told;
      if (event.kind !== 'report' || event.gauges === null || event.gauges.length === 0) {
        yield told;
        continue;
      }
      let machine = machines.get(event.machine);
      if (!machine) {
        machine = { random: randomOf(seed, event.machine, 'types'), pinned: new Map() };
        machines.set(event.machine, machine);
      }
      const { random, pinned } = machine;
      const hit = random();
      const [name] = event.gauges[Math.floor(random() * event.gauges.length)] as readonly [string, number];
      const drifted = hit < fault.share && due > (pinned.get(name) ?? Number.POSITIVE_INFINITY) + lateMs;
      for (const [gauge] of event.gauges) if (!pinned.has(gauge)) pinned.set(gauge, due);
      if (drifted) befell('types');
      yield drifted ? { ...told, drifted: name } : told;
    }
  },
};
