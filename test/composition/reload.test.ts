import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readingOf } from '../../composition/mapping.ts';
import { createReload } from '../../composition/reload.ts';
import { ConfigError, loadConfig } from '../../config.ts';
import { imbalance } from '../../domain/books.ts';
import type { TopicFilter } from '../../domain/mapping/filters.ts';
import { bench, message, NOW, send } from '../ingest/harness.ts';

const TOPIC = 'factory/line1/imm-01/data';
const RULE = `rules:
  - id: presses
    topic: factory/{line}/{machine}/data
    machine: acme/zhoushan/moulding/{line}/{machine}
    time: { at: /t, format: s }
    signals: { temperature: /temp, state: { at: /mode, map: { 1: running } } }
`;

/** An ingest under a configuration file, and an edge that grants what it is asked for, or refuses. */
async function world(text: string) {
  const dir = mkdtempSync(join(tmpdir(), 'kaidong-reload-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const file = join(dir, 'kaidong.yaml');
  const write = (content: string): void => writeFileSync(file, content);
  write(text);
  const parts = bench();
  const config = loadConfig({ file });
  const ingest = await parts.start({ mapping: readingOf(config).mapping });
  const edge = {
    asked: [] as (readonly TopicFilter[])[],
    refuses: null as string | null,
    async setTopics(topics: readonly TopicFilter[]) {
      if (edge.refuses !== null) throw new Error(edge.refuses);
      edge.asked.push(topics);
    },
  };
  const reload = createReload({
    config,
    reread: () => loadConfig({ file }),
    ingest,
    edge: edge as never,
    log: () => {},
  });
  return { parts, ingest, edge, reload, write };
}

const PAYLOAD = { t: NOW / 1000, temp: 21.5, mode: 1 };
const STORED = [
  {
    machine: 'acme/zhoushan/moulding/line1/imm-01',
    ts: NOW,
    signals: ['temperature', 'state'],
    values: [21.5, 'running'],
  },
];

test('a message that came before its rule replays to what it would have been', async () => {
  const early = await world(RULE);
  await send(early.ingest, message(TOPIC, PAYLOAD));
  await early.ingest.drained();
  expect(early.parts.store.state.written).toMatchObject(STORED);

  const late = await world('');
  await send(late.ingest, message(TOPIC, PAYLOAD));
  expect(late.ingest.refused({ limit: 10 }).items).toMatchObject([{ code: 'no-rule', topic: TOPIC }]);
  late.write(RULE);
  expect(await late.reload()).toEqual({
    applied: ['rules'],
    restart: [],
    rules: { added: ['presses'], changed: [], removed: [], total: 1 },
  });
  expect(await late.ingest.replay({ code: 'no-rule' })).toEqual({ replayed: 1, stored: 1, refused: 0 });
  await late.ingest.drained();
  expect(late.parts.store.contents.machines).toEqual(early.parts.store.contents.machines);
  const { messages, observations } = late.ingest.books();
  expect([imbalance(messages), imbalance(observations)]).toEqual([0, 0]);
  expect(messages).toMatchObject({ received: 1, stored: 1, refused: 0 });
  expect(observations).toMatchObject({ received: 2, stored: 2, refused: 0 });
});

test("a message that a rule's mistake refused replays under the mended rule", async () => {
  const { ingest, reload, write, parts } = await world(RULE.replace('/temp', '/temperature'));
  await send(ingest, message(TOPIC, PAYLOAD));
  await ingest.drained();
  const [item] = ingest.refused({ limit: 10 }).items;
  expect(item?.detail).toContain('finds nothing at "/temperature"');
  write(RULE);
  expect((await reload()).rules.changed).toEqual(['presses']);
  expect(await ingest.replay({ code: 'rule-mismatch' })).toEqual({ replayed: 1, stored: 1, refused: 0 });
  await ingest.drained();
  const written = parts.store.state.written.flatMap(({ signals, values }) =>
    signals.map((signal, index) => [signal, values[index]]),
  );
  expect(Object.fromEntries(written)).toEqual({ temperature: 21.5, state: 'running' });
  const { messages, observations } = ingest.books();
  expect([imbalance(messages), imbalance(observations)]).toEqual([0, 0]);
  expect(observations).toMatchObject({ received: 2, stored: 2, refused: 0 });
});

test('a retained message without a time is ignored when it comes again, too', async () => {
  const { ingest, reload, write } = await world('');
  await send(ingest, message(TOPIC, { temp: 1, mode: 1 }, { retain: true }));
  write(RULE.replace('time: { at: /t, format: s }', 'time: { at: /t, format: s, optional: true }'));
  await reload();
  await ingest.replay({ code: 'no-rule' });
  await ingest.drained();
  expect(ingest.books().messages).toMatchObject({ received: 1, stored: 0, refused: 0, ignored: 1 });
});

test('what is only looked at stays in quarantine where it was', async () => {
  const { ingest, reload, write } = await world('');
  await send(ingest, message(TOPIC, PAYLOAD));
  write('mqtt: { discover: ["factory/#"] }');
  expect((await reload()).applied).toEqual(['mqtt.discover']);
  expect(await ingest.replay({ code: 'no-rule' })).toEqual({ replayed: 1, stored: 0, refused: 1 });
  expect(ingest.refused({ limit: 10 }).items).toHaveLength(1);
  await send(ingest, message(TOPIC, PAYLOAD));
  expect(ingest.discovered().topics).toMatchObject([{ topic: TOPIC, messages: 1 }]);
  write(RULE);
  await reload();
  expect(ingest.discovered().topics).toEqual([]);
});

test('a file with a mistake changes nothing, and the mistake is said', async () => {
  const { ingest, reload, write, edge } = await world(RULE);
  write(RULE.replace('/temp', 'temp'));
  await expect(reload()).rejects.toThrow(ConfigError);
  await expect(reload()).rejects.toThrow('rules.0.signals.temperature: "temp" leads nowhere');
  expect(edge.asked).toEqual([]);
  await send(ingest, message(TOPIC, PAYLOAD));
  expect(ingest.books().messages.refused).toBe(0);
});

test('a broker that refuses a topic leaves the rules as they were', async () => {
  const { ingest, reload, write, edge } = await world(RULE);
  write(RULE.replaceAll('factory', 'plant'));
  edge.refuses = 'the broker does not grant QoS 1 for plant/+/+/data: allow it there';
  await expect(reload()).rejects.toThrow('nothing is changed: the broker does not grant');
  await send(ingest, message(TOPIC, PAYLOAD));
  expect(ingest.books().messages).toMatchObject({ spooled: 1, refused: 0 });
  edge.refuses = null;
  expect((await reload()).rules.changed).toEqual(['presses']);
  expect(edge.asked.at(-1)).toEqual([
    { filter: 'kaidong/v1/#', qos: 1 },
    { filter: 'plant/+/+/data', qos: 1 },
  ]);
});

test('what can only change with a restart is named, each time until then', async () => {
  const { reload, write } = await world(RULE);
  write(`${RULE}http: { port: 9999 }\nsites:\n  - path: a/b\n`);
  for (let time = 0; time < 2; time++) {
    expect(await reload()).toMatchObject({ applied: [], restart: ['http.port', 'sites'] });
  }
});

test('topics of a rule that goes are still read until they come no more', async () => {
  const { ingest, reload, write, edge } = await world(RULE);
  const waiting = Promise.withResolvers<void>();
  edge.setTopics = () => waiting.promise;
  write('');
  const reloading = reload();
  await Promise.resolve();
  await send(ingest, message(TOPIC, PAYLOAD));
  waiting.resolve();
  await reloading;
  await send(ingest, message(TOPIC, { ...PAYLOAD, t: NOW / 1000 + 1 }));
  await ingest.drained();
  expect(ingest.books().messages).toMatchObject({ stored: 1, refused: 1 });
});

test('a correction of a clock holds from the reload on, of rules and of our own topics, and goes again', async () => {
  const { parts, ingest, edge, reload, write } = await world(RULE);
  const own = 'kaidong/v1/acme/zhoushan/moulding/line1/imm-02';
  const corrections = '  corrections: [{ source: "acme/#", aheadMs: 8000 }]';
  const tell = async (at: number): Promise<void> => {
    await send(ingest, message(TOPIC, { t: at / 1000, temp: 21.5 }));
    await send(ingest, message(own, { ts: at, n: 1 }));
  };
  await tell(NOW);
  write(`${RULE}clocks:\n${corrections}\n`);
  expect(await reload()).toMatchObject({ applied: ['clocks.corrections'], restart: [] });
  await tell(NOW + 60_000);
  write(RULE);
  expect(await reload()).toMatchObject({ applied: ['clocks.corrections'] });
  await tell(NOW + 120_000);
  await ingest.drained();
  // Nothing was asked of the broker.
  expect(edge.asked).toEqual([]);
  const times = (machine: string): number[] =>
    parts.store.state.written.filter((one) => one.machine.endsWith(machine)).map(({ ts }) => ts - NOW);
  expect(times('imm-01')).toEqual([0, 52_000, 120_000]);
  expect(times('imm-02')).toEqual([0, 52_000, 120_000]);
});
