import { type Random, randomOf } from '../random.ts';
import type { FaultKind } from './fault.ts';
import { rollingOver } from './rollovers.ts';

interface Counter {
  readonly random: Random;
  /** What the machine's own counters had shown when they last began again. */
  base: { count: number; reject: number };
  own: { count: number; reject: number };
}

export const resets: FaultKind = {
  id: 'resets',
  does: 'counters begin again at zero in the middle of a lot, as after a power cut',
  shareOf: 'messages',
  counts: 'resets',
  withinMs: null,
  accounts:
    'no piece is lost: a lower value is a reset, and counts as it is; they come only where they can be told from growth',
  *befall(outgoing, fault, { seed, plant, plan, befell }) {
    const excepted = rollingOver(plant, plan.rollovers, seed);
    const counters = new Map<string, Counter>();
    for (const told of outgoing) {
      const { event } = told;
      if (event.kind !== 'report' || event.count === null || excepted.has(event.machine)) {
        yield told;
        continue;
      }
      const count = event.count;
      const reject = event.reject ?? 0;
      let counter = counters.get(event.machine);
      if (!counter) {
        const zero = { count: 0, reject: 0 };
        counter = { random: randomOf(seed, event.machine, 'resets'), base: zero, own: { count, reject } };
        counters.set(event.machine, counter);
      }
      const { own } = counter;
      // The machine's own reset, with a new lot: what it shows from there on is from zero.
      if (count < own.count || reject < own.reject) counter.base = { count: 0, reject: 0 };
      else if (counter.random() < fault.share && tellable({ count, reject }, counter)) {
        counter.base = own;
        befell('resets');
      }
      counter.own = { count, reject };
      const { base } = counter;
      const shown = {
        count: count - base.count,
        reject: event.reject === null ? null : reject - base.reject,
      };
      yield { ...told, event: { ...event, ...shown } };
    }
  },
};

/** Whether both counters would then show less than before, or have nothing to show. */
function tellable(now: Counter['own'], { own, base }: Counter): boolean {
  const told = (name: 'count' | 'reject'): boolean => {
    const grown = now[name] - own[name];
    const shown = own[name] - base[name];
    return shown > grown || (shown === 0 && name === 'reject');
  };
  return told('count') && told('reject');
}
