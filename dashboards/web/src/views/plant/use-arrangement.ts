import { useEffect, useMemo, useReducer, useRef } from 'preact/hooks';
import { inScope } from '../../../../../domain/path.ts';
import type { StateName } from '../../api.ts';
import { arrange, followsStates, type Group, type PlantQuestion, sameGroups } from '../../plant/arrange.ts';
import { usePlant } from '../../plant/use-plant.ts';

/** Order by state would never come to rest under many changes a second. */
const SETTLE_MS = 1000;

export interface Arrangement {
  readonly groups: readonly Group[];
  /** Of the whole scope, whatever is filtered. */
  readonly counts: ReadonlyMap<StateName, number>;
  readonly inScope: number;
  readonly shown: number;
}

/** The machines asked for in their groups, and how many are in which state; `undefined` until the first answer. */
export function useArrangement(question: PlantQuestion): Arrangement | undefined {
  const { store } = usePlant();
  const [turn, again] = useReducer((count: number) => count + 1, 0);
  const last = useRef<readonly Group[]>([]);
  const membership = useRef(store.membership);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const changed = (): void => {
      if (store.membership !== membership.current) {
        membership.current = store.membership;
        again(undefined as never);
        return;
      }
      timer ??= setTimeout(() => {
        timer = undefined;
        again(undefined as never);
      }, SETTLE_MS);
    };
    changed();
    const unwatch = store.watchAll(changed);
    return () => {
      unwatch();
      clearTimeout(timer);
    };
  }, [store]);
  const { machines } = store;
  // Where only places count, changes of state leave the order as it is.
  const order = followsStates(question) ? turn : store.membership;
  const asked = JSON.stringify(question);
  const groups = useMemo(() => {
    const next = machines ? arrange(machines.values(), question) : [];
    if (!sameGroups(last.current, next)) last.current = next;
    return last.current;
  }, [machines, order, asked]);
  if (!machines) return undefined;
  const counts = new Map<StateName, number>();
  for (const { path, state } of machines.values()) {
    if (inScope(path, question.scope)) counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return {
    groups,
    counts,
    inScope: [...counts.values()].reduce((sum, count) => sum + count, 0),
    shown: groups.reduce((sum, { paths }) => sum + paths.length, 0),
  };
}
