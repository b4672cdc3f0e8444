/** Something that is said of a stop and waits to be heard, or was refused. */
export interface Waiting {
  /** What it is said under: sent twice, it is said once. */
  readonly id: string;
  /** Below `/annotations`. */
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** When it was said, by this device's clock. */
  readonly takenAt: number;
  /** Why it was refused; `null`: it waits. */
  readonly refused: string | null;
}

/** What became of one that was sent: `later` keeps it, and all behind it, in their order. */
export type Sent =
  | { readonly is: 'taken' }
  | { readonly is: 'later' }
  | { readonly is: 'refused'; readonly why: string };

export interface Shelf {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

const KEY = 'kaidong.stops.waiting';

/** What was said and isn't heard yet, kept through reloads, sent one after another in the order in which it was said. */
export function createQueue({
  shelf,
  send,
  now = Date.now,
}: {
  readonly shelf: Shelf;
  readonly send: (path: string, body: Readonly<Record<string, unknown>>) => Promise<Sent>;
  readonly now?: () => number;
}) {
  const listeners = new Set<() => void>();
  let items: readonly Waiting[] = kept(shelf);
  let running: Promise<void> | undefined;
  const change = (next: readonly Waiting[]): void => {
    items = next;
    shelf.setItem(KEY, JSON.stringify(items));
    for (const listener of listeners) listener();
  };
  const sendAll = async (): Promise<void> => {
    for (;;) {
      const next = items.find(({ refused }) => refused === null);
      if (!next) return;
      const { id, path, body, takenAt } = next;
      const sent = await send(path, { ...body, id, takenAt, sentAt: Math.max(now(), takenAt) });
      if (sent.is === 'later') return;
      change(
        sent.is === 'taken'
          ? items.filter((one) => one.id !== id)
          : items.map((one) => (one.id === id ? { ...one, refused: sent.why } : one)),
      );
    }
  };
  return {
    items: () => items,
    add(id: string, path: string, body: Readonly<Record<string, unknown>>): void {
      change([...items, { id, path, body, takenAt: now(), refused: null }]);
    },
    /** Sends what waits; two calls send nothing twice. */
    flush(): Promise<void> {
      running ??= sendAll().finally(() => {
        running = undefined;
      });
      return running;
    },
    drop(id: string): void {
      change(items.filter((one) => one.id !== id));
    },
    watch(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function kept(shelf: Shelf): readonly Waiting[] {
  try {
    const read: unknown = JSON.parse(shelf.getItem(KEY) ?? '[]');
    return Array.isArray(read) ? (read as Waiting[]) : [];
  } catch {
    return [];
  }
}
