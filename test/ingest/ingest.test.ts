import { describe, expect, test } from 'vitest';
import { imbalance } from '../../domain/books.ts';
import type { Ingest } from '../../ingest/create-ingest.ts';
import { bench, delivery, MACHINE, message, NOW, send, TOPIC } from './harness.ts';

const at = (seconds: number, fields: object) => ({ ts: NOW + seconds * 1000, ...fields });

function expectBalance(ingest: Ingest) {
  const { messages, observations, sources } = ingest.books();
  for (const books of [
    messages,
    observations,
    ...sources.flatMap((one) => [one.messages, one.observations]),
  ]) {
    expect(imbalance(books)).toBe(0);
  }
  return { messages, observations };
}

describe('duplicates and corrections', () => {
  test('the same value again is a duplicate, another value a correction; the last received wins', async () => {
    const parts = bench();
    await using ingest = await parts.start();
    await send(ingest, message(TOPIC, at(0, { a: 1, b: 1 })));
    await send(ingest, message(TOPIC, at(0, { a: 1, b: 2 })));
    await send(ingest, message(TOPIC, at(0, { a: 1, b: 2 })));
    await ingest.drained();
    const { messages, observations } = expectBalance(ingest);
    expect(messages).toMatchObject({ received: 3, stored: 2, duplicate: 1 });
    expect(observations).toMatchObject({ received: 6, stored: 2, replaced: 1, duplicate: 3 });
    expect(parts.store.contents.machines.get(MACHINE)?.signals.get('b')?.values).toEqual([2]);
  });

  test('late news behind newer data is no duplicate', async () => {
    const parts = bench();
    await using ingest = await parts.start();
    for (const seconds of [10, 5, 7, 5]) await send(ingest, message(TOPIC, at(seconds, { a: 1 })));
    await ingest.drained();
    expect(expectBalance(ingest).observations).toMatchObject({ stored: 3, duplicate: 1 });
  });

  test('after a start the store is asked', async () => {
    const parts = bench();
    const first = await parts.start();
    await send(first, message(TOPIC, at(0, { a: 1 })));
    await first[Symbol.asyncDispose]();
    await using second = await parts.start();
    await send(second, message(TOPIC, at(0, { a: 1 })));
    await send(second, message(TOPIC, at(0, { a: 2 })));
    await second.drained();
    expect(expectBalance(second).observations).toMatchObject({
      received: 3,
      stored: 1,
      duplicate: 1,
      replaced: 1,
    });
  });

  test('beyond ten minutes of source time a duplicate counts as stored, and is one point', async () => {
    const parts = bench();
    await using ingest = await parts.start();
    await send(ingest, message(TOPIC, at(-700, { a: 1 })));
    await send(ingest, message(TOPIC, at(0, { a: 1 })));
    await send(ingest, message(TOPIC, at(-700, { a: 1 })));
    await ingest.drained();
    expect(expectBalance(ingest).observations).toMatchObject({ received: 3, stored: 3 });
    expect(parts.store.contents.machines.get(MACHINE)?.signals.get('a')?.ts).toHaveLength(2);
  });

  test('a memory of four rows still tells duplicates, by asking the store', async () => {
    const parts = bench();
    await using ingest = await parts.start({ dedupBytes: 1 });
    for (let second = 0; second < 50; second++) await send(ingest, message(TOPIC, at(second, { a: second })));
    await ingest.drained();
    for (let second = 0; second < 50; second++) await send(ingest, message(TOPIC, at(second, { a: second })));
    await ingest.drained();
    expect(expectBalance(ingest).observations).toMatchObject({ received: 100, stored: 50, duplicate: 50 });
  });

  test('what the store has is not trusted while a correction is on its way to it', async () => {
    const parts = bench();
    await using ingest = await parts.start({ dedupBytes: 1 });
    await send(ingest, message(TOPIC, at(0, { a: 1 })));
    await ingest.drained();
    const { promise, resolve } = Promise.withResolvers<void>();
    parts.store.state.gate = promise;
    await send(ingest, message(TOPIC, at(0, { a: 2 })));
    for (let second = 1; second < 20; second++) await send(ingest, message(TOPIC, at(second, { a: 0 })));
    await send(ingest, message(TOPIC, at(0, { a: 1 })));
    resolve();
    await ingest.drained();
    expect(parts.store.contents.machines.get(MACHINE)?.signals.get('a')?.values[0]).toBe(1);
    expectBalance(ingest);
  });

  test('values without a time get strictly rising receive times', async () => {
    const parts = bench();
    await using ingest = await parts.start();
    await send(ingest, message(TOPIC, [{ a: 1 }, { a: 1 }, { b: 1 }]));
    await send(ingest, message(TOPIC, { a: 1 }));
    await ingest.drained();
    const signals = parts.store.contents.machines.get(MACHINE)?.signals;
    expect(signals?.get('a')?.ts).toEqual([NOW, NOW + 1, NOW + 2]);
    expect(signals?.get('b')?.ts).toEqual([NOW]);
  });
});

describe('redeliveries', () => {
  test('a redelivery is the same message, also after a kill; the same packet id with other content is not', async () => {
    const parts = bench();
    const first = await parts.start();
    await send(first, message(TOPIC, { a: 1 }, { delivery: delivery(7) }));
    await send(first, message(TOPIC, { a: 1 }, { delivery: delivery(7, true) }));
    expect(first.books().messages.received).toBe(1);
    await first.abandon();
    await using second = await parts.start();
    await send(second, message(TOPIC, { a: 1 }, { delivery: delivery(7, true) }));
    expect(second.books().messages.received).toBe(1);
    await send(second, message(TOPIC, { a: 1 }, { delivery: delivery(7, true, 'line-2') }));
    await send(second, message(TOPIC, { a: 2 }, { delivery: delivery(7, true) }));
    await send(second, message(TOPIC, { a: 1 }, { delivery: delivery(7, true) }));
    await second.drained();
    expect(expectBalance(second).messages).toMatchObject({ received: 4, stored: 4 });
  });

  test('a redelivery is told after two kills, when the segment that held it is gone', async () => {
    const parts = bench();
    const first = await parts.start();
    await send(first, message(TOPIC, { a: 1 }, { delivery: delivery(7) }));
    await first[Symbol.asyncDispose]();
    const second = await parts.start();
    await send(second, message(TOPIC, { a: 2 }, { delivery: delivery(8) }));
    await second[Symbol.asyncDispose]();
    await using third = await parts.start();
    for (const packetId of [7, 8]) {
      await send(third, message(TOPIC, { a: packetId - 6 }, { delivery: delivery(packetId, true) }));
    }
    expect(expectBalance(third).messages).toMatchObject({ received: 2, stored: 2 });
  });

  test('a redelivery of a message in flight is acknowledged with it', async () => {
    const parts = bench();
    await using ingest = await parts.start();
    const both = [false, true].map((dup) =>
      send(ingest, message(TOPIC, { a: 1 }, { delivery: delivery(1, dup) })),
    );
    expect(ingest.books().messages).toMatchObject({ received: 1, inFlight: 1 });
    await Promise.all(both);
    await ingest.drained();
    expect(expectBalance(ingest).messages).toMatchObject({ received: 1, stored: 1 });
  });

  test('publishing twice makes two messages', async () => {
    const parts = bench();
    await using ingest = await parts.start();
    await send(ingest, message(TOPIC, at(0, { a: 1 }), { delivery: delivery(1) }));
    await send(ingest, message(TOPIC, at(0, { a: 1 }), { delivery: delivery(1) }));
    await ingest.drained();
    expect(expectBalance(ingest).messages).toMatchObject({ received: 2, stored: 1, duplicate: 1 });
  });
});

describe('the store away', () => {
  test('messages are acknowledged and spooled, and drain in order when it returns', async () => {
    const parts = bench();
    await using ingest = await parts.start();
    parts.store.state.away = true;
    for (let second = 0; second < 20; second++) await send(ingest, message(TOPIC, at(second, { a: second })));
    expect(expectBalance(ingest).messages).toMatchObject({ received: 20, spooled: 20, stored: 0 });
    parts.store.state.away = false;
    await ingest.drained();
    expect(expectBalance(ingest).messages).toMatchObject({ stored: 20, spooled: 0 });
    expect(parts.store.state.written.map(({ values }) => values[0])).toEqual([...Array(20).keys()]);
    expect(ingest.status()).toEqual({
      ...{ full: false, diskError: null, spooledBytes: 0 },
      ...{ storeOk: true, lastError: null },
    });
    // A long outage is told of again from time to time.
    const events = new Set(parts.events.map(({ event }) => event));
    expect([...events]).toEqual(['store-write-failed', 'store-write-recovered']);
  });

  test.for([true, false])(
    'a kill meanwhile loses nothing (store keeps the position: %s)',
    async (keepsPosition) => {
      const parts = bench({ keepsPosition });
      const first = await parts.start({ segmentBytes: 600 });
      for (let second = 0; second < 5; second++) await send(first, message(TOPIC, at(second, { a: second })));
      await first.drained();
      parts.store.state.away = true;
      for (let second = 5; second < 30; second++)
        await send(first, message(TOPIC, at(second, { a: second, text: 'x' })));
      await first.abandon();
      const second = await parts.start({ segmentBytes: 600 });
      expect(expectBalance(second).messages).toMatchObject({ received: 30, stored: 5, spooled: 25 });
      await send(second, message(TOPIC, at(29, { a: 29 })));
      expect(second.books().messages).toMatchObject({ received: 31, duplicate: 1 });
      parts.store.state.away = false;
      await second.drained();
      expect(expectBalance(second).messages).toMatchObject({ received: 31, stored: 30, duplicate: 1 });
      expect(parts.store.contents.machines.get(MACHINE)?.signals.get('a')?.values).toEqual([
        ...Array(30).keys(),
      ]);
      expect([...parts.catalogue.pinned]).toEqual([
        [`${MACHINE}\na`, 'double'],
        [`${MACHINE}\ntext`, 'text'],
      ]);
      await second[Symbol.asyncDispose]();
    },
  );

  test('a backlog beyond memory is read back from the disk, in order', async () => {
    const parts = bench();
    await using ingest = await parts.start({ segmentBytes: 200_000 });
    parts.store.state.away = true;
    const batch = (from: number) =>
      Array.from({ length: 2000 }, (_, index) => at((from + index) / 1000, { a: from + index }));
    for (let from = 0; from < 80_000; from += 2000) await send(ingest, message(TOPIC, batch(from)));
    parts.store.state.away = false;
    await send(ingest, message(TOPIC, at(200, { a: -1 })));
    await ingest.drained();
    const written = parts.store.state.written.map(({ values }) => values[0] as number);
    expect(written).toHaveLength(80_001);
    expect(written.slice(0, -1).every((value, index) => value === index)).toBe(true);
    expect(expectBalance(ingest).observations).toMatchObject({ received: 80_001, stored: 80_001 });
  });

  test('a full spool stops acknowledging, says so, and goes on when there is room', async () => {
    const parts = bench();
    await using ingest = await parts.start({ spoolMaxBytes: 4000 });
    parts.store.state.away = true;
    let durable = 0;
    const sent = Array.from({ length: 60 }, async (_, second) => {
      await send(ingest, message(TOPIC, at(second, { a: second, text: 'x'.repeat(200) })));
      durable++;
    });
    // One group at most is larger than the spool; those behind it wait.
    await Promise.all(sent);
    const more = Array.from({ length: 60 }, (_, second) =>
      send(ingest, message(TOPIC, at(100 + second, { a: second }))).then(() => durable++),
    );
    while (!ingest.full) await new Promise((resolve) => setImmediate(resolve));
    expect(durable).toBe(60);
    expect(expectBalance(ingest).messages).toMatchObject({ received: 120, spooled: 60, inFlight: 60 });
    expect(parts.events.map(({ event }) => event)).toContain('spool-full');
    parts.store.state.away = false;
    await Promise.all(more);
    await ingest.drained();
    expect(ingest.full).toBe(false);
    expect(expectBalance(ingest).messages).toMatchObject({ stored: 120 });
    expect(parts.events.map(({ event }) => event)).toContain('spool-recovered');
  });

  test('a close while the spool is full answers those who wait with an error', async () => {
    const parts = bench();
    const ingest = await parts.start({ spoolMaxBytes: 10 });
    parts.store.state.away = true;
    await send(ingest, message(TOPIC, at(0, { a: 1 })));
    const waiting = send(ingest, message(TOPIC, at(1, { a: 1 })));
    const refused = expect(waiting).rejects.toThrow();
    await ingest[Symbol.asyncDispose]();
    await refused;
    await expect(send(ingest, message(TOPIC, at(2, { a: 1 })))).rejects.toThrow('closing');
  });
});

describe('quarantine', () => {
  test('a store that refuses one of many gets the rest, and the books move', async () => {
    const parts = bench();
    await using ingest = await parts.start();
    parts.store.state.refuses = ({ values }) => (values[0] === 13 ? 'thirteen is unlucky' : null);
    await Promise.all(
      [...Array(20).keys()].map((second) => send(ingest, message(TOPIC, at(second, { a: second })))),
    );
    await ingest.drained();
    expect(expectBalance(ingest).messages).toMatchObject({ received: 20, stored: 19, refused: 1 });
    parts.store.state.refuses = () => null;
    expect(await ingest.replay({ code: 'store-refused' })).toEqual({ replayed: 1, stored: 1, refused: 0 });
    await ingest.drained();
    expect(expectBalance(ingest).messages).toMatchObject({ received: 20, stored: 20, refused: 0 });
    expect(expectBalance(ingest).observations).toMatchObject({ received: 20, stored: 20, refused: 0 });
    expect(parts.quarantine.rows.size).toBe(0);
  });

  test('a replay brings in what passes now; it is not received again, and survives a kill', async () => {
    const parts = bench();
    const strict = { maxMachines: 10, maxSignalsPerMachine: 1 };
    const first = await parts.start({ caps: strict });
    await send(first, message(TOPIC, at(0, { a: 1, b: 2, c: 3 })));
    await send(first, message(TOPIC, at(1, { b: 2, c: 3 })));
    await send(first, message(TOPIC, 'garbage'));
    await first.drained();
    expect(expectBalance(first).messages).toMatchObject({ received: 3, stored: 1, refused: 2 });
    expect(expectBalance(first).observations).toMatchObject({ received: 5, stored: 1, refused: 4 });
    await first.abandon();
    const second = await parts.start();
    expect(await second.replay({})).toEqual({ replayed: 3, stored: 2, refused: 1 });
    await second.abandon();
    await using third = await parts.start();
    await third.drained();
    expect(expectBalance(third).messages).toMatchObject({ received: 3, stored: 2, refused: 1 });
    expect(expectBalance(third).observations).toMatchObject({ received: 5, stored: 5, refused: 0 });
    expect([...parts.quarantine.rows.values()].map(({ code }) => code)).toEqual(['not-json']);
  });

  test('a replay answers when the store has it, so that a machine that is new is found; a store that is away holds up none', async () => {
    const parts = bench();
    const strict = { maxMachines: 0, maxSignalsPerMachine: 1 };
    const first = await parts.start({ caps: strict });
    await send(first, message(TOPIC, at(0, { a: 1 })));
    await first.drained();
    await first.abandon();
    const second = await parts.start();
    const gate = Promise.withResolvers<void>();
    parts.store.state.gate = gate.promise;
    const answer = second.replay({});
    // Durable, and waiting for the store, which takes it now.
    await expect.poll(() => second.books().messages.spooled).toBe(1);
    gate.resolve();
    expect(await answer).toEqual({ replayed: 1, stored: 1, refused: 0 });
    expect(parts.store.state.written).toMatchObject([{ machine: MACHINE }]);
    await send(second, message(TOPIC, 'garbage'));
    parts.store.state.away = true;
    expect(await second.replay({})).toMatchObject({ stored: 0 });
  });

  test('a replayed message without ts gets the time at which it was received, beside what came then', async () => {
    const parts = bench();
    const first = await parts.start({ caps: { maxMachines: 10, maxSignalsPerMachine: 1 } });
    await send(first, message(TOPIC, { a: 1 }));
    await send(first, message(TOPIC, { b: 1 }, { receivedAt: NOW }));
    await send(first, message(TOPIC, [{ b: 2 }, { b: 3 }], { receivedAt: NOW }));
    await send(first, message(TOPIC, { a: 2, b: 4 }, { receivedAt: NOW + 10 }));
    await send(first, message(TOPIC, at(3600, { a: 9 }), { receivedAt: NOW + 3_600_000 }));
    await first.drained();
    await first.abandon();
    parts.clock.now = NOW + 3_600_000;
    await using second = await parts.start();
    await send(second, message(TOPIC, at(3600, { b: 9 }), { receivedAt: NOW + 3_600_000 }));
    expect(await second.replay({})).toEqual({ replayed: 3, stored: 3, refused: 0 });
    await second.drained();
    const points = (signal: string) =>
      parts.store.open().points({ machine: MACHINE, signal, from: 0, to: NOW * 2, everyMs: null });
    expect(await points('b')).toEqual([
      [NOW, 1],
      [NOW + 1, 2],
      [NOW + 2, 3],
      [NOW + 10, 4],
      [NOW + 3_600_000, 9],
    ]);
    // What went on at first is where it was, and not there twice.
    expect(await points('a')).toEqual([
      [NOW, 1],
      [NOW + 10, 2],
      [NOW + 3_600_000, 9],
    ]);
    expect(expectBalance(second).messages).toMatchObject({ refused: 0 });
  });

  test('a replayed message without ts takes no place that another has', async () => {
    const parts = bench();
    const first = await parts.start({ caps: { maxMachines: 10, maxSignalsPerMachine: 0 } });
    await send(first, message(TOPIC, { a: 1 }));
    await first.abandon();
    await using second = await parts.start();
    // A burst that had run ahead of its receive times, in the meantime and long past what memory keeps.
    for (let ms = 0; ms < 70; ms++) await send(second, message(TOPIC, { ts: NOW + ms, a: 100 + ms }));
    parts.clock.now = NOW + 7_200_000;
    await send(second, message(TOPIC, at(7200, { a: 5 }), { receivedAt: NOW + 7_200_000 }));
    await second.drained();
    expect(await second.replay({})).toEqual({ replayed: 1, stored: 1, refused: 0 });
    await second.drained();
    const store = parts.store.open();
    expect(
      await store.points({ machine: MACHINE, signal: 'a', from: NOW + 69, to: NOW + 99, everyMs: null }),
    ).toEqual([
      [NOW + 69, 169],
      [NOW + 70, 1],
    ]);
  });

  test('a refused message of 2 MB keeps 64 kB, its size and hash, and is not replayed', async () => {
    const parts = bench();
    await using ingest = await parts.start();
    await send(ingest, message(TOPIC, `"${'x'.repeat(2 << 20)}"`));
    const [item] = ingest.refused({ limit: 1 }).items;
    expect(item).toMatchObject({ truncated: true, payloadBytes: (2 << 20) + 2, code: 'payload-shape' });
    expect(item?.payload).toHaveLength(65_536);
    expect(item?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(await ingest.replay({})).toEqual({ replayed: 1, stored: 0, refused: 1 });
  });

  test('a quarantine that fails for a while loses nothing', async () => {
    const parts = bench();
    const { put } = parts.quarantine;
    let failures = 2;
    parts.quarantine.put = (messages) => {
      if (failures-- > 0) throw new Error('disk I/O error');
      put(messages);
    };
    await using ingest = await parts.start();
    await send(ingest, message(TOPIC, 'garbage'));
    await ingest.drained();
    expect(parts.quarantine.rows.size).toBe(1);
  });
});

test('messages at QoS 0 that an overload leaves no room for are in the books, also after a kill', async () => {
  const parts = bench();
  const first = await parts.start({ inboxMessages: 10 });
  const other = TOPIC.replace('imm-01', 'imm-02');
  const sent = [];
  for (let n = 0; n < 100; n++) {
    sent.push(send(first, message(n % 2 === 0 ? TOPIC : other, at(n, { a: n }))));
    // What is acknowledged is taken all the same.
    if (n >= 90) sent.push(send(first, message(TOPIC, at(n, { b: n }), { delivery: delivery(n) })));
  }
  const outcomes = await Promise.allSettled(sent);
  const lost = outcomes.filter(({ status }) => status === 'rejected').length;
  expect(lost).toBe(100 - 20);
  await first.drained();
  expect(expectBalance(first).messages).toMatchObject({
    received: 110,
    stored: 30,
    refused: lost,
    inFlight: 0,
  });
  expect(first.refused({ limit: 10 }).items).toMatchObject([{ code: 'overload', topic: TOPIC }]);
  await first.abandon();
  await using second = await parts.start();
  expect(expectBalance(second).messages).toMatchObject({ received: 110, stored: 30, refused: lost });
  const { sources } = second.books();
  expect(sources.map(({ messages }) => messages.refused)).toEqual([40, 40]);
});

describe('neighbours', () => {
  test('late readings are marked after they are stored, also those of a run that was killed', async () => {
    const parts = bench({ keepsPosition: true });
    parts.lateMarks.until.set(MACHINE, NOW);
    const first = await parts.start();
    await send(first, message(TOPIC, [at(-5, { a: 1 }), at(-2, { a: 1 }), at(5, { a: 1 })]));
    await first.drained();
    expect(parts.lateMarks.marks).toEqual([
      { machine: MACHINE, cause: 'late-data', from: NOW - 5000, to: NOW },
    ]);
    parts.store.state.away = true;
    await send(first, message(TOPIC, at(-3, { a: 2 })));
    await first.abandon();
    parts.store.state.away = false;
    await using second = await parts.start();
    await second.drained();
    expect(parts.lateMarks.marks.at(-1)).toMatchObject({
      from: NOW - 3000,
      to: NOW - 3000,
      cause: 'late-data',
    });
  });

  test('a late reading that gives another value to something stored is marked as a correction', async () => {
    const parts = bench();
    await using ingest = await parts.start();
    // Beyond what the memory of duplicates reaches: only the store still knows.
    const old = -3600;
    await send(ingest, message(TOPIC, [at(old, { a: 1 }), at(old + 60, { a: 1, b: true })]));
    await ingest.drained();
    await send(ingest, message(TOPIC, [at(0, { a: 1 })]));
    await ingest.drained();
    parts.lateMarks.until.set(MACHINE, NOW);
    const later = [at(old, { a: 2 }), at(old + 60, { a: 1, b: true }), at(old + 90, { a: 5 })];
    await send(ingest, message(TOPIC, later));
    await ingest.drained();
    expect(parts.lateMarks.marks).toEqual([
      { machine: MACHINE, cause: 'correction', from: NOW + old * 1000, to: NOW + old * 1000 },
      { machine: MACHINE, cause: 'late-data', from: NOW + (old + 60) * 1000, to: NOW + (old + 90) * 1000 },
    ]);
  });

  test('a reading older than the ledger of another machine only is not late', async () => {
    const parts = bench();
    parts.lateMarks.until.set(MACHINE, NOW - 10_000);
    parts.lateMarks.until.set('acme/zhoushan/moulding/line1/other', NOW);
    await using ingest = await parts.start();
    await send(ingest, message(TOPIC, [at(-5, { a: 1 }), at(5, { a: 1 })]));
    await ingest.drained();
    expect(parts.lateMarks.marks).toEqual([]);
  });

  test('listeners hear what is stored; the source of a machine is known', async () => {
    const parts = bench();
    await using ingest = await parts.start();
    const heard: unknown[] = [];
    const unsubscribe = ingest.onApplied((readings) => heard.push(...readings.map(({ machine }) => machine)));
    expect(ingest.sourceOf(MACHINE)).toBeNull();
    await send(ingest, message(TOPIC, at(0, { a: 1 })));
    await ingest.drained();
    unsubscribe();
    await send(ingest, message(TOPIC, at(1, { a: 1 })));
    await ingest.drained();
    expect(heard).toEqual([MACHINE]);
    expect(ingest.sourceOf(MACHINE)).toBe(MACHINE);
  });
});
