import type { PlainLanguage } from '../languages/language.ts';
import type { Outgoing } from '../outgoing.ts';
import type { Publisher } from './publisher.ts';

/** What the messages of a run come to, where each is taken as it was meant. */
export interface Expected {
  /** Messages that nobody can read. */
  garbage: number;
  /** Messages published a second time. */
  copies: number;
  /** Among them with a value of another type, which is refused once more. */
  driftedCopies: number;
  /** Values of another type. */
  drifted: number;
}

export interface SpokenCounts {
  readonly published: number;
  readonly acknowledged: number;
  readonly reconnects: number;
}

/** Brings what is said to a broker. */
export interface Speaker extends AsyncDisposable {
  /** A promise: wait for it before the next (back-pressure). */
  say(told: Outgoing): Promise<void> | undefined;
  /** Resolves when everything is acknowledged (QoS 0: written), `false` when it isn't within the time. */
  drain(withinMs: number): Promise<boolean>;
  readonly counts: SpokenCounts;
  readonly expected: Expected;
}

/** Speaks a language that needs no more than messages. */
export function plainWords(publisher: Publisher, language: PlainLanguage): Speaker['say'] {
  return ({ event, ...told }) => {
    const topic = language.topicOf(event.machine);
    // One machine's messages stay on one connection, so that they arrive in the order published.
    const publish = (payload: string | Buffer) => publisher.publish(event.index, topic, payload);
    switch (event.kind) {
      case 'report':
      case 'last-will':
        return publish(language.payloadOf({ ...told, event }));
      case 'garbage':
        return publish(language.garbageOf(event.draw));
      default:
        return undefined;
    }
  };
}

export const nothingExpected = (): Expected => ({ garbage: 0, copies: 0, driftedCopies: 0, drifted: 0 });

export function expect(expected: Expected, { event, copy, drifted }: Outgoing): void {
  if (event.kind === 'garbage') expected.garbage++;
  if (copy) expected.copies++;
  if (drifted !== undefined) expected.drifted++;
  if (copy && drifted !== undefined) expected.driftedCopies++;
}
