import type { Refusal } from '../domain/refusal.ts';
import type { Agreement } from './agreement.ts';
import type { Arrival } from './arrival.ts';
import type { Backlog } from './backlog.ts';
import type { BookKeeping } from './books.ts';
import type { Drain } from './drain.ts';
import type { SeriesPin } from './guard/machines.ts';
import type { Inbox } from './inbox.ts';
import type { JudgeOptions } from './judge.ts';
import type { IngestLog } from './log.ts';
import { type KnownOfStore, type LookUp, NOTHING_ASKED } from './lookups.ts';
import { type DecodedArrival, decodeArrival, settleArrival } from './prepare.ts';
import type { QuarantineDesk } from './quarantine-desk.ts';
import { Stopped } from './retry.ts';
import { settleReplay } from './settle-replay.ts';
import type { Spool } from './spool.ts';
import type { CorrectionNotes } from './values/correction-notes.ts';

export interface PipelineOptions extends JudgeOptions {
  readonly inbox: Inbox;
  readonly lookUp: LookUp;
  readonly books: BookKeeping;
  readonly spool: Spool;
  readonly backlog: Backlog;
  readonly drain: Drain;
  readonly desk: QuarantineDesk;
  readonly notes: Pick<CorrectionNotes, 'take'>;
  /** Set where several ingests share the work. */
  readonly agreement: Agreement | null;
  readonly maxPayloadBytes: number;
  readonly log: IngestLog;
  readonly stop: AbortSignal;
}

const NONE: readonly never[] = [];
/** Few enough that their payloads, and what is known of their machines, are still in a cache of the processor. */
const SETTLED_AT_ONCE = 128;

/**
 * The way of a message, on one screen: what came in together is decoded, compared with what is known, judged, and
 * becomes one record of the journal; when that is durable the messages are acknowledged, and the drain brings them into
 * the store in its own time. One group is in the making while the one before is on its way to the disk.
 */
export function createPipeline(options: PipelineOptions) {
  const { inbox, lookUp, books, spool, backlog, drain, desk, notes, agreement } = options;
  const { maxPayloadBytes, log, stop, dedup, valueGuard } = options;
  /** Types of series that were pinned in a group that came to nothing: the next one writes them down. */
  let unwrittenPins: readonly SeriesPin[] = NONE;
  let running: Promise<void> | null = null;

  async function makeGroup(arrivals: readonly Arrival[]) {
    const group = spool.open();
    group.pins.push(...unwrittenPins);
    const replays: (() => void)[] = [];
    const settle = (decoded: readonly DecodedArrival[], known: KnownOfStore): void => {
      for (const message of decoded) {
        const { replay } = message.arrival;
        if (replay) {
          const refusal: Refusal | null = settleReplay(message, group, known, options);
          replays.push(() => replay.done(refusal));
        } else settleArrival(message, group, known, options);
      }
    };
    try {
      let decoded: readonly DecodedArrival[] = NONE;
      let next = 0;
      // What is news is settled while it is in a cache of the processor; at the first doubt all that is left is asked about at once.
      while (agreement === null && next < arrivals.length) {
        decoded = decode(arrivals, next, next + SETTLED_AT_ONCE);
        next += decoded.length;
        if (!lookUp.isNews(decoded)) break;
        settle(decoded, NOTHING_ASKED);
        decoded = NONE;
      }
      decoded = [...decoded, ...decode(arrivals, next, arrivals.length)];
      if (decoded.length > 0) {
        if (agreement) await agreement.names(decoded);
        const known = await lookUp.ask(decoded);
        if (agreement) decoded = await agreement.instants(decoded);
        settle(decoded, known);
      }
      const sealed = spool.seal(group);
      unwrittenPins = NONE;
      books.found(group.books);
      return { arrivals, replays, sealed };
    } catch (error) {
      // All or nothing: what was judged before the defect isn't held, and must not make duplicates of what is sent again.
      group.abandon();
      dedup.forgetAll(group.number);
      valueGuard?.forgetAll();
      unwrittenPins = [...group.pins];
      throw error;
    }
  }

  const decode = (arrivals: readonly Arrival[], from: number, to: number): DecodedArrival[] =>
    arrivals.slice(from, to).map((arrival) => decodeArrival(arrival, maxPayloadBytes));

  async function commit({ arrivals, replays, sealed }: Awaited<ReturnType<typeof makeGroup>>): Promise<void> {
    try {
      await spool.commit(sealed, stop, ({ record, end, bytes }) => {
        books.settle(record.books);
        inbox.answer(arrivals);
        desk.take(record);
        notes.take(record);
        backlog.offer({ record, end, bytes });
        for (const done of replays) done();
      });
      drain.kick();
    } catch (error) {
      inbox.answer(arrivals, error as Error);
    }
  }

  async function run(): Promise<void> {
    let committing: Promise<void> = Promise.resolve();
    while (!inbox.empty() && !stop.aborted) {
      const arrivals = inbox.take();
      try {
        const group = await makeGroup(arrivals);
        await committing;
        committing = commit(group);
      } catch (error) {
        // A defect of ours. Nothing of the group is durable: whoever waits is told, and sends it again.
        if (!(error instanceof Stopped))
          log('ingest-defect', { error: String(error), stack: (error as Error).stack });
        await committing;
        inbox.answer(arrivals, error as Error);
      }
      if (drain.storeOk()) await backlog.room();
    }
    await committing;
    while (!inbox.empty() && stop.aborted) inbox.answer(inbox.take(), new Stopped('ingest stopped'));
  }

  return {
    /** There are messages to take. */
    kick(): void {
      running ??= new Promise<void>((resolve) => setImmediate(resolve))
        .then(run)
        .catch((error) => log('ingest-defect', { error: String(error), stack: (error as Error).stack }))
        .then(() => {
          running = null;
          if (!inbox.empty()) this.kick();
        });
    },
    /** Resolves when all that came is durable. */
    async idle(): Promise<void> {
      while (running) await running;
    },
  };
}
