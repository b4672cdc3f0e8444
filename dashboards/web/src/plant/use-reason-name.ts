import { useLayoutEffect, useReducer } from 'preact/hooks';
import { reasonNameIn } from '../../../../domain/reason-names.ts';
import { ApiError, ask, query } from '../api.ts';
import { useSpeech } from '../i18n/index.ts';
import type { ReasonTree } from '../stops/answers.ts';
import { createReasonTrees, type ReasonTrees } from './reason-trees.ts';

/** One for the page, whatever view is open. */
const trees = createReasonTrees({
  async fetchTree(site) {
    try {
      return await ask<ReasonTree>(`/reason-tree${query({ site })}`);
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return null;
      throw error;
    }
  },
  now: () => performance.now(),
});

/** The page's trees; draws again when one came. */
export function useReasonTrees(): ReasonTrees {
  const [, draw] = useReducer((count: number, _: undefined) => count + 1, 0);
  useLayoutEffect(() => trees.watch(() => draw(undefined)), []);
  return trees;
}

/** What a reason at a machine is called, in the reader's language. */
export type ReasonNaming = (machine: string, reason: string) => string;

/** Names reasons as their site does, else as they are commonly known. Everything that shows a reason asks here. */
export function useReasonName(): ReasonNaming {
  const { language } = useSpeech();
  const known = useReasonTrees();
  return (machine, reason) => reasonNameIn(known.of(machine), reason, language);
}
