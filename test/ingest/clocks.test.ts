import { describe, expect, test } from 'vitest';
import type { ClockCorrection } from '../../domain/clock-correction.ts';
import type { Ingest } from '../../ingest/create-ingest.ts';
import { type Bench, bench, delivery, MACHINE, message, NOW, send, TOPIC } from './harness.ts';

const MINUTE = 60_000;

/** Plays minutes of a source that publishes each ten seconds by a clock so far ahead, 20 ms late or more. */
async function play(
  { clock }: Bench,
  ingest: Ingest,
  { minutes, aheadMs, from = NOW }: { minutes: number; aheadMs: (at: number) => number; from?: number },
): Promise<void> {
  for (let at = from; at < from + minutes * MINUTE; at += 10_000) {
    const receivedAt = at + 20 + ((at / 10_000) % 3) * 15;
    clock.now = receivedAt;
    await send(ingest, message(TOPIC, { ts: at + aheadMs(at), n: at - NOW }, { receivedAt }));
  }
}

const standingOf = (ingest: Ingest) => ingest.sources().sources.find(({ source }) => source === MACHINE);
const correction = (more: Partial<ClockCorrection>): ClockCorrection => ({
  ...{ source: MACHINE, aheadMs: 8000, since: null, until: null },
  ...more,
});

describe('the clock of a source', () => {
  test('that is ahead is measured and said once; set right, that is said too', async () => {
    const parts = bench();
    await using ingest = await parts.start();
    await play(parts, ingest, { minutes: 6, aheadMs: () => 8000 });
    const standing = standingOf(ingest);
    expect(standing?.clock).toMatchObject({ state: 'measured', correctedMs: 0, isOff: true });
    expect(standing?.clock).toMatchObject({ aheadMs: 8000 - 20 });
    expect(standing).toMatchObject({ flooding: false, lastHeard: NOW + 6 * MINUTE - 10_000 + 50 });
    await play(parts, ingest, { minutes: 8, aheadMs: () => 0, from: NOW + 6 * MINUTE });
    expect(standingOf(ingest)?.clock).toMatchObject({ aheadMs: -20, isOff: false });
    expect(parts.events.filter(({ event }) => event.startsWith('source-clock'))).toEqual([
      { event: 'source-clock-off', fields: { source: MACHINE, aheadMs: 7980, correctedMs: 0 } },
      { event: 'source-clock-right', fields: expect.objectContaining({ source: MACHINE }) },
    ]);
  });

  test('that is hours ahead can be corrected back to the oldest message that was refused, and all of them be replayed', async () => {
    const parts = bench();
    await using ingest = await parts.start();
    const hours = 8 * 60 * MINUTE;
    // One message far ahead says nothing of a clock that is right afterwards.
    await send(ingest, message(TOPIC, { ts: NOW + hours / 2, n: -1 }, { receivedAt: NOW }));
    await play(parts, ingest, { minutes: 6, aheadMs: () => 0 });
    expect(standingOf(ingest)?.clock).toMatchObject({ isOff: false, refusedFrom: null });
    const from = NOW + 6 * MINUTE;
    await play(parts, ingest, { minutes: 31, aheadMs: () => hours, from });
    const clock = standingOf(ingest)?.clock;
    expect(clock).toMatchObject({ state: 'measured', isOff: true, refusedFrom: from + hours });
    const aheadMs = clock?.state === 'measured' ? clock.aheadMs : 0;
    ingest.setClocks({
      toleranceMs: 5000,
      corrections: [correction({ aheadMs, since: clock?.refusedFrom ?? null })],
    });
    const { stored, refused } = await ingest.replay({ code: 'ts-out-of-range' });
    expect({ stored, refused }).toEqual({ stored: 31 * 6, refused: 1 });
  });

  test('that drifts by 100 ppm shows it', async () => {
    const parts = bench();
    await using ingest = await parts.start();
    await play(parts, ingest, { minutes: 30, aheadMs: (at) => Math.round((at - NOW) * 1e-4) });
    const clock = standingOf(ingest)?.clock;
    expect(clock?.state === 'measured' && clock.driftMsPerHour).toBeCloseTo(360, -1);
  });

  test('is not judged by a backlog, nor by messages without a time', async () => {
    const parts = bench();
    await using ingest = await parts.start();
    for (let second = 0; second < 600; second += 10) {
      const receivedAt = NOW + second * 1000;
      parts.clock.now = receivedAt;
      const ts = NOW - 86_400_000 + second * 100_000;
      await send(ingest, message(TOPIC, { ts, n: second }, { receivedAt }));
      await send(ingest, message(`${TOPIC}-b`, { n: second }, { receivedAt }));
    }
    const { sources } = ingest.sources();
    expect(sources.map(({ clock }) => clock.state)).toEqual(['unsteady', 'too-few']);
    expect(parts.events.filter(({ event }) => event.startsWith('source-clock'))).toEqual([]);
  });
});

describe('a correction', () => {
  test('moves what the source says, and shows in explain; the rest of the difference is no fault', async () => {
    const parts = bench();
    await using ingest = await parts.start({ clocks: { toleranceMs: 5000, corrections: [correction({})] } });
    await play(parts, ingest, { minutes: 5, aheadMs: () => 8000 });
    await ingest.drained();
    expect(parts.store.state.written[0]).toMatchObject({ machine: MACHINE, ts: NOW });
    expect(standingOf(ingest)?.clock).toMatchObject({ aheadMs: 7980, correctedMs: 8000, isOff: false });
    const payload = Buffer.from(JSON.stringify({ ts: NOW + 8000, n: 1 }));
    expect(ingest.explain({ topic: TOPIC, payload }).observations).toEqual([
      { machine: MACHINE, signal: 'n', ts: NOW, sourceTs: NOW + 8000, value: 1 },
    ]);
    const other = ingest.explain({ topic: `${TOPIC}-b`, payload }).observations;
    expect(other[0]).toEqual({ machine: `${MACHINE}-b`, signal: 'n', ts: NOW + 8000, value: 1 });
  });

  test('lets in what was too far ahead, also out of quarantine', async () => {
    const parts = bench();
    const hour = 3_600_000;
    const first = await parts.start();
    await send(first, message(TOPIC, { ts: NOW + hour, n: 1 }));
    expect(first.refused({ limit: 1 }).items[0]?.code).toBe('ts-out-of-range');
    await first.abandon();
    const corrections = [correction({ aheadMs: hour })];
    await using second = await parts.start({ clocks: { toleranceMs: 5000, corrections } });
    expect(await second.replay({ code: 'ts-out-of-range' })).toEqual({ replayed: 1, stored: 1, refused: 0 });
    await second.drained();
    expect(parts.store.state.written).toMatchObject([{ machine: MACHINE, ts: NOW }]);
  });

  test('keeps redeliveries and duplicates what they are, also after a kill', async () => {
    const parts = bench();
    const clocks = { toleranceMs: 5000, corrections: [correction({ since: NOW })] };
    const first = await parts.start({ clocks });
    const incoming = { ts: NOW + 8000, n: 1 };
    await send(first, message(TOPIC, incoming, { delivery: delivery(7) }));
    await first.drained();
    await first.abandon();
    await using second = await parts.start({ clocks });
    await send(second, message(TOPIC, incoming, { delivery: delivery(7, true) }));
    await send(second, message(TOPIC, incoming, { delivery: delivery(8) }));
    await second.drained();
    expect(second.books().messages).toMatchObject({ received: 2, stored: 1, duplicate: 1 });
    expect(parts.store.state.written.map(({ ts }) => ts)).toEqual([NOW]);
  });

  test('is not made twice of what the store refused and gets by a replay', async () => {
    const parts = bench();
    await using ingest = await parts.start({ clocks: { toleranceMs: 5000, corrections: [correction({})] } });
    parts.store.state.refuses = () => 'not today';
    await send(ingest, message(TOPIC, { ts: NOW + 8000, n: 1 }));
    await ingest.drained();
    parts.store.state.refuses = () => null;
    expect(await ingest.replay({ code: 'store-refused' })).toMatchObject({ stored: 1 });
    await ingest.drained();
    expect(parts.store.state.written).toMatchObject([{ machine: MACHINE, ts: NOW }]);
  });
});

test('a flood is told from what is usual, while it lasts', async () => {
  const parts = bench();
  await using ingest = await parts.start();
  const second = (at: number, count: number): void => {
    parts.clock.now = at;
    for (let n = 0; n < count; n++)
      ingest.accept(message(TOPIC, { ts: at, n }, { receivedAt: at }), () => {});
  };
  let at = NOW;
  for (let n = 0; n < 120; n++, at += 1000) second(at, 6);
  expect(standingOf(ingest)).toMatchObject({ perSecond: 6, usualPerSecond: 6, flooding: false });
  for (let n = 0; n < 60; n++, at += 1000) second(at, 623);
  parts.clock.now = at;
  expect(standingOf(ingest)).toMatchObject({ perSecond: 623, flooding: true });
  for (let n = 0; n < 30; n++, at += 1000) second(at, 6);
  expect(standingOf(ingest)).toMatchObject({ perSecond: 6, flooding: false });
  expect(parts.events.map(({ event }) => event)).toEqual(['source-flood', 'source-flood-over']);
  expect(parts.events[0]?.fields).toMatchObject({ source: MACHINE, perSecond: 623, usualPerSecond: 6 });
});

describe('a source that floods from its first message', () => {
  async function firstMinutes(rateOf: (source: number) => number, sources: number, seconds = 90) {
    const parts = bench();
    await using ingest = await parts.start();
    for (let second = 0; second < seconds; second++) {
      const at = NOW + second * 1000;
      parts.clock.now = at;
      for (let source = 0; source < sources; source++) {
        const topic = `${TOPIC}-${source}`;
        for (let n = 0; n < rateOf(source); n++)
          ingest.accept(message(topic, { ts: at, n }, { receivedAt: at }), () => {});
      }
      if (second % 10 === 9) await ingest.drained();
    }
    const floods = parts.events.filter(({ event }) => event.startsWith('source-flood'));
    return { floods, standing: ingest.sources().sources };
  }

  test('is told from the others, and after some minutes passes for usual', async () => {
    const { floods, standing } = await firstMinutes((source) => (source === 0 ? 120 : 1), 8, 600);
    expect(floods).toEqual([
      { event: 'source-flood', fields: { source: `${MACHINE}-0`, perSecond: 120, usualPerSecond: 1 } },
      expect.objectContaining({ event: 'source-flood-over' }),
    ]);
    expect(standing[0]).toMatchObject({ perSecond: 120, flooding: false });
  });

  test('is none where all send as much, where it is not so much more, or where there are too few others', async () => {
    expect((await firstMinutes(() => 30, 7)).floods).toEqual([]);
    expect((await firstMinutes((source) => (source === 0 ? 90 : 1), 7)).floods).toEqual([]);
    expect((await firstMinutes((source) => (source === 0 ? 120 : 1), 4)).floods).toEqual([]);
  });
});
