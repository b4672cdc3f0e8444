import { createContext } from 'preact';
import { useContext, useLayoutEffect, useReducer } from 'preact/hooks';
import type { MachineNow } from '../api.ts';
import { type Feed, feedPlant } from './feed.ts';
import { createLink, type Link, type LinkState } from './link.ts';
import { createPlantStore, type PlantStore } from './store.ts';

export interface PlantConnection {
  readonly store: PlantStore;
  readonly link: Link;
  again(): void;
}

/** Between two drawings: a wall is looked at, not played, and a slow computer hangs behind many. */
const PACE_MS = 150;

/** Calls in the next frame that is far enough from the last one; a change that comes alone doesn't wait. */
function pacedFrames(): (draw: () => void) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (draw) => {
    const frame = (): void => {
      requestAnimationFrame((now) => {
        last = now;
        draw();
      });
    };
    const waitMs = last + PACE_MS - performance.now();
    if (waitMs > 0) setTimeout(frame, waitMs);
    else frame();
  };
}

/** One connection for the whole page; it is opened once, and ends with the page. */
export function openPlant(): PlantConnection & Pick<Feed, 'stop'> {
  const store = createPlantStore(pacedFrames());
  const link = createLink();
  const feed = feedPlant(store, link);
  return { store, link, again: feed.again, stop: feed.stop };
}

export const PlantContext = createContext<PlantConnection | undefined>(undefined);

export function usePlant(): PlantConnection {
  const plant = useContext(PlantContext);
  if (!plant) throw new Error('there is no PlantContext above');
  return plant;
}

/** Draws again when `watch` tells. Watches before anything else can run, so that no change falls in between. */
export function useWatched(watch: (listener: () => void) => () => void, what: readonly unknown[]): void {
  const [, draw] = useReducer((count: number) => count + 1, 0);
  useLayoutEffect(() => watch(() => draw(undefined as never)), what);
}

/** How the page stands to the service. */
export function useLink(): LinkState {
  const { link } = usePlant();
  useWatched((listener) => link.watch(listener), [link]);
  return link.state;
}

/** One machine as it stands, drawn again when it changes. */
export function useMachine(path: string): MachineNow | undefined {
  const { store } = usePlant();
  useWatched((listener) => store.watch(path, listener), [store, path]);
  return store.machines?.get(path);
}
