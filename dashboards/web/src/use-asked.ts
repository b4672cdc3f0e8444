import { useCallback, useEffect, useState } from 'preact/hooks';
import { ApiError, ask } from './api.ts';

/** Where a question to the API stands. An old answer stays while a new one is fetched, or when that fails. */
export interface Asked<T> {
  readonly answer: T | undefined;
  readonly error: ApiError | undefined;
  again(): void;
}

/**
 * Asks the API for `path` and again every `everyMs`; `null` asks nothing. A newer question aborts the older. `read` makes the
 * answer out of its text, and is the same function each time.
 */
export function useAsked<T>(path: string | null, everyMs?: number, read?: (text: string) => T): Asked<T> {
  const [state, setState] = useState<{
    path: string | null;
    answer: T | undefined;
    error: ApiError | undefined;
  }>({
    path,
    answer: undefined,
    error: undefined,
  });
  const [turn, setTurn] = useState(0);
  const again = useCallback(() => setTurn((count) => count + 1), []);
  useEffect(() => {
    if (path === null) return;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const fetchOnce = async (): Promise<void> => {
      try {
        const answer = await ask<T>(path, { signal: stop.signal, ...(read ? { read } : {}) });
        setState({ path, answer, error: undefined });
      } catch (error) {
        if (stop.signal.aborted) return;
        const told = error instanceof ApiError ? error : new ApiError(0, 'error', String(error));
        setState((old) => ({ path, answer: old.path === path ? old.answer : undefined, error: told }));
      }
      if (everyMs !== undefined && !stop.signal.aborted) timer = setTimeout(fetchOnce, everyMs);
    };
    void fetchOnce();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [path, everyMs, read, turn]);
  return state.path === path ? { ...state, again } : { answer: undefined, error: undefined, again };
}
