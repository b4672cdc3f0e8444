import { type Edit, LONGEST_EDIT_MS, LONGEST_FOLLOWED_MS } from '../../domain/annotations/edit.ts';
import type { MachinePath } from '../../domain/path.ts';
import type { Span } from '../../domain/time.ts';
import type { LedgerMarks } from '../ledger-marks.ts';

/** What became of an edit that was to be added; `known`: one with its id is there already, with whatever content. */
export interface AddedEdit {
  readonly is: 'added' | 'known';
  readonly edit: Edit;
}

/** The log of what people said of stops; entries are only ever added. Every method is synchronous, and durable on return. */
export interface EditLog {
  get(id: string): Edit | undefined;
  /**
   * Adds an edit, and marks its time, recorded or not, as one. `check` sees the log as it is written to; what it throws
   * is thrown on, and nothing is added.
   */
  add(edit: Omit<Edit, 'seq'>, check?: () => void): AddedEdit;
  /** The edits that touch a span of a machine's time, and those that take them back, oldest first. */
  touching(machine: MachinePath, span: Span): readonly Edit[];
}

/** For a single process that forgets with its end. */
export function createEditLog(marks: Pick<LedgerMarks, 'mark'>): EditLog {
  const edits: Edit[] = [];
  const get = (id: string): Edit | undefined => edits.find((edit) => edit.id === id);
  return {
    get,
    add(edit, check = () => {}) {
      const known = get(edit.id);
      if (known) return { is: 'known', edit: known };
      check();
      const added = { ...edit, seq: edits.length + 1 };
      edits.push(added);
      const { machine, from, to } = edit;
      marks.mark([{ machine, from, to, cause: 'annotation' }]);
      return { is: 'added', edit: added };
    },
    touching: (machine, span) => edits.filter((edit) => edit.machine === machine && touches(edit, span)),
  };
}

/** Whether an edit can say something of a span. */
export function touches(edit: Edit, { from, to }: Span): boolean {
  const followed = from - LONGEST_FOLLOWED_MS;
  const reaches = edit.to >= from || (edit.follows && edit.to > followed);
  return edit.from < to && edit.from >= followed - LONGEST_EDIT_MS && reaches;
}
