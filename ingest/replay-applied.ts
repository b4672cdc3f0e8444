import type { Backlog } from './backlog.ts';
import type { Drain } from './drain.ts';
import type { ReplayAnswer } from './replay.ts';
import type { Spool } from './spool.ts';
import { within } from './within.ts';

/** A store that is slow or away holds no answer up for longer: what is replayed is durable, and stays so. */
const APPLIED_WITHIN_MS = 2_000;

/**
 * A replay that answers when the store has what it brought in, so that whoever asks for it next finds it: a machine of which
 * nothing was known before is found by the store alone.
 */
export const untilApplied =
  <Selection>(
    replay: (selection: Selection) => Promise<ReplayAnswer>,
    {
      drain,
      backlog,
      spool,
      stop,
    }: {
      readonly drain: Pick<Drain, 'kick' | 'idle' | 'appliedGroup'>;
      readonly backlog: Pick<Backlog, 'empty'>;
      readonly spool: Pick<Spool, 'lastNumber'>;
      readonly stop: AbortSignal;
    },
  ) =>
  async (selection: Selection): Promise<ReplayAnswer> => {
    const answer = await replay(selection);
    const last = spool.lastNumber();
    let isLate = false;
    const applied = async (): Promise<void> => {
      while (!isLate && !stop.aborted && drain.appliedGroup() < last && !backlog.empty()) {
        drain.kick();
        await drain.idle();
      }
      // The last of it may be out of the backlog, and on its way.
      await drain.idle();
    };
    if (answer.stored > 0) await within(APPLIED_WITHIN_MS, applied());
    isLate = true;
    return answer;
  };
