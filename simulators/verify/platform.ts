import { setTimeout as sleep } from 'node:timers/promises';
import type { Span } from '../../domain/time.ts';

/** The parts of the platform's answers that are verified, as JSON has them. */
export interface LedgerRowAnswer {
  readonly key: Readonly<Record<string, string | null>>;
  readonly ms: Readonly<Record<string, number>>;
  readonly runningUs: Readonly<Record<string, number | string>> | null;
  readonly counts: Readonly<Record<string, number>>;
  readonly quality?: { readonly rework: number | null };
  readonly flags?: readonly string[];
}

export interface TimelineIntervalAnswer {
  readonly from: string;
  readonly to: string;
  readonly state: string;
}

export interface MessageBooksAnswer {
  readonly received: number;
  readonly stored: number;
  readonly duplicate: number;
  readonly refused: number;
  readonly ignored: number;
  readonly spooled: number;
  readonly inFlight: number;
}

export interface ObservationBooksAnswer extends MessageBooksAnswer {
  readonly thinned: number;
  readonly replaced: number;
}

export interface BooksOfPlatform {
  readonly messages: MessageBooksAnswer;
  readonly observations: ObservationBooksAnswer;
  readonly sources: readonly {
    readonly source: string;
    readonly messages: MessageBooksAnswer;
    readonly observations: ObservationBooksAnswer;
  }[];
}

export interface Platform {
  ledger(query: Span & { readonly scope: string; readonly by: string }): Promise<readonly LedgerRowAnswer[]>;
  timeline(query: Span & { readonly machine: string }): Promise<readonly TimelineIntervalAnswer[]>;
  books(): Promise<BooksOfPlatform>;
}

export interface PlatformOptions {
  /** `http://host:port`, with the base path if there is one. */
  readonly url: string;
  readonly token?: string | undefined;
  readonly signal: AbortSignal;
  /** Waits between two attempts. */
  readonly pause?: (ms: number) => Promise<void>;
}

/** With their pauses half a minute: a platform that is started at the same time opens its store first. */
const ATTEMPTS = 20;
const LONGEST_PAUSE_MS = 2000;

/** Asks the platform over HTTP. A busy or restarting platform is asked again; any other refusal is an error. */
export function platformAt({ url, token, signal, pause }: PlatformOptions): Platform {
  const wait = pause ?? ((ms: number) => sleep(ms, undefined, { signal }));
  const ask = async <T>(path: string, query: Record<string, string | number>): Promise<T> => {
    const address = new URL(`${url.replace(/\/+$/, '')}/api/v1${path}`);
    for (const [name, value] of Object.entries(query)) address.searchParams.set(name, String(value));
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    for (let attempt = 1; ; attempt++) {
      const response = await fetch(address, { headers, signal }).catch((error: Error) => error);
      if (response instanceof Response && response.ok) return (await response.json()) as T;
      const again =
        response instanceof Error ? !signal.aborted : [429, 502, 503, 504].includes(response.status);
      if (!again || attempt === ATTEMPTS) {
        const why =
          response instanceof Error ? response.message : `${response.status} ${await response.text()}`;
        throw new Error(`${address}: ${why}; is this the address of a running kaidong?`);
      }
      const retryAfter = response instanceof Response ? Number(response.headers.get('retry-after')) : 0;
      await wait(Math.max(Math.min(250 * attempt, LONGEST_PAUSE_MS), retryAfter * 1000));
    }
  };
  return {
    // `asOf` is the end of the truth, so that nothing depends on when the question is asked.
    ledger: async ({ scope, by, from, to }) =>
      (await ask<{ rows: LedgerRowAnswer[] }>('/ledger', { scope, by, from, to, asOf: to })).rows,
    timeline: async ({ machine, from, to }) =>
      (await ask<{ intervals: TimelineIntervalAnswer[] }>('/timeline', { machine, from, to, asOf: to }))
        .intervals,
    books: () => ask<BooksOfPlatform>('/ingest/books', {}),
  };
}
