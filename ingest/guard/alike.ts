import type { SignalType } from '../../domain/observation.ts';

/*
 * Machines of one make report the same signals in the same order. What is the same for thousands of them is kept once: that
 * saves memory, the collecting of it and the processor's caches, and two lists that are one object need no comparing.
 */

/** Of each kind; when there are more, it begins anew, and what is in use stays as it is. */
const MOST_KNOWN = 4_096;

/** What gives the same object for the same content. `keyOf` must tell contents apart. */
export function keptOnce<T>(keyOf: (content: T) => string): (content: T) => T {
  const known = new Map<string, T>();
  return (content) => {
    const key = keyOf(content);
    const same = known.get(key);
    if (same !== undefined) return same;
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(key, content);
    return content;
  };
}

/** Names of signals, which hold no control character. */
export const alikeNames = keptOnce((names: readonly string[]) => names.join('\n'));

/** What a shape knows of its signals beside their names. */
export interface Makeup {
  readonly types: readonly SignalType[];
  readonly allDoubles: boolean;
  /** Of the machine's window. */
  readonly columns: readonly number[];
  /** The least width of a window that has them all. */
  readonly width: number;
}

export const alikeMakeup = keptOnce(({ types, columns }: Makeup) => `${types.join()} ${columns.join()}`);

/** A signal of a machine. */
export interface SignalEntry {
  readonly name: string;
  readonly type: SignalType;
  /** The signal's column in the machine's window. */
  readonly column: number;
}

export const alikeSignal = keptOnce(({ name, type, column }: SignalEntry) => `${name}\n${type}\n${column}`);
