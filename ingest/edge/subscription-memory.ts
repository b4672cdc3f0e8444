import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/** What a session at a broker is subscribed to, as far as we know. */
export interface SubscriptionMemory {
  load(): readonly string[];
  save(filters: readonly string[]): void;
}

/**
 * Keeps in a file what our session at a broker is subscribed to: the session outlives us, and no broker can be asked. A
 * rule that went while we were away is thereby unsubscribed; without the file its messages would come, and be refused.
 * `session` says whose they are: those of another broker or client id count for nothing.
 */
export function subscriptionMemory(file: string, session: string): SubscriptionMemory {
  return {
    load() {
      try {
        const kept = JSON.parse(readFileSync(file, 'utf8')) as { session: string; filters: string[] };
        return kept.session === session ? kept.filters : [];
      } catch {
        // Never written, or torn: the worst that comes of it is a message that is refused.
        return [];
      }
    },
    save(filters) {
      try {
        writeFileSync(`${file}.new`, JSON.stringify({ session, filters }));
        renameSync(`${file}.new`, file);
      } catch {
        // A full disk; it is written again with the next change.
      }
    },
  };
}
