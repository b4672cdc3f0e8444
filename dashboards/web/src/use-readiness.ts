import { useEffect, useState } from 'preact/hooks';
import { addressOf } from './api.ts';

/** A part of the service that `/readyz` tells of. */
export interface Part {
  readonly part: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly message: { readonly zh: string; readonly en: string };
  /** `null`: nothing needs doing. */
  readonly remedy: { readonly zh: string; readonly en: string } | null;
}

const EVERY_MS = 5000;
const TIMEOUT_MS = 10_000;

/**
 * A busy service may be too slow with one look into its store: that it can't be read is told once two looks in a row say
 * so. What else fails is told at once.
 */
export const steadied = (before: readonly Part[], now: readonly Part[]): readonly Part[] =>
  now.map((part) => {
    const last = before.find((other) => other.part === part.part);
    return part.part === 'analysis' && !part.ok && last?.ok ? last : part;
  });

/** The parts of the service, asked again and again; empty while it gives no answer, which the live connection tells. */
export function useReadiness(): readonly Part[] {
  const [parts, setParts] = useState<readonly Part[]>([]);
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let read: readonly Part[] = [];
    const askOnce = async (): Promise<void> => {
      try {
        const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(TIMEOUT_MS)]);
        // 503 says that a part isn't ready, and which.
        const response = await fetch(addressOf('readyz'), { signal });
        const said = ((await response.json()) as { parts: readonly Part[] }).parts;
        setParts(steadied(read, said));
        read = said;
      } catch {
        if (!stop.signal.aborted) setParts([]);
      }
      if (!stop.signal.aborted) timer = setTimeout(askOnce, EVERY_MS);
    };
    void askOnce();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, []);
  return parts;
}
