import { expect, test } from 'vitest';
import { newFolder, startService } from './kaidong.ts';
import { connectPublisher } from './publisher.ts';

const MACHINE = 'acme/zhoushan/moulding/line1/imm-01';

interface Event {
  readonly id: string;
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Reads server-sent events until the reader stops. */
async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Event> {
  let text = '';
  for await (const chunk of body.pipeThrough(
    new TextDecoderStream() as never,
  ) as unknown as AsyncIterable<string>) {
    text += chunk;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const fields = new Map(
        text
          .slice(0, end)
          .split('\n')
          .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
      );
      text = text.slice(end + 2);
      if (!fields.has('event')) continue;
      yield {
        id: fields.get('id') ?? '',
        event: fields.get('event')!,
        data: JSON.parse(fields.get('data') ?? 'null'),
      };
    }
  }
}

async function stateOf(events: AsyncGenerator<Event>, state: string): Promise<Event> {
  for (;;) {
    const { value, done } = await events.next();
    if (done) throw new Error('the stream ended');
    if (value.event === 'state' && value.data.state === state) return value;
  }
}

test('/live tells of a state as it changes, and resumes after Last-Event-ID', async () => {
  using folder = newFolder();
  await using platform = await startService({ cwd: folder.path });
  await using machine = await connectPublisher(platform.mqtt);
  const open = async (headers: Record<string, string>) => {
    const response = await fetch(`${platform.http}/api/v1/live`, { headers });
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    return eventsOf(response.body!);
  };
  const events = await open({});
  const ts = Date.now() - 30_000;
  await machine.publish(`kaidong/v1/${MACHINE}`, { ts, state: 'running' });
  const running = await stateOf(events, 'running');
  expect(running.data).toEqual({
    machine: MACHINE,
    state: 'running',
    reason: null,
    since: new Date(ts).toISOString(),
  });
  await events.return(undefined);

  await machine.publish(`kaidong/v1/${MACHINE}`, { ts: ts + 1000, state: 'down', reason: 'jam' });
  const resumed = await open({ 'last-event-id': running.id });
  const down = await stateOf(resumed, 'down');
  expect(down.data).toMatchObject({ machine: MACHINE, reason: 'jam' });
  expect(Number(down.id)).toBeGreaterThan(Number(running.id));
  await resumed.return(undefined);
  expect((await platform.stop()).code).toBe(0);
});
