/** What a look into the store found: it can be read, it takes its time, or it isn't there. */
export type Seen =
  | { readonly is: 'read' }
  | { readonly is: 'busy'; readonly waitedMs: number }
  | { readonly is: 'away'; readonly reason: string };

export type StoreLook = () => Promise<Seen>;

export interface StoreLookOptions {
  /** Rejects when the store can't be reached. */
  readonly probe: () => Promise<unknown>;
  /** Monotonic, in ms. */
  readonly clock?: () => number;
  /** Whoever asks is answered after this long at most. */
  readonly slowMs?: number;
  /** Without an answer for this long, the store counts as away. */
  readonly awayMs?: number;
}

const SLOW_MS = 3_000;
const AWAY_MS = 15_000;

/**
 * Looks into the store for whoever asks. A store that refuses is away at once; one that is silent is busy first, since
 * a large question or a history that is being filled in holds it up without an outage. All who ask meanwhile wait for
 * the same look, so that asking doesn't add to what it is busy with.
 */
export function createStoreLook(options: StoreLookOptions): StoreLook {
  const { probe, clock = () => performance.now(), slowMs = SLOW_MS, awayMs = AWAY_MS } = options;
  let underWay: { readonly begun: number; readonly seen: Promise<Seen> } | undefined;
  /** When the first of the looks began that were never answered. */
  let silentSince: number | undefined;

  const begin = (): Promise<Seen> => {
    const begun = clock();
    silentSince ??= begun;
    const seen = probe().then(
      (): Seen => ({ is: 'read' }),
      (error: Error): Seen => ({ is: 'away', reason: error.message }),
    );
    const look = { begun, seen };
    underWay = look;
    void seen.then(() => {
      silentSince = undefined;
      if (underWay === look) underWay = undefined;
    });
    return seen;
  };

  return async () => {
    // One that has waited this long may have been lost; another tells when the store is back.
    const seen = underWay && clock() - underWay.begun < awayMs ? underWay.seen : begin();
    const slow = Promise.withResolvers<undefined>();
    const timer = setTimeout(() => slow.resolve(undefined), slowMs);
    const answer = await Promise.race([seen, slow.promise]);
    clearTimeout(timer);
    if (answer) return answer;
    const waitedMs = Math.round(clock() - (silentSince ?? clock()));
    if (waitedMs < awayMs) return { is: 'busy', waitedMs };
    return { is: 'away', reason: `no answer for ${Math.round(waitedMs / 1000)} s` };
  };
}
