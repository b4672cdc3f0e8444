import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { imbalance } from '../../domain/books.ts';
import type { ValueRule } from '../../domain/values/rule.ts';
import type { Ingest } from '../../ingest/create-ingest.ts';
import { bench, delivery, message, NOW, TOPIC } from './harness.ts';

/** What can happen to ingest. */
type Step =
  | {
      readonly do: 'publish';
      readonly machine: number;
      readonly second: number;
      readonly value: number;
      readonly qos: 0 | 1;
    }
  | { readonly do: 'garbage'; readonly payload: string }
  | {
      readonly do:
        | 'redeliver'
        | 'store-away'
        | 'store-back'
        | 'settle'
        | 'breathe'
        | 'kill'
        | 'kill-torn'
        | 'restart';
    };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant('publish' as const),
      machine: fc.integer({ min: 0, max: 2 }),
      second: fc.integer({ min: 0, max: 15 }),
      value: fc.integer({ min: 0, max: 2 }),
      qos: fc.constantFrom(0 as const, 1 as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('garbage' as const),
      payload: fc.constantFrom(
        '',
        '{',
        '[]',
        '{"a":null}',
        '{"ts":1,"a":1}',
        '{"state":1,"text":"x"}',
        '{"a":"drift","b":1}',
      ),
    }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('breathe' as const) }) },
  {
    weight: 7,
    arbitrary: fc.record({
      do: fc.constantFrom(
        ...([
          'redeliver',
          'store-away',
          'store-back',
          'settle',
          'breathe',
          'kill',
          'kill-torn',
          'restart',
        ] as const),
      ),
    }),
  },
);

function expectBalance(ingest: Ingest): void {
  const { messages, observations, sources } = ingest.books();
  for (const books of [
    messages,
    observations,
    ...sources.flatMap((one) => [one.messages, one.observations]),
  ]) {
    expect(imbalance(books)).toBe(0);
    expect(Math.min(...Object.values(books))).toBeGreaterThanOrEqual(0);
  }
}

test.for([
  [true, false],
  [false, false],
  [false, true],
] as const)(
  'whatever happens, the books balance and nothing acknowledged is lost (store keeps the position: %s, a rule thins: %s)',
  async ([keepsPosition, thins]) => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const parts = bench({ keepsPosition });
        const rule: ValueRule = {
          ...{ scope: 'acme', signal: 'b', outOfRange: 'refuse', onJump: 'flag' },
          deadBand: { amount: 1 },
        };
        const plant = { sites: [], machines: [], ...(thins && { signals: [rule] }) };
        const options = {
          ...{ segmentBytes: 1500, spoolMaxBytes: 20_000, dedupBytes: 1 },
          values: { plant, corrections: parts.corrections },
        };
        let ingest = await parts.start(options);
        let packetId = 0;
        let unacknowledged: ReturnType<typeof message>[] = [];
        /** Values by series and instant, in the order of sending; and whether each is acknowledged. */
        const sent = new Map<string, { value: number; durable: boolean }[]>();
        let receivedAtLeast = 0;

        let waiting = 0;
        const publish = (
          incoming: ReturnType<typeof message>,
          entry?: { value: number; durable: boolean },
        ) => {
          waiting++;
          ingest.accept(incoming, (error) => {
            waiting--;
            if (error) return;
            receivedAtLeast++;
            if (entry) entry.durable = true;
          });
        };
        async function reopen(): Promise<void> {
          ingest = await parts.start(options);
          expectBalance(ingest);
          const { messages } = ingest.books();
          expect(messages.inFlight).toBe(0);
          expect(messages.received).toBeGreaterThanOrEqual(receivedAtLeast);
        }

        for (const now of steps) {
          if (now.do === 'publish') {
            const { machine, second, value } = now;
            const key = `acme/site/area/line/m${machine}\n${NOW + second * 1000}`;
            const entry = { value, durable: false };
            sent.set(key, [...(sent.get(key) ?? []), entry]);
            const incoming = message(
              `kaidong/v1/acme/site/area/line/m${machine}`,
              { ts: NOW + second * 1000, a: value, b: 1 },
              { delivery: now.qos === 1 ? delivery(++packetId) : null },
            );
            if (now.qos === 1) unacknowledged = [...unacknowledged.slice(-5), incoming];
            publish(incoming, entry);
          } else if (now.do === 'garbage') {
            publish(message(TOPIC, now.payload));
          } else if (now.do === 'redeliver') {
            for (const incoming of unacknowledged) {
              const { session, packetId: id } = incoming.delivery as { session: string; packetId: number };
              // The last value must still win: only what nothing else followed can be told from the outside.
              ingest.accept({ ...incoming, delivery: delivery(id, true, session) }, () => undefined);
            }
          } else if (now.do === 'store-away') parts.store.state.away = true;
          else if (now.do === 'store-back') parts.store.state.away = false;
          else if (now.do === 'breathe') {
            while (waiting > 0 && !ingest.full) await new Promise((resolve) => setImmediate(resolve));
          } else if (now.do === 'settle') {
            if (!parts.store.state.away) await ingest.drained();
          } else {
            if (now.do === 'restart' && !parts.store.state.away) await ingest[Symbol.asyncDispose]();
            else await ingest.abandon();
            if (now.do === 'kill-torn') tear(join(parts.dir, 'journal'));
            await reopen();
          }
          expectBalance(ingest);
        }
        parts.store.state.away = false;
        await ingest.drained();
        expectBalance(ingest);
        const { messages, observations } = ingest.books();
        expect(messages.spooled + messages.inFlight + observations.spooled + observations.inFlight).toBe(0);
        expect(messages.received).toBeGreaterThanOrEqual(receivedAtLeast);

        const { machines } = parts.store.contents;
        for (const [key, entries] of sent) {
          const [machine, ts] = key.split('\n') as [string, string];
          const series = machines.get(machine)?.signals.get('a');
          const stored = series?.values[series.ts.indexOf(Number(ts))];
          const lastDurable = entries.findLastIndex(({ durable }) => durable);
          // What was sent after the last acknowledged value may or may not have been durable at a kill.
          const redelivered = steps.some(({ do: what }) => what === 'redeliver');
          const possible = redelivered ? entries : entries.slice(Math.max(0, lastDurable));
          if (lastDurable >= 0) expect(possible.map(({ value }) => value)).toContain(stored);
          else if (stored !== undefined) expect(entries.map(({ value }) => value)).toContain(stored);
        }
        await ingest[Symbol.asyncDispose]();
      }),
      { numRuns: 60, seed: 20_260_302 },
    );
  },
);

/** A write that the kill interrupted. */
function tear(dir: string): void {
  const last = readdirSync(dir)
    .filter((name) => name.endsWith('.journal'))
    .sort()
    .at(-1);
  if (last) appendFileSync(join(dir, last), Buffer.from([50, 0, 0, 0, 1, 2, 3, 4, 2, 0, 0]));
}
