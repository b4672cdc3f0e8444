import { bisect } from '../domain/bisect.ts';
import type { MachinePath } from '../domain/path.ts';
import type { DurationMs, EpochMs, Span } from '../domain/time.ts';
import { createBreather } from './breathe.ts';
import type { RevisionLog } from './revision-log.ts';

/** How far what is said of a stretch of time may still change: late data is expected, no longer expected, or came nevertheless. */
export const FINALITIES = ['provisional', 'final', 'changed-after-final'] as const;
export type Finality = (typeof FINALITIES)[number];

/** Judges a stretch of a machine's time. */
export type FinalityOf = (machine: MachinePath, span: Span) => Finality;

/** Of several stretches, together: what is provisional in part may change as a whole. */
export const finalityOfAll = (one: Finality, other: Finality): Finality =>
  one === 'provisional' || other === 'final' ? one : other;

/** Revisions that are read at once. */
const PAGE = 1000;

/**
 * Judges stretches as of an instant; what changed after it was final is read when asked for the first time, and then what
 * came since, page by page.
 */
export function createFinality({
  revisions,
  finalAfterMs,
}: {
  readonly revisions: Pick<RevisionLog, 'afterFinalSince'>;
  readonly finalAfterMs: DurationMs;
}): (asOf: EpochMs) => Promise<FinalityOf> {
  /** Ascending and disjoint: a year of changed hours, shifts and days comes to few stretches. */
  const changed = new Map<MachinePath, Span[]>();
  let newest = 0;
  const refresh = async (): Promise<void> => {
    const breathe = createBreather();
    for (;;) {
      // From where anybody stands: questions that come together read each page once.
      const page = revisions.afterFinalSince(newest, PAGE);
      for (const { id, machine, from, to } of page) {
        include(
          changed.getOrInsertComputed(machine, () => []),
          { from, to },
        );
        newest = id;
      }
      if (page.length < PAGE) return;
      await breathe();
    }
  };
  return async (asOf) => {
    await refresh();
    return (machine, { from, to }) => {
      if (to + finalAfterMs > asOf) return 'provisional';
      const stretches = changed.get(machine) ?? [];
      const next = stretches[bisect(stretches.length, (index) => (stretches[index] as Span).to <= from)];
      return next && next.from < to ? 'changed-after-final' : 'final';
    };
  };
}

/** Puts a span to ascending, disjoint stretches; those that it meets become one with it. */
function include(stretches: Span[], { from, to }: Span): void {
  const first = bisect(stretches.length, (index) => (stretches[index] as Span).to < from);
  const end = bisect(stretches.length, (index) => (stretches[index] as Span).from <= to);
  const whole = {
    from: Math.min(from, stretches[first]?.from ?? from),
    to: Math.max(to, stretches[end - 1]?.to ?? to),
  };
  stretches.splice(first, end - first, whole);
}
