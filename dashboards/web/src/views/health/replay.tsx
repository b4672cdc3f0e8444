import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { type ApiError, ask } from '../../api.ts';
import type { Replayed } from '../../health/answers.ts';
import { fill, useSpeech } from '../../i18n/index.ts';
import { IngestFailure } from './ingest-failure.tsx';

/** A replay of everything that fits may take minutes. */
const PATIENCE_MS = 600_000;

type Selection = { readonly ids: readonly number[] } | { readonly code?: string; readonly topic?: string };

interface Replay {
  readonly running: boolean;
  /** What came of the last one. */
  readonly told: ComponentChildren;
  /** Messages that were on the page when they were replayed: those still there were refused again. */
  readonly tried: ReadonlySet<number>;
  run(selection: Selection, onPage: readonly number[]): void;
}

/** Sends messages through ingest again, and tells the outcome. */
export function useReplay(done: () => void): Replay {
  const { words } = useSpeech();
  const [state, setState] = useState<{
    readonly running: boolean;
    readonly outcome: Replayed | ApiError | null;
    readonly tried: ReadonlySet<number>;
  }>({ running: false, outcome: null, tried: new Set() });
  const run = async (selection: Selection, onPage: readonly number[]): Promise<void> => {
    setState(({ tried }) => ({ running: true, outcome: null, tried }));
    try {
      const outcome = await ask<Replayed>('/ingest/refused/replay', {
        body: selection,
        timeoutMs: PATIENCE_MS,
      });
      setState(({ tried }) => ({ running: false, outcome, tried: new Set([...tried, ...onPage]) }));
    } catch (error) {
      setState(({ tried }) => ({ running: false, outcome: error as ApiError, tried }));
    }
    done();
  };
  const { running, outcome, tried } = state;
  const failed = outcome instanceof Error;
  return {
    running,
    tried,
    run: (selection, onPage) => void run(selection, onPage),
    told: (
      <>
        <p role="status" class="replay-told">
          {running ? words.dataHealth.replaying : null}
          {outcome && !failed ? (
            <strong class={outcome.refused > 0 ? 'verdict failed' : 'verdict passed'}>
              {fill(words.dataHealth.replayed, { ...outcome })}
            </strong>
          ) : null}
        </p>
        {failed ? <IngestFailure error={outcome} again={done} /> : null}
      </>
    ),
  };
}
