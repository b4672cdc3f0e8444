import { useEffect, useReducer } from 'preact/hooks';
import { ApiError, ask } from '../api.ts';
import { createQueue, type Sent } from './queue.ts';

/** What waits is tried again this often. */
const AGAIN_MS = 3000;

async function send(path: string, body: Readonly<Record<string, unknown>>): Promise<Sent> {
  try {
    await ask(`/annotations${path}`, { body });
    return { is: 'taken' };
  } catch (error) {
    if (!(error instanceof ApiError)) return { is: 'later' };
    // No answer, no right yet, or a service that is in trouble: it waits.
    const waits = error.status === 0 || error.status === 401 || error.status === 429 || error.status >= 500;
    return waits ? { is: 'later' } : { is: 'refused', why: error.message, code: error.code };
  }
}

/** One for the page: what was said waits here whatever view is open. */
const queue = createQueue({ shelf: localStorage, send });
addEventListener('online', () => void queue.flush());
addEventListener('storage', queue.reread);
setInterval(() => void queue.flush(), AGAIN_MS);

/** The queue of what was said; draws again when it changes. */
export function useQueue(): typeof queue {
  const [, draw] = useReducer((count: number, _: undefined) => count + 1, 0);
  useEffect(() => queue.watch(() => draw(undefined)), []);
  return queue;
}

/** A random name; also where the page isn't served securely, and so has no `crypto.randomUUID`. */
export const newId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

const DEVICE = 'kaidong.stops.device';

/** What signs where nobody gave a name: the word for a tablet, in the language of who uses it first, and a number. */
export function deviceName(word: string): string {
  const known = localStorage.getItem(DEVICE);
  if (known) return known;
  const made = `${word} ${newId().slice(0, 4)}`;
  localStorage.setItem(DEVICE, made);
  return made;
}
