import type { ReasonTree } from '../stops/answers.ts';

/** A tree is asked for again when it is looked at and is older than this. */
const FRESH_MS = 300_000;
/** After a question that failed. */
const AGAIN_MS = 15_000;
const LEVELS_OF_SITE = 2;

/** The reasons of the sites that the page shows. */
export interface ReasonTrees {
  /** The reasons of the site that a machine or a line belongs to; `undefined`: not known yet, or it lies in none. Asks for them where they are wanted. */
  of(path: string): ReasonTree | undefined;
  /** Calls whenever a tree came; returns what ends that. */
  watch(listener: () => void): () => void;
}

/** Trees, each asked for once by however many look at it; the old one stays while a new one is asked for, and when that fails. */
export function createReasonTrees({
  fetchTree,
  now,
}: {
  /** Resolves `null` where there is no such site. */
  fetchTree(site: string): Promise<ReasonTree | null>;
  now(): number;
}): ReasonTrees {
  const trees = new Map<string, ReasonTree>();
  const due = new Map<string, number>();
  const listeners = new Set<() => void>();
  const ask = async (site: string): Promise<void> => {
    due.set(site, Number.POSITIVE_INFINITY);
    try {
      const tree = await fetchTree(site);
      due.set(site, now() + FRESH_MS);
      if (tree === null) return;
      trees.set(site, tree);
      for (const listener of listeners) listener();
    } catch {
      due.set(site, now() + AGAIN_MS);
    }
  };
  return {
    of(path) {
      const levels = path.split('/');
      if (levels.length < LEVELS_OF_SITE) return undefined;
      const site = levels.slice(0, LEVELS_OF_SITE).join('/');
      if (now() >= (due.get(site) ?? Number.NEGATIVE_INFINITY)) void ask(site);
      return trees.get(site);
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
