import type { MachinePath } from '../domain/path.ts';
import { revisionOf, type Version } from '../domain/revision.ts';
import type { CellSpan } from './cells.ts';
import type { AccountedCell } from './rows.ts';

/** A closed cell that is about to be answered from facts. */
export interface Claim {
  readonly machine: MachinePath;
  readonly cell: string;
  readonly content: string;
  /** What is recorded of it. */
  readonly before: Version | undefined;
}

/**
 * What was answered for closed cells before the recorder came by: without it late data could give a cell another content
 * under a revision that somebody has already seen, also after a restart or from another process.
 */
export interface Served {
  /** What was answered of a machine's cells, by {@link cellName}. */
  of(machine: MachinePath): ReadonlyMap<string, Version>;
  /** The revision of each claim, given to no other content; durable on return. */
  settle(claims: readonly Claim[]): readonly number[];
  /** These versions are recorded now, so that the answers to come find them there. */
  recorded(cells: readonly (Omit<Claim, 'before'> & Version)[]): void;
}

export const cellName = ({ from, to, grain }: Pick<CellSpan, 'from' | 'to' | 'grain'>): string =>
  `${grain} ${from} ${to}`;

/** A cell's content: the digest covers the figures, but not that a machine has been declared since. */
export const contentOf = ({ digest, flags }: Pick<AccountedCell, 'digest' | 'flags'>): string =>
  flags.length === 0 ? digest : `${digest} ${flags.join(' ')}`;

export const versionOf = (cell: Pick<AccountedCell, 'digest' | 'flags' | 'revision'>): Version => ({
  content: contentOf(cell),
  revision: cell.revision,
});

/** For a single process that forgets with its end. */
export function createServed(): Served {
  const versions = new Map<MachinePath, Map<string, Version>>();
  const of = (machine: MachinePath): Map<string, Version> =>
    versions.getOrInsertComputed(machine, () => new Map());
  return {
    of,
    settle: (claims) =>
      claims.map(({ machine, cell, content, before }) => {
        const revision = revisionOf(content, before, of(machine).get(cell));
        if (revision !== before?.revision) of(machine).set(cell, { content, revision });
        return revision;
      }),
    recorded(cells) {
      for (const { machine, cell } of cells) of(machine).delete(cell);
    },
  };
}

/** Goes on in memory where nothing can be written down, as on a full disk: an answer is worth more than a late revision. */
export function orInMemory(
  served: Served,
  log: (event: string, fields: Record<string, unknown>) => void = () => {},
): Served {
  const memory = createServed();
  const attempt = <T>(work: () => T, otherwise: () => T): T => {
    try {
      return work();
    } catch (error) {
      log('served-not-noted', { error: String(error) });
      return otherwise();
    }
  };
  return {
    of: (machine) =>
      attempt(
        () => served.of(machine),
        () => memory.of(machine),
      ),
    settle: (claims) =>
      attempt(
        () => served.settle(claims),
        () => memory.settle(claims),
      ),
    recorded: (cells) =>
      attempt(
        () => served.recorded(cells),
        () => memory.recorded(cells),
      ),
  };
}
