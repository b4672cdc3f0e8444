import { addressOf, authorization, type Figure, type StateName } from './api.ts';

export type LiveMessage =
  | {
      event: 'state';
      data: { machine: string; state: StateName; reason: string | null; since: string | null };
    }
  | {
      event: 'figure';
      data: { key: { machine?: string }; kpi: string; revision: number } & Pick<
        Figure,
        'value' | 'low' | 'high' | 'notAssessable'
      >;
    }
  | { event: 'reset'; data: unknown };

export interface LiveListener {
  message(message: LiveMessage): void;
  /** Something came, if only the comment that tells that the service is still there. */
  heard(): void;
  connected(connected: boolean): void;
}

const RETRY_MS = 2000;
/** The service sends a comment every 15 s; a connection silent for longer is dead. */
const SILENCE_MS = 40_000;

/**
 * Follows `/live` until the signal aborts. Reads the stream with fetch, since EventSource can't carry a token; resumes
 * after the last event it has seen.
 */
export async function follow(listener: LiveListener, signal: AbortSignal): Promise<void> {
  let lastId: string | undefined;
  while (!signal.aborted) {
    const connection = new AbortController();
    const stop = (): void => connection.abort();
    signal.addEventListener('abort', stop, { once: true });
    let watchdog = setTimeout(stop, SILENCE_MS);
    try {
      const response = await fetch(addressOf('api/v1/live'), {
        headers: {
          accept: 'text/event-stream',
          ...authorization(),
          ...(lastId ? { 'last-event-id': lastId } : {}),
        },
        signal: connection.signal,
      });
      if (!response.ok || !response.body) throw new Error(`status ${response.status}`);
      listener.connected(true);
      for await (const block of blocksOf(response.body.pipeThrough(new TextDecoderStream()))) {
        clearTimeout(watchdog);
        watchdog = setTimeout(stop, SILENCE_MS);
        listener.heard();
        const { id, event, data } = fieldsOf(block);
        if (id !== undefined) lastId = id;
        if (event && data) listener.message({ event, data: JSON.parse(data) } as LiveMessage);
      }
    } catch {
      // Whatever went wrong, the remedy is the same: say so, wait, connect again.
    }
    clearTimeout(watchdog);
    signal.removeEventListener('abort', stop);
    if (signal.aborted) return;
    listener.connected(false);
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

/** The blocks of an event stream, which blank lines part. */
async function* blocksOf(stream: ReadableStream<string>): AsyncGenerator<string> {
  let buffer = '';
  const reader = stream.getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    buffer += value;
    const blocks = buffer.split(/\r?\n\r?\n/);
    buffer = blocks.pop() ?? '';
    yield* blocks;
  }
}

/** The fields of one block; `data` over several lines is joined, as the standard of server-sent events says. */
export function fieldsOf(block: string): { id?: string; event?: string; data?: string } {
  const fields: Record<string, string> = {};
  for (const line of block.split(/\r?\n/)) {
    const match = /^(id|event|data): ?(.*)$/.exec(line);
    if (match)
      fields[match[1] as string] =
        match[1] === 'data' && fields.data ? `${fields.data}\n${match[2]}` : (match[2] as string);
  }
  return fields;
}
