import type { EpochMs } from '../domain/time.ts';

/** Posts one kind of what stands on the board; `all`: also what the pace would hold back. */
export type Poster = (asOf: EpochMs, all: boolean) => Promise<void>;

export interface Board {
  add(poster: Poster): void;
  /** Posts each kind in turn. Rejects with the first error, when the others have been tried too. */
  post(all?: boolean): Promise<void>;
}

/** What this process posts on the store's board. Each process posts what it alone knows: its books, the states, the scores. */
export function createBoard(now: () => EpochMs): Board {
  const posters: Poster[] = [];
  let last: Promise<unknown> = Promise.resolve();
  const run = async (all: boolean): Promise<void> => {
    const failures: unknown[] = [];
    for (const poster of posters) await poster(now(), all).catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  };
  return {
    add: (poster) => void posters.push(poster),
    post(all = false) {
      const posted = last.then(() => run(all));
      last = posted.catch(() => undefined);
      return posted;
    },
  };
}

/** How often a thing is posted: when it changed, but not sooner than one span after the last time; else after the other. */
export interface Pace {
  readonly changedMs: number;
  readonly unchangedMs: number;
}

/** Leaves out what needn't be posted yet. `posted` is told what was, so that a failed attempt is made again. */
export function paced<T>({
  pace: { changedMs, unchangedMs },
  nameOf,
  contentOf,
}: {
  readonly pace: Pace;
  readonly nameOf: (thing: T) => string;
  readonly contentOf: (thing: T) => string;
}): {
  due(things: readonly T[], at: EpochMs): readonly T[];
  posted(things: readonly T[], at: EpochMs): void;
} {
  const known = new Map<string, { readonly content: string; readonly at: EpochMs }>();
  return {
    due: (things, at) =>
      things.filter((thing) => {
        const last = known.get(nameOf(thing));
        if (last === undefined) return true;
        const passedMs = at - last.at;
        // A clock that was set back holds nothing up.
        if (passedMs >= unchangedMs || passedMs < 0) return true;
        return passedMs >= changedMs && last.content !== contentOf(thing);
      }),
    posted(things, at) {
      for (const thing of things) known.set(nameOf(thing), { content: contentOf(thing), at });
    },
  };
}
