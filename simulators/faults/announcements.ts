import { type Random, randomOf } from '../random.ts';
import type { FaultKind } from './fault.ts';

export const announcements: FaultKind = {
  id: 'announcements',
  does: 'a storm of births: before the message, what connects the machine says again who it is, unasked (Sparkplug: NBIRTH and DBIRTHs). Where a language has no births, nothing happens',
  shareOf: 'messages',
  counts: 'births unasked',
  withinMs: null,
  accounts: 'nothing changes: what a birth repeats is a duplicate',
  *befall(outgoing, fault, { seed, befell }) {
    const randoms = new Map<string, Random>();
    for (const told of outgoing) {
      const { machine, index, ts, kind } = told.event;
      let random = randoms.get(machine);
      if (!random) {
        random = randomOf(seed, machine, 'announcements');
        randoms.set(machine, random);
      }
      if (random() < fault.share && kind === 'report') {
        befell('announcements');
        yield { event: { kind: 'announcement', machine, index, ts }, due: told.due };
      }
      yield told;
    }
  },
};
