import type { MachinePath } from '../domain/path.ts';
import { revisionOf, type Version } from '../domain/revision.ts';
import type { EpochMs } from '../domain/time.ts';
import type { Grain } from '../store/port.ts';
import type { KeptConfig } from './config-document.ts';
import type { AccountedCell } from './rows.ts';

/** Where a cell stands. One that ends otherwise since the calendar changed is the same cell, with another content. */
export interface CellPlace {
  readonly machine: MachinePath;
  readonly grain: Grain;
  readonly from: EpochMs;
}

/** A closed cell that is about to be answered from facts. */
export interface Claim extends CellPlace {
  readonly to: EpochMs;
  /** Up to where facts can change it. */
  readonly until: EpochMs;
  readonly content: string;
  /** What is recorded of it. */
  readonly before: Version | undefined;
  /** All of it as text, by which it is read back. */
  readonly kept: () => string;
  /** The newest mark that was pending: its cause is told with this revision. */
  readonly mark: number;
  /** The configuration that it is made with. */
  readonly config: KeptConfig;
  /** It is what it would be, had nobody ever heard of its machine: it needs no row of its own. */
  readonly silent: boolean;
  /** What it was while nobody had heard of its machine; `undefined`: it wasn't answered, or nobody can tell. */
  readonly unheard: (stretches: readonly UnheardStretch[]) => Version | undefined;
}

/** A version that is recorded now. */
export interface Recorded extends CellPlace, Version {
  readonly to: EpochMs;
  /** Of a cell of which nothing was recorded before: up to where it was known that its machine was asked about unheard. */
  readonly unheardUntil?: EpochMs | undefined;
}

/** Cells that end later than those of the stretch before, and no later than `until`. */
export interface UnheardStretch {
  readonly until: EpochMs;
  readonly config: string;
}

/** A version that was answered and isn't recorded yet. */
export interface ServedVersion extends Version {
  /** `null`: it was answered by a program that kept no contents. */
  readonly kept: string | null;
  readonly mark: number;
  /** The configuration (hash) that it was made with; `null`: it was answered by a program that didn't keep that. */
  readonly config: string | null;
}

/** A claim that got a revision nobody had told of. */
export interface FreshRevision {
  /** The index of the claim. */
  readonly claim: number;
  readonly revision: number;
  /** The one before it; `null`: it is the first. */
  readonly previous: number | null;
}

/** How much was recorded by then. */
export type Moment = number;

/**
 * What was answered for closed cells before the recorder came by, each whole: a revision that somebody has seen names one
 * content, is listed and can be read back, also after a restart and from another process. The recorder takes what is kept
 * here along to the store.
 */
export interface Served {
  /** To be taken before what is recorded is read. */
  moment(): Moment;
  /** The machines of which something was answered that isn't recorded. */
  waiting(): ReadonlySet<MachinePath>;
  /** What was answered of a machine's cells and isn't recorded, by {@link cellName}; ascending. */
  of(machine: MachinePath): ReadonlyMap<string, readonly ServedVersion[]>;
  /**
   * Up to where cells of a machine that nobody had heard of were answered, and by which configuration; ascending. Of those
   * of which nothing is recorded, and no first revision is kept, it is that.
   */
  unheard(machine: MachinePath): readonly UnheardStretch[];
  /**
   * The revision of each claim, given to no other content; durable on return. `null`: cells of its machine were recorded
   * after `since`, so that what the claim takes for recorded may not be. `note` is called with what is new, as a part of
   * the same transaction.
   */
  settle(
    claims: readonly Claim[],
    options: { readonly since: Moment; readonly note: (fresh: readonly FreshRevision[]) => void },
  ): readonly (number | null)[];
  /**
   * These versions, and those before them, are recorded now. Returns the indexes of those whose number was given to another
   * content meanwhile: they need another one, and count as not recorded.
   */
  recorded(cells: readonly Recorded[]): readonly number[];
}

export const cellName = ({ grain, from }: Pick<CellPlace, 'grain' | 'from'>): string => `${grain} ${from}`;

/** Up to where a machine was asked about before it was ever heard. */
export const unheardUntil = (stretches: readonly UnheardStretch[]): EpochMs =>
  stretches.at(-1)?.until ?? Number.NEGATIVE_INFINITY;

/** A cell's content: the digest covers the figures, but not that a machine has been declared since. */
export const contentOf = ({ digest, flags }: Pick<AccountedCell, 'digest' | 'flags'>): string =>
  flags.length === 0 ? digest : `${digest} ${flags.join(' ')}`;

export const versionOf = (cell: Pick<AccountedCell, 'digest' | 'flags' | 'revision'>): Version => ({
  content: contentOf(cell),
  revision: cell.revision,
});

/** The newest revision of a cell, of what is recorded and what was answered since; `undefined`: there is none. */
export const newestOf = (
  before: Version | undefined,
  served: readonly Version[] = [],
): Version | undefined => {
  const last = served.at(-1);
  return last && last.revision >= (before?.revision ?? 0) ? last : before;
};

/** Whether a version can't be recorded under its number, since it was given to another content, or a later one was. */
export const isTaken = (version: Version, served: readonly Version[] = []): boolean =>
  served.some(
    ({ revision, content }) =>
      revision > version.revision || (revision === version.revision && content !== version.content),
  );

/** For a single process that forgets with its end. */
export function createServed(): Served {
  const versions = new Map<MachinePath, Map<string, ServedVersion[]>>();
  const recordings = new Map<MachinePath, Moment>();
  let moment: Moment = 0;
  const of = (machine: MachinePath): Map<string, ServedVersion[]> => versions.get(machine) ?? new Map();
  return {
    moment: () => moment,
    waiting: () => new Set(versions.keys()),
    of,
    unheard: () => [],
    settle(claims, { since, note }) {
      const fresh: FreshRevision[] = [];
      const revisions = claims.map(({ machine, before, content, kept, mark, config, ...place }, claim) => {
        if ((recordings.get(machine) ?? 0) > since) return null;
        const served = of(machine).get(cellName(place)) ?? [];
        const revision = revisionOf(content, before, ...served);
        const newest = newestOf(before, served);
        if (revision === newest?.revision) return revision;
        fresh.push({ claim, revision, previous: newest?.revision ?? null });
        versions
          .getOrInsertComputed(machine, () => new Map())
          .getOrInsertComputed(cellName(place), () => [])
          .push({ content, revision, kept: kept(), mark, config: config.hash });
        return revision;
      });
      if (fresh.length > 0) note(fresh);
      return revisions;
    },
    recorded(cells) {
      const taken: number[] = [];
      for (const [index, { machine, ...cell }] of cells.entries()) {
        const own = versions.get(machine);
        recordings.set(machine, ++moment);
        if (isTaken(cell, own?.get(cellName(cell)))) taken.push(index);
        else own?.delete(cellName(cell));
        if (own?.size === 0) versions.delete(machine);
      }
      return taken;
    },
  };
}

/** Goes on in memory where nothing can be written down, as on a full disk: an answer is worth more than a late revision. */
export function orInMemory(
  served: Served,
  log: (event: string, fields: Record<string, unknown>) => void = () => {},
): Served {
  const memory = createServed();
  const attempt = <T>(work: (of: Served) => T): T => {
    try {
      return work(served);
    } catch (error) {
      log('served-not-noted', { error: String(error) });
      return work(memory);
    }
  };
  return {
    moment: () => attempt((of) => of.moment()),
    waiting: () => attempt((of) => of.waiting()),
    of: (machine) => attempt((of) => of.of(machine)),
    unheard: (machine) => attempt((of) => of.unheard(machine)),
    settle: (claims, options) => attempt((of) => of.settle(claims, options)),
    recorded: (cells) => attempt((of) => of.recorded(cells)),
  };
}
