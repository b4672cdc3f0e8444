import { randomOf } from '../random.ts';
import type { FaultKind } from './fault.ts';
import { type Stretches, stretchesFrom } from './stretches.ts';

export const dropouts: FaultKind = {
  id: 'dropouts',
  does: 'a machine falls silent for about the duration each time, and nothing says so: no last will, no death',
  shareOf: "each machine's time",
  counts: 'messages not said',
  withinMs: 1_200_000,
  accounts:
    'the platform equals the truth of what was published: unknown from the longest silence allowed until the machine is heard again',
  *befall(outgoing, fault, { seed, befell }) {
    const silences = new Map<string, Stretches>();
    for (const told of outgoing) {
      const { machine } = told.event;
      let silence = silences.get(machine);
      if (!silence) {
        silence = stretchesFrom(told.due, fault, randomOf(seed, machine, 'dropouts'));
        silences.set(machine, silence);
      }
      silence.reach(told.due);
      if (told.due < silence.from) yield told;
      else befell('dropouts');
    }
  },
};
