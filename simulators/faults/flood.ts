import type { EpochMs } from '../../domain/time.ts';
import type { PlantEvent } from '../event.ts';
import type { Outgoing } from '../outgoing.ts';
import { Heap } from '../plant/merge.ts';
import { GAUGE_INTERVAL_MS } from '../plant/spec.ts';
import { type Random, randomOf } from '../random.ts';
import type { FaultKind } from './fault.ts';
import { type Stretches, stretchesFrom } from './stretches.ts';

const TIMES = 100;

interface Machine {
  readonly random: Random;
  readonly stretches: Stretches;
  said: Outgoing<PlantEvent>;
  gauges: NonNullable<PlantEvent['gauges']>;
  /** Between two of its messages, on the average of late. */
  usualMs: number;
}

export const flood: FaultKind = {
  id: 'flood',
  does: `for about the duration each time, a machine says ${TIMES} times as much: its gauges at every flicker`,
  shareOf: "each machine's time",
  counts: 'messages more',
  withinMs: 60_000,
  accounts: 'states and pieces stay the same, and every message is in the books',
  *befall(outgoing, fault, { seed, befell }) {
    const machines = new Map<string, Machine>();
    const waiting = new Heap<{ due: EpochMs; machine: Machine; after: PlantEvent }>((a, b) => a.due - b.due);
    for (const told of outgoing) {
      for (let head = waiting.first; head && head.due < told.due; head = waiting.first) {
        waiting.pop();
        const { machine, due, after } = head;
        // The machine has said something since.
        if (machine.said.event !== after || due >= machine.stretches.to) continue;
        yield flicker(machine, due);
        befell('flood');
        waiting.push({ due: due + gapOf(machine), machine, after });
      }
      yield told;
      const { event, due } = told;
      if (event.kind !== 'report') continue;
      const machine = known(machines, { event, due }, seed, fault);
      if (due > machine.said.due) machine.usualMs += (due - machine.said.due - machine.usualMs) / 8;
      machine.said = { event, due };
      machine.gauges = event.gauges ?? machine.gauges;
      machine.stretches.reach(due);
      if (due >= machine.stretches.from && machine.gauges.length > 0) {
        waiting.push({ due: due + gapOf(machine), machine, after: event });
      }
    }
  },
};

function known(
  machines: Map<string, Machine>,
  said: Outgoing<PlantEvent>,
  seed: string,
  fault: Parameters<FaultKind['befall']>[1],
): Machine {
  let machine = machines.get(said.event.machine);
  if (!machine) {
    const random = randomOf(seed, said.event.machine, 'flood');
    machine = {
      random,
      stretches: stretchesFrom(said.due, fault, random),
      said,
      gauges: [],
      usualMs: GAUGE_INTERVAL_MS,
    };
    machines.set(said.event.machine, machine);
  }
  return machine;
}

const gapOf = ({ usualMs }: Machine): number => Math.max(1, Math.round(usualMs / TIMES));

/** The same once more, with gauges that tremble. */
function flicker({ said, gauges, random }: Machine, due: EpochMs): Outgoing<PlantEvent> {
  const trembling = gauges.map(
    ([name, value]) => [name, Math.round((value + random() - 0.5) * 100) / 100] as const,
  );
  return { event: { ...said.event, ts: due, gauges: trembling }, due };
}
