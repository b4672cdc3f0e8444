import type { Refusal } from '../domain/refusal.ts';
import type { Inbox } from './inbox.ts';
import type { Quarantine, QuarantinedMessage, QuarantineSelection } from './ports.ts';
import { bookedOf } from './refusal-note.ts';

const PAGE = 500;

export interface ReplayAnswer {
  readonly replayed: number;
  readonly stored: number;
  readonly refused: number;
}

/** Brings messages out of quarantine back into ingest, oldest first, under the rules of now. One replay at a time. */
export function createReplay(options: {
  readonly quarantine: Quarantine;
  readonly inbox: Inbox;
  readonly kick: () => void;
  readonly stop: AbortSignal;
}) {
  const { quarantine, inbox, kick, stop } = options;
  let last: Promise<unknown> = Promise.resolve();

  function one(message: QuarantinedMessage): Promise<Refusal | 'kept' | null> {
    // What was cut or dropped can't be decoded again.
    if (message.truncated || message.payload.length < message.payloadBytes) return Promise.resolve('kept');
    const { promise, resolve } = Promise.withResolvers<Refusal | null>();
    const { topic, payload, receivedAt } = message;
    inbox.replay(
      { topic, payload, receivedAt, retain: false, delivery: null },
      { quarantined: message, booked: bookedOf(message.detail), done: resolve },
    );
    return promise;
  }

  async function all(selection: QuarantineSelection): Promise<ReplayAnswer> {
    let replayed = 0;
    let stored = 0;
    const stopped = new Promise<never>((_resolve, reject) => {
      stop.addEventListener('abort', () => reject(new Error('ingest stopped before the replay was done')));
    });
    stopped.catch(() => undefined);
    for (let after = 0; ; ) {
      const page = quarantine.select(selection, after, PAGE);
      const lastOfPage = page.at(-1);
      if (!lastOfPage) return { replayed, stored, refused: replayed - stored };
      after = lastOfPage.id;
      const answers = page.map(one);
      kick();
      const refusals = await Promise.race([Promise.all(answers), stopped]);
      replayed += refusals.length;
      stored += refusals.filter((refusal) => refusal === null).length;
    }
  }

  return (selection: QuarantineSelection): Promise<ReplayAnswer> => {
    const answer = last.then(() => all(selection));
    last = answer.catch(() => undefined);
    return answer;
  };
}
