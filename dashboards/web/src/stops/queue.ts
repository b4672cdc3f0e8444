/** Something that is said of a stop and waits to be heard, or was refused. */
export interface Waiting {
  /** What it is said under: sent twice, it is said once. */
  readonly id: string;
  /** Below `/annotations`. */
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** What it says, in the words of whoever said it. */
  readonly label?: string;
  /** When it was said, by this device's clock. */
  readonly takenAt: number;
  /** Why it was refused; `null`: it waits. */
  readonly refused: string | null;
  /** The code of the refusal, by which the page has words of its own for it. */
  readonly code?: string;
}

/** What became of one that was sent: `later` keeps it, and all behind it, in their order. */
export type Sent =
  | { readonly is: 'taken' }
  | { readonly is: 'later' }
  | { readonly is: 'refused'; readonly why: string; readonly code?: string };

export interface Shelf {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

const KEY = 'kaidong.stops.waiting';

/**
 * What was said and isn't heard yet, kept through reloads, sent one after another in the order in which it was said. Several
 * pages of one browser share the shelf: each change is made to what lies there.
 */
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
  /** Whether the shelf holds all of them: one that is full takes nothing. */
  let isShelved = true;
  let running: Promise<void> | undefined;
  const show = (): void => {
    for (const listener of listeners) listener();
  };
  const change = (edit: (items: readonly Waiting[]) => readonly Waiting[]): void => {
    items = edit(isShelved ? kept(shelf) : items);
    try {
      shelf.setItem(KEY, JSON.stringify(items));
      isShelved = true;
    } catch {
      isShelved = false;
    }
    show();
  };
  const sendAll = async (): Promise<void> => {
    for (;;) {
      const next = items.find(({ refused }) => refused === null);
      if (!next) return;
      const { id, path, body, takenAt } = next;
      const sent = await send(path, { ...body, id, takenAt, sentAt: Math.max(now(), takenAt) });
      if (sent.is === 'later') return;
      change((all) => (sent.is === 'taken' ? all.filter((one) => one.id !== id) : refusedIn(all, id, sent)));
    }
  };
  return {
    items: () => items,
    add(id: string, path: string, body: Readonly<Record<string, unknown>>, label?: string): void {
      const said = { id, path, body, takenAt: now(), refused: null, ...(label && { label }) };
      change((all) => [...all, said]);
    },
    /** Sends what waits; two calls send nothing twice. */
    flush(): Promise<void> {
      running ??= sendAll().finally(() => {
        running = undefined;
      });
      return running;
    },
    drop(id: string): void {
      change((all) => all.filter((one) => one.id !== id));
    },
    /** To be called when another page changed the shelf. */
    reread(): void {
      if (isShelved) items = kept(shelf);
      show();
    },
    watch(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Marks one as refused; taking it back means nothing then. */
const refusedIn = (
  all: readonly Waiting[],
  id: string,
  { why, code }: Extract<Sent, { is: 'refused' }>,
): readonly Waiting[] =>
  all
    .filter(({ path }) => path !== undoOf(id))
    .map((one) => (one.id === id ? { ...one, refused: why, ...(code && { code }) } : one));

/** Where something that was said is taken back. */
export const undoOf = (id: string): string => `/${id}/undo`;

function kept(shelf: Shelf): readonly Waiting[] {
  try {
    const read: unknown = JSON.parse(shelf.getItem(KEY) ?? '[]');
    return Array.isArray(read) ? (read as Waiting[]) : [];
  } catch {
    return [];
  }
}
