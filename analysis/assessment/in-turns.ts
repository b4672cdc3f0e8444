import { createHash } from 'node:crypto';
import { createBreather } from '../breathe.ts';

/** Runs work that goes in steps, letting other work run in between. Rejects with the signal's reason. */
export async function inTurns<T>(steps: Generator<void, T, void>, signal?: AbortSignal): Promise<T> {
  const breathe = createBreather();
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await breathe();
    signal?.throwIfAborted();
  }
}

/** SHA-256 of a text that comes in pieces. */
export async function digestInTurns(pieces: Iterable<string>, signal?: AbortSignal): Promise<string> {
  const breathe = createBreather();
  const hash = createHash('sha256');
  for (const piece of pieces) {
    hash.update(piece);
    await breathe();
    signal?.throwIfAborted();
  }
  return hash.digest('hex');
}
