import type { Machine } from '../domain/plant.ts';
import type { CellSpan } from './cells.ts';
import type { AccountedCell } from './rows.ts';

/** More than a month of days of some thousand machines; the oldest are let go first. */
const MOST_CELLS = 100_000;

/** What a revision names: the digest covers the figures, but not that a machine has been declared since. */
export type Content = Pick<AccountedCell, 'digest' | 'flags'>;
export type Version = Content & Pick<AccountedCell, 'revision'>;

/** The revision of a content that follows on a version (semantics "Figures"). */
export function revisionOf({ digest, flags }: Content, before: Version | undefined): number {
  if (!before) return 1;
  const same = before.digest === digest && before.flags.join() === flags.join();
  return before.revision + (same ? 0 : 1);
}

/**
 * What was answered for closed cells before the recorder came by: without it late data could give a cell another content
 * under a revision that somebody has already seen.
 */
export interface Served {
  /** The higher revision of what is recorded and what was answered. */
  newest(machine: Machine, span: CellSpan, recorded: Version | undefined): Version | undefined;
  note(machine: Machine, span: CellSpan, cell: Version): void;
  /** The cell is recorded now. */
  forget(machine: Machine, span: CellSpan): void;
}

export function createServed(): Served {
  const versions = new Map<string, Version>();
  const nameOf = ({ path }: Machine, { from, to, grain }: CellSpan): string =>
    `${grain} ${from} ${to} ${path}`;
  return {
    newest(machine, span, recorded) {
      if (versions.size === 0) return recorded;
      const served = versions.get(nameOf(machine, span));
      return served && served.revision > (recorded?.revision ?? 0) ? served : recorded;
    },
    note(machine, span, { digest, flags, revision }) {
      versions.set(nameOf(machine, span), { digest, flags, revision });
      if (versions.size <= MOST_CELLS) return;
      for (const oldest of versions.keys()) {
        versions.delete(oldest);
        return;
      }
    },
    forget(machine, span) {
      versions.delete(nameOf(machine, span));
    },
  };
}
