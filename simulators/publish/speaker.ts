import type { Language } from '../languages/language.ts';
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

/** Brings what is said to a broker. */
export interface Speaker {
  /** A promise: wait for it before the next (back-pressure). */
  say(told: Outgoing): Promise<void> | undefined;
  /** Resolves when everything is acknowledged (QoS 0: written), `false` when it isn't within the time. */
  drain(withinMs: number): Promise<boolean>;
  readonly counts: { readonly published: number; readonly acknowledged: number; readonly reconnects: number };
  readonly expected: Expected;
}

/** Speaks a language that needs no more than messages. */
export function plainSpeaker({
  publisher,
  language,
}: {
  readonly publisher: Publisher;
  readonly language: Language;
}): Speaker {
  const expected = nothingExpected();
  return {
    expected,
    counts: publisher.counts,
    drain: (withinMs) => publisher.drain(withinMs),
    say(told) {
      const { event } = told;
      const topic = language.topicOf(event.machine);
      // One machine's messages stay on one connection, so that they arrive in the order published.
      const publish = (payload: string | Buffer) => publisher.publish(event.index, topic, payload);
      switch (event.kind) {
        case 'report':
        case 'last-will':
          expect(expected, told);
          return publish(language.payloadOf({ ...told, event }));
        case 'garbage':
          expected.garbage++;
          return publish(language.garbageOf(event.draw));
        default:
          return undefined;
      }
    },
  };
}

export const nothingExpected = (): Expected => ({ garbage: 0, copies: 0, driftedCopies: 0, drifted: 0 });

export function expect(expected: Expected, { copy, drifted }: Outgoing): void {
  if (copy) expected.copies++;
  if (drifted !== undefined) expected.drifted++;
  if (copy && drifted !== undefined) expected.driftedCopies++;
}
