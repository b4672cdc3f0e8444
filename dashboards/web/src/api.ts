/** What the API serves, as JSON gives it: times are ISO 8601 strings. Only what the page reads is listed. */
export type StateName =
  | 'running'
  | 'setup'
  | 'idle'
  | 'blocked'
  | 'starved'
  | 'held'
  | 'down'
  | 'planned-stop'
  | 'off'
  | 'unknown';

export interface MachineNow {
  readonly path: string;
  readonly declared: boolean;
  readonly state: StateName;
  readonly reason: string | null;
  readonly since: string | null;
  readonly lastHeard: string | null;
  readonly stale: boolean;
  readonly source: string | null;
}

export interface Plant {
  readonly asOf: string;
  readonly machines: readonly MachineNow[];
}

export interface MachineDetail extends MachineNow {
  readonly signals: readonly {
    name: string;
    unit: string | null;
    kind: string;
    value: string | number | boolean;
    ts: string;
  }[];
  readonly config: { readonly zone?: string };
}

export interface Interval {
  readonly from: string;
  readonly to: string;
  readonly state: StateName;
  readonly raw: string | null;
  readonly reason: string | null;
  readonly source: string;
}

export interface Timeline {
  readonly from: string;
  readonly to: string;
  readonly asOf: string;
  readonly intervals: readonly Interval[];
}

export type TimeClass =
  | 'running'
  | 'changeover'
  | 'minorStop'
  | 'delay'
  | 'breakdown'
  | 'idle'
  | 'unknown'
  | 'plannedStop'
  | 'notScheduled'
  | 'extra';

export interface RowKey {
  readonly machine?: string;
  readonly shift?: string | null;
  readonly day?: string;
}

export interface LedgerRow {
  readonly key: RowKey;
  readonly from: string;
  readonly to: string;
  readonly ms: Readonly<Record<TimeClass, number>>;
  readonly counts: { produced: number; good: number; reject: number; duringUnknown: number; extra: number };
  readonly revision: number;
  readonly digest: string;
  readonly flags: readonly string[];
}

export interface Ledger {
  readonly asOf: string;
  readonly rows: readonly LedgerRow[];
}

export interface Figure {
  readonly kpi: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly coverage: number | null;
  readonly formulaVersion: string;
  readonly revision: number;
  readonly digest: string;
  readonly flags: readonly string[];
  readonly notAssessable: boolean;
}

export interface Kpis {
  readonly rows: readonly {
    readonly key: RowKey;
    readonly from: string;
    readonly to: string;
    readonly figures: readonly Figure[];
  }[];
}

export type BookCounts = Readonly<Record<string, number>>;

export interface Books {
  readonly asOf: string;
  readonly messages: BookCounts;
  readonly observations: BookCounts;
  readonly sources: readonly { source: string; messages: BookCounts; observations: BookCounts }[];
}

export interface RefusedPage {
  readonly items: readonly {
    id: number;
    topic: string;
    receivedAt: string;
    code: string;
    detail: string;
    payloadBase64: string;
    truncated: boolean;
  }[];
  readonly next: string | null;
}

/** An answer that says no; `status` 0: no answer at all. */
export class ApiError extends Error {
  override name = 'ApiError';
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const TOKEN = 'kaidong.token';
export const setToken = (token: string): void => sessionStorage.setItem(TOKEN, token);

/** Address below the page's own base, so that any base path works. */
export const addressOf = (path: string): string =>
  new URL(path, document.baseURI.replace(/[#?].*$/, '')).href;

export function authorization(): Record<string, string> {
  const token = sessionStorage.getItem(TOKEN);
  return token ? { authorization: `Bearer ${token}` } : {};
}

const TIMEOUT_MS = 15_000;

/** Asks the API. Rejects with {@link ApiError}; an answer that never comes is one with status 0. */
export async function ask<T>(
  path: string,
  options: { signal?: AbortSignal; body?: unknown } = {},
): Promise<T> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const post = options.body !== undefined;
  let response: Response;
  try {
    response = await fetch(addressOf(`api/v1${path}`), {
      method: post ? 'POST' : 'GET',
      headers: {
        accept: 'application/json',
        ...authorization(),
        ...(post ? { 'content-type': 'application/json' } : {}),
      },
      ...(post ? { body: JSON.stringify(options.body) } : {}),
      signal: options.signal ? AbortSignal.any([options.signal, timeout]) : timeout,
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new ApiError(0, 'no-answer', (error as Error).message);
  }
  const body = (await response.json().catch(() => undefined)) as
    | { code?: string; detail?: string }
    | undefined;
  if (!response.ok)
    throw new ApiError(response.status, body?.code ?? 'error', body?.detail ?? response.statusText);
  if (body === undefined) throw new ApiError(0, 'no-answer', 'the answer was cut off');
  return body as T;
}

/** A query string out of names and values. */
export const query = (values: Readonly<Record<string, string | number>>): string =>
  `?${new URLSearchParams(Object.entries(values).map(([name, value]) => [name, String(value)]))}`;
