import { type Random, randomOf } from '../random.ts';
import type { FaultKind } from './fault.ts';

export const garbage: FaultKind = {
  id: 'garbage',
  does: "after the message comes something on the machine's topic that nobody can read: bytes, half a message, wrong UTF-8, nothing at all",
  shareOf: 'messages',
  counts: 'messages of garbage',
  withinMs: null,
  accounts: 'exactly these messages are refused, and nothing else',
  *befall(outgoing, fault, { seed, befell }) {
    const randoms = new Map<string, Random>();
    for (const told of outgoing) {
      yield told;
      const { machine, index, ts, kind } = told.event;
      let random = randoms.get(machine);
      if (!random) {
        random = randomOf(seed, machine, 'garbage');
        randoms.set(machine, random);
      }
      const hit = random();
      const draw = random();
      if (hit >= fault.share || kind !== 'report') continue;
      befell('garbage');
      yield { event: { kind: 'garbage', machine, index, ts, draw }, due: told.due };
    }
  },
};
