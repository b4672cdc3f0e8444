import type { LastWill, SimulatedEvent } from '../event.ts';
import type { Outgoing } from '../outgoing.ts';
import { type Random, randomOf } from '../random.ts';
import type { Fault, FaultKind } from './fault.ts';
import { type Stretches, stretchesFrom } from './stretches.ts';

export const loss: FaultKind = {
  id: 'loss',
  does: 'connections fail for about the duration each: the messages of that time are not published, and the broker publishes the last will (state unknown, reason offline; a DDEATH). With :0s single messages vanish and nothing says so',
  shareOf: "each machine's time",
  counts: 'messages lost',
  withinMs: 600_000,
  leastMs: 0,
  accounts:
    'the platform equals the truth of what was published; what really happened lies within its bounds (not with :0s)',
  *befall(outgoing, fault, { seed, befell }) {
    yield* lossy(outgoing, fault, seed, () => befell('loss'));
  },
};

/**
 * What is published of what happens. A machine's connection fails in stretches that take the given share of its time;
 * the first message lost is replaced by the last will at the same instant, so that the unknown time is what is missing.
 */
export function* withLoss<T extends SimulatedEvent>(
  events: Iterable<T>,
  fault: Fault | undefined,
  seed: string,
): Generator<T | LastWill, void> {
  if (!fault || fault.share === 0) {
    yield* events;
    return;
  }
  const due = function* (): Generator<Outgoing> {
    for (const event of events) yield { event, due: event.ts };
  };
  for (const { event } of lossy(due(), fault, seed, () => {})) yield event as T | LastWill;
}

function* lossy(
  outgoing: Iterable<Outgoing>,
  fault: Fault,
  seed: string,
  befell: () => void,
): Generator<Outgoing, void> {
  if (fault.withinMs === 0) {
    yield* withoutSingles(outgoing, fault.share, seed, befell);
    return;
  }
  const outages = new Map<string, { readonly stretches: Stretches; willed: boolean }>();
  for (const told of outgoing) {
    const { event, due } = told;
    let outage = outages.get(event.machine);
    if (!outage) {
      const random = randomOf(seed, event.machine, 'loss');
      outage = { stretches: stretchesFrom(due, fault, random), willed: false };
      outages.set(event.machine, outage);
    }
    if (outage.stretches.reach(due)) outage.willed = false;
    if (due < outage.stretches.from) {
      yield told;
      continue;
    }
    befell();
    if (outage.willed) continue;
    outage.willed = true;
    const { machine, index, ts } = event;
    yield { event: { kind: 'last-will', machine, index, ts } satisfies LastWill, due };
  }
}

function* withoutSingles(
  outgoing: Iterable<Outgoing>,
  share: number,
  seed: string,
  befell: () => void,
): Generator<Outgoing, void> {
  const randoms = new Map<string, Random>();
  for (const told of outgoing) {
    const { machine } = told.event;
    let random = randoms.get(machine);
    if (!random) {
      random = randomOf(seed, machine, 'loss');
      randoms.set(machine, random);
    }
    if (random() >= share) yield told;
    else befell();
  }
}
