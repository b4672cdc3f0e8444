import type { EpochMs } from '../domain/time.ts';
import type { IngestLog } from './log.ts';

const STEPS_PERCENT = [80, 95] as const;
const FULL_PERCENT = 100;
/** Below this the spool counts as recovered. */
const RECOVERED_PERCENT = 70;
const REPEAT_MS = 60_000;

/** Says loudly, and not too often, that the spool fills up. */
export function createSpoolAlarm(options: {
  readonly maxBytes: number;
  readonly now: () => EpochMs;
  readonly log: IngestLog;
}) {
  const { maxBytes, now, log } = options;
  let raised = 0;
  let saidAt = Number.NEGATIVE_INFINITY;
  return (bytes: number, full: boolean): void => {
    const percent = (bytes / maxBytes) * 100;
    const step = full ? FULL_PERCENT : (STEPS_PERCENT.findLast((bound) => percent >= bound) ?? 0);
    if (step > raised || (step > 0 && now() - saidAt >= REPEAT_MS)) {
      raised = Math.max(raised, step);
      saidAt = now();
      const remedy = 'bring the store back, or raise spool.maxBytes while there is disk space';
      log(full ? 'spool-full' : 'spool-nearly-full', {
        percent: Math.floor(percent),
        bytes,
        maxBytes,
        remedy,
      });
    } else if (raised > 0 && !full && percent < RECOVERED_PERCENT) {
      raised = 0;
      log('spool-recovered', { percent: Math.floor(percent), bytes, maxBytes });
    }
  };
}
