import { useRef } from 'preact/hooks';
import type { Asked } from '../use-asked.ts';

/** The newest answer to any question about the same thing: what is shown stays while the question moves on with the clock. */
export function useKept<T>(asked: Asked<T>, thing: string): T | undefined {
  const kept = useRef<{ readonly thing: string; readonly answer: T } | undefined>(undefined);
  if (asked.answer !== undefined) kept.current = { thing, answer: asked.answer };
  return kept.current?.thing === thing ? kept.current.answer : undefined;
}
