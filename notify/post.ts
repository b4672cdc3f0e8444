import type { DurationMs, EpochMs } from '../domain/time.ts';
import type { Channel, Verdict } from './channel.ts';
import { kindOf } from './channels/index.ts';
import type { Message } from './message.ts';

/** An answer is waited for so long; a receiver that needs more for one message is in trouble. */
const TIMEOUT_MS = 10_000;
const LARGEST_ANSWER_BYTES = 64 * 1024;
/** A receiver that asks for more patience than this is asked again after it. */
const LONGEST_RETRY_AFTER_MS = 3_600_000;
/** The request came too early or too often, or nobody took the time. */
const PASSING = new Set([408, 409, 423, 425, 429]);

/** Sends a message to a channel once. Never rejects; the verdict's words have no address, and no secret, in them. */
export async function post({
  channel,
  message,
  at,
  timeoutMs = TIMEOUT_MS,
  stop,
}: {
  readonly channel: Pick<Channel, 'kind' | 'url' | 'secret' | 'language'>;
  readonly message: Message;
  readonly at: EpochMs;
  readonly timeoutMs?: DurationMs;
  /** Hangs up. */
  readonly stop?: AbortSignal | undefined;
}): Promise<Verdict> {
  const kind = kindOf(channel.kind);
  const { url, headers, body } = kind.request({ channel, message, at });
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'user-agent': 'kaidong' },
      body,
      // A signed message goes where the configuration says, and nowhere else.
      redirect: 'manual',
      signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(stop ? [stop] : [])]),
    });
    const text = await beginningOf(response);
    return response.ok ? kind.verdict(text) : refused(response, at);
  } catch (error) {
    return { is: 'again', why: troubleOf(error, timeoutMs) };
  }
}

function refused({ status, headers }: Response, at: EpochMs): Verdict {
  const why = `HTTP ${status}`;
  if (status >= 300 && status < 400) {
    return { is: 'never', why: `${why}: a redirection is not followed; write the final address` };
  }
  if (status < 500 && !PASSING.has(status)) return { is: 'never', why };
  const afterMs = retryAfter(headers.get('retry-after'), at);
  return afterMs === null ? { is: 'again', why } : { is: 'again', why, afterMs };
}

/** What `Retry-After` asks for: seconds, or a date (RFC 9110 section 10.2.3). `null`: nothing that can be understood. */
export function retryAfter(value: string | null, at: EpochMs): DurationMs | null {
  if (value === null) return null;
  const ms = /^\s*\d{1,9}\s*$/.test(value) ? Number(value) * 1000 : Date.parse(value) - at;
  return Number.isNaN(ms) ? null : Math.min(Math.max(0, ms), LONGEST_RETRY_AFTER_MS);
}

/** As much of an answer as is of interest; a receiver that answers without end is hung up on. */
async function beginningOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk as Uint8Array);
    bytes += (chunk as Uint8Array).length;
    if (bytes >= LARGEST_ANSWER_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, LARGEST_ANSWER_BYTES).toString('utf8');
}

/** An error's code says enough; its message may repeat the address. What `fetch` refuses by itself has a cause without code. */
function troubleOf(error: unknown, timeoutMs: DurationMs): string {
  const { name, cause } = error as Error & { cause?: { code?: unknown; message?: unknown } };
  if (name === 'TimeoutError') return `no answer within ${timeoutMs / 1000} s`;
  const said = [cause?.code, cause?.message, name].find((word) => typeof word === 'string');
  return `no connection (${said})`;
}
