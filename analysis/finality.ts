import type { MachinePath } from '../domain/path.ts';
import type { DurationMs, EpochMs, Span } from '../domain/time.ts';
import type { RevisionLog } from './revision-log.ts';

/** How far what is said of a stretch of time may still change: late data is expected, no longer expected, or came nevertheless. */
export const FINALITIES = ['provisional', 'final', 'changed-after-final'] as const;
export type Finality = (typeof FINALITIES)[number];

/** Of several stretches, together: what is provisional in part may change as a whole. */
export const finalityOfAll = (one: Finality, other: Finality): Finality =>
  one === 'provisional' || other === 'final' ? one : other;

/** Judges stretches as of an instant; what changed after it was final is read when asked for the first time, and then what came since. */
export function createFinality({
  revisions,
  finalAfterMs,
}: {
  readonly revisions: Pick<RevisionLog, 'afterFinalSince'>;
  readonly finalAfterMs: DurationMs;
}): (asOf: EpochMs) => (machine: MachinePath, span: Span) => Finality {
  const changed = new Map<MachinePath, Span[]>();
  let newest = 0;
  const refresh = (): void => {
    for (const { id, machine, from, to } of revisions.afterFinalSince(newest)) {
      changed.getOrInsertComputed(machine, () => []).push({ from, to });
      newest = id;
    }
  };
  return (asOf) => {
    refresh();
    return (machine, { from, to }) => {
      if (to + finalAfterMs > asOf) return 'provisional';
      const touched = changed.get(machine)?.some((span) => span.from < to && span.to > from);
      return touched === true ? 'changed-after-final' : 'final';
    };
  };
}
