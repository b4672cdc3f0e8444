/** An answer that says no; `status` 0: no answer at all. */
export class ApiError extends Error {
  override name = 'ApiError';
  readonly status: number;
  readonly code: string;
  /** The whole answer, as JSON. */
  readonly answer: unknown;
  constructor(status: number, code: string, message: string, answer?: unknown) {
    super(message);
    this.status = status;
    this.code = code;
    this.answer = answer;
  }
}

const TOKEN = 'kaidong.token';
export const setToken = (token: string): void => sessionStorage.setItem(TOKEN, token);

/** Address below the page's own base, so that any base path works. */
export const addressOf = (path: string): string =>
  new URL(path, document.baseURI.replace(/[#?].*$/, '')).href;

/**
 * The header of a token; none for what can't stand in a header, such as a word typed in Chinese: sent, it would look like
 * a service that gives no answer, while without it the service asks for a token.
 */
export const bearer = (token: string): Record<string, string> =>
  /^[\x21-\x7e]+$/.test(token) ? { authorization: `Bearer ${token}` } : {};

export const authorization = (): Record<string, string> => bearer(sessionStorage.getItem(TOKEN) ?? '');

const TIMEOUT_MS = 15_000;

export interface AskOptions<T> {
  readonly signal?: AbortSignal;
  /** Posted as JSON. */
  readonly body?: unknown;
  /** Posted as it is. */
  readonly file?: Blob;
  readonly timeoutMs?: number;
  /** Makes the answer out of its text; what it throws is an answer that can't be read. */
  readonly read?: (text: string) => T;
}

/** Asks the API. Rejects with {@link ApiError}; an answer that never comes is one with status 0. */
export async function ask<T>(path: string, options: AskOptions<T> = {}): Promise<T> {
  const { response, text } = await exchange(path, options);
  const said = jsonOf(text) as { code?: string; detail?: string } | undefined;
  if (!response.ok) {
    throw new ApiError(response.status, said?.code ?? 'error', said?.detail ?? response.statusText, said);
  }
  // Every answer is an object. What else comes is cut off, or somebody else's: a portal's or a proxy's page.
  if (typeof said !== 'object' || said === null)
    throw new ApiError(response.status, 'answer-not-understood', 'the answer is not JSON, or cut off');
  if (!options.read) return said as T;
  try {
    return options.read(text);
  } catch (error) {
    throw new ApiError(response.status, 'answer-not-understood', (error as Error).message);
  }
}

async function exchange(
  path: string,
  options: AskOptions<unknown>,
): Promise<{ response: Response; text: string }> {
  const timeout = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS);
  const { body, file } = options;
  const posted = file ?? (body === undefined ? undefined : JSON.stringify(body));
  const type = file ? file.type || 'application/octet-stream' : 'application/json';
  try {
    const response = await fetch(addressOf(`api/v1${path}`), {
      method: posted === undefined ? 'GET' : 'POST',
      headers: {
        accept: 'application/json',
        ...authorization(),
        ...(posted === undefined ? {} : { 'content-type': type }),
      },
      ...(posted === undefined ? {} : { body: posted }),
      signal: options.signal ? AbortSignal.any([options.signal, timeout]) : timeout,
    });
    return { response, text: await response.text() };
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new ApiError(0, 'no-answer', (error as Error).message);
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A query string out of names and values; without those that are `null`. */
export const query = (values: Readonly<Record<string, string | number | null>>): string =>
  `?${new URLSearchParams(
    Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [[name, String(value)]])),
  )}`;
