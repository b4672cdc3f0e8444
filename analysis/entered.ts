import type { Entered } from '../domain/entered.ts';
import type { MachinePath } from '../domain/path.ts';
import type { Span } from '../domain/time.ts';
import type { EditLog } from './annotations/edit-log.ts';
import type { WorkRegister } from './work-register.ts';

/**
 * What was entered beside the signals: the one way by which it reaches timelines and ledgers. Who enters something marks
 * the machines that it touches (`LedgerMarks`) in the same transaction, so that exactly those cells are made anew.
 */
export interface EnteredSource {
  /** What can matter for a span of a machine's time. Answers at once, from what is durable now. */
  of(machine: MachinePath, span: Span): Entered;
}

export const NOTHING_ENTERED: EnteredSource = { of: () => ({}) };

/** What was entered of every kind, put together; what nobody entered isn't there. */
export const enteredOf = (work: WorkRegister, log: Pick<EditLog, 'touching'>): EnteredSource => ({
  of(machine, span) {
    // Whoever asks about all time wants settings, not what was said of each stop.
    const edits = Number.isFinite(span.to - span.from) ? log.touching(machine, span) : [];
    const cycles = work.cyclesOf(machine);
    const productsOf = work.productsOf(machine);
    return {
      ...(cycles.length > 0 && { cycles }),
      ...(productsOf && { productsOf }),
      ...(edits.length > 0 && { edits }),
    };
  },
});
