import type { ApiError } from '../api.ts';

/** How the page stands to the service. */
export interface LinkState {
  /** The live stream is open. */
  readonly connected: boolean;
  /** When the page last heard of the service, by its own clock; `null`: never. */
  readonly heardAt: number | null;
  /** The service's time of the newest whole answer; `null`: none yet. */
  readonly asOf: number | null;
  /** How far the service's clock is ahead of this one's. */
  readonly skewMs: number;
  /** Why the newest question failed. */
  readonly error: ApiError | undefined;
}

export interface Link {
  readonly state: LinkState;
  set(change: Partial<Omit<LinkState, 'heardAt'>>): void;
  /** Something came. That is said too often to draw anything for it; who tells its age looks by the clock. */
  heard(): void;
  watch(listener: () => void): () => void;
}

export function createLink(): Link {
  const listeners = new Set<() => void>();
  let state: LinkState = { connected: false, heardAt: null, asOf: null, skewMs: 0, error: undefined };
  return {
    get state() {
      return state;
    },
    set(change) {
      const next = { ...state, ...change };
      const same = (Object.keys(change) as (keyof LinkState)[]).every((name) => next[name] === state[name]);
      state = next;
      if (!same) for (const listener of listeners) listener();
    },
    heard() {
      state = { ...state, heardAt: Date.now() };
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
