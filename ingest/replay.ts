import type { Refusal } from '../domain/refusal.ts';
import type { EpochMs } from '../domain/time.ts';
import type { DecodedReading } from './decode/decoder.ts';
import type { Inbox } from './inbox.ts';
import type { IngestLog } from './log.ts';
import type { Quarantine, QuarantinedMessage, QuarantineSelection, ReplayHolds } from './ports.ts';
import { decodeArrival, takesRetained } from './prepare.ts';
import { bookedOf } from './refusal-note.ts';
import type { PlaceReplayed } from './replay-instants.ts';
import type { Router } from './route.ts';

const PAGE = 500;

type Outcome = Promise<Refusal | 'kept' | null>;

export interface ReplayAnswer {
  readonly replayed: number;
  readonly stored: number;
  readonly refused: number;
}

/**
 * Brings messages out of quarantine back into ingest, oldest first, under the rules of now. One replay at a time, and what
 * another ingest replays is left to it.
 */
export function createReplay(options: {
  readonly quarantine: Quarantine;
  readonly inbox: Inbox;
  readonly router: Pick<Router, 'fresh'>;
  readonly instants: () => PlaceReplayed;
  /** `null`: nobody else has the quarantine. */
  readonly holds: ReplayHolds | null;
  /** Learns what others know of the machines. */
  readonly beforePlacing: (readings: readonly DecodedReading[]) => void;
  readonly maxPayloadBytes: number;
  readonly kick: () => void;
  readonly log: IngestLog;
  readonly stop: AbortSignal;
}) {
  const { quarantine, inbox, router, instants, holds, beforePlacing, maxPayloadBytes, kick, log, stop } =
    options;
  let last: Promise<unknown> = Promise.resolve();

  /** Puts a message into the inbox; `outcome` comes when it is durable, or refused again. */
  async function enter(row: QuarantinedMessage, place: PlaceReplayed): Promise<{ outcome: Outcome }> {
    // What was cut or dropped can't be decoded again.
    if (row.truncated || row.payload.length < row.payloadBytes) return { outcome: Promise.resolve('kept') };
    const { promise, resolve } = Promise.withResolvers<Refusal | null>();
    const { topic, payload, receivedAt } = row;
    const booked = bookedOf(row.detail);
    const { retained, wholeMessage } = booked;
    const message = { topic, payload, receivedAt, retain: retained, delivery: null };
    const route = router.fresh(topic);
    // Nobody asked for such messages: what was refused before stays where it is.
    if ('overlooked' in route.to) return { outcome: Promise.resolve('kept') };
    const arrival = {
      number: 0,
      message,
      route,
      delivery: null,
      durable: null,
      replay: null,
    };
    const { readings } = decodeArrival(arrival, maxPayloadBytes).decoded;
    // What a broker had retained forges no fresh state when it comes again either.
    const isUntimed = retained && !takesRetained(route);
    let placed: readonly EpochMs[] = [];
    if (!isUntimed) {
      try {
        beforePlacing(readings);
        placed = await place(readings, { receivedAt, wholeMessage });
      } catch (error) {
        // Nobody can tell which instants are free just now.
        log('replay-not-placed', { id: row.id, topic, error: String(error) });
        return { outcome: Promise.resolve('kept') };
      }
    }
    inbox.replay(message, { quarantined: row, booked, instants: placed, done: resolve });
    return { outcome: promise };
  }

  async function all(selection: QuarantineSelection): Promise<ReplayAnswer> {
    let replayed = 0;
    let stored = 0;
    const stopped = new Promise<never>((_resolve, reject) => {
      stop.addEventListener('abort', () => reject(new Error('ingest stopped before the replay was done')));
    });
    stopped.catch(() => undefined);
    const place = instants();
    for (let after = 0; ; ) {
      const page = quarantine.select(selection, after, PAGE);
      const lastOfPage = page.at(-1);
      if (!lastOfPage) return { replayed, stored, refused: replayed - stored };
      after = lastOfPage.id;
      const held = holds?.take(page.map(({ id }) => id));
      const rows = held ? page.filter(({ id }) => held.has(id)) : page;
      const answers: Outcome[] = [];
      for (const row of rows) answers.push((await enter(row, place)).outcome);
      kick();
      const refusals = await Promise.race([Promise.all(answers), stopped]);
      holds?.free(rows.filter((_row, index) => refusals[index] !== null).map(({ id }) => id));
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
