import { setTimeout as delay } from 'node:timers/promises';
import type { TopicFilter } from '../../domain/mapping/filters.ts';
import type { createSubscribing } from './subscribing.ts';
import type { SubscriptionMemory } from './subscription-memory.ts';

const LEAVE_LOOK_MS = 5;

const namesOf = (topics: readonly TopicFilter[]): string[] => topics.map(({ filter }) => filter);

export interface HeldTopicsOptions {
  readonly first: readonly TopicFilter[];
  /** What the session was last subscribed to, kept beyond our end. */
  readonly memory: SubscriptionMemory | undefined;
  readonly subscribing: ReturnType<typeof createSubscribing>;
}

/**
 * What a session at a broker is subscribed to. It is written down before the broker is asked: a session that knows of more than we
 * do would send it for ever.
 */
export function createHeldTopics({ first, memory, subscribing }: HeldTopicsOptions) {
  const { askFor, giveUp } = subscribing;
  let topics = first;
  let isAsked = false;

  return {
    /** The session at the broker is subscribed to them. */
    isAsked: () => isAsked,
    /** The broker has a session of ours with subscriptions, as far as was written down. */
    hasMemory: () => (memory?.load() ?? []).length > 0,

    /** Asks for all of them, and gives up what isn't wanted any more. Rejects where the broker refuses. */
    async subscribe(): Promise<void> {
      const wanted = topics;
      const before = memory?.load() ?? [];
      memory?.save([...new Set([...before, ...namesOf(wanted)])]);
      await askFor(wanted);
      const isDone = await giveUp(before.filter((filter) => !namesOf(wanted).includes(filter)));
      if (isDone) memory?.save(namesOf(wanted));
      isAsked = true;
    },

    /** Others are wanted; not connected, the next connection subscribes to them. */
    async change(
      wanted: readonly TopicFilter[],
      { connected }: { readonly connected: boolean },
    ): Promise<void> {
      const before = topics;
      const added = wanted.filter(
        ({ filter, qos }) => !before.some((known) => known.filter === filter && known.qos === qos),
      );
      const gone = namesOf(before).filter((filter) => !namesOf(wanted).includes(filter));
      if (!connected) {
        topics = wanted;
        isAsked = false;
        return;
      }
      memory?.save([...new Set([...namesOf(before), ...namesOf(wanted)])]);
      try {
        if (added.length > 0) await askFor(added);
      } catch (error) {
        const withdrawn = namesOf(added).filter((filter) => !namesOf(before).includes(filter));
        if (await giveUp(withdrawn)) memory?.save(namesOf(before));
        throw error;
      }
      topics = wanted;
      if (await giveUp(gone)) memory?.save(namesOf(wanted));
    },

    /**
     * Ends the subscriptions, and asks for that again until nothing came meanwhile: a broker answers in turn, so what its
     * session held has come before the answer. `true`: nothing waits there any more.
     */
    async leave({
      unsubscribe,
      isConnected,
      taken,
      held,
    }: {
      readonly unsubscribe: (filters: readonly string[]) => Promise<unknown>;
      /** Still the connection over which it began. */
      readonly isConnected: () => boolean;
      /** Messages that came, and those not yet acknowledged. */
      readonly taken: () => number;
      readonly held: () => number;
    }): Promise<boolean> {
      const filters = [...new Set([...(memory?.load() ?? []), ...namesOf(topics)])];
      let dry = false;
      while (isConnected() && !dry) {
        const before = taken();
        await unsubscribe(filters);
        while (isConnected() && held() > 0) await delay(LEAVE_LOOK_MS);
        dry = isConnected() && taken() === before;
      }
      if (dry) memory?.save([]);
      return dry;
    },
  };
}
