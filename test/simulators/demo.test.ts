import { describe, expect, it } from 'vitest';
import { demo, demoPlant } from '../../simulators/demo.ts';
import { payloadOf, topicOf } from '../../simulators/event.ts';
import { startBroker } from './broker.ts';

const NOW = Date.parse('2026-03-04T03:07:11.250Z');

interface Report {
  readonly machine: string;
  readonly ts: number;
  readonly text: string;
}

const reportsOf = ({ topic, payload }: { topic: string; payload: string }): Report[] =>
  [JSON.parse(payload) as { ts: number } | { ts: number }[]].flat().map((entry) => ({
    machine: topic.replace('kaidong/v1/', ''),
    ts: entry.ts,
    text: JSON.stringify(entry),
  }));

describe('the demo plant', () => {
  it('has two areas and four lines', () => {
    const { machines } = demoPlant(1).config;
    const levels = (depth: number): number =>
      new Set(machines.map(({ path }) => path.split('/').slice(0, depth).join('/'))).size;
    expect([machines.length, levels(3), levels(4)]).toEqual([12, 2, 4]);
  });

  it('joins history, current states and live reports without overlap or gap', () => {
    const timeline = demoPlant(1).at(NOW);
    const current = timeline.current.flatMap(reportsOf);
    const history = [...timeline.history()].flatMap(reportsOf);
    expect(new Set(current.map(({ machine }) => machine)).size).toBe(12);
    expect(current.every(({ ts }) => ts < NOW && ts > NOW - 60_000)).toBe(true);
    expect(timeline.historyFrom).toBe(Date.parse('2026-03-03T00:00:00Z'));
    const past = [...history, ...current];
    expect(new Set(past.map(({ machine, ts }) => `${machine} ${ts}`)).size).toBe(past.length);

    // Seen from an hour later, that hour is history: it must be what was live.
    const later = demoPlant(1).at(NOW + 3_600_000);
    const live: string[] = [];
    for (
      let next = timeline.live.next();
      !next.done && next.value.ts < NOW + 3_600_000;
      next = timeline.live.next()
    ) {
      expect(next.value.ts).toBeGreaterThanOrEqual(NOW);
      live.push(`${topicOf(next.value.machine)} ${payloadOf(next.value)}`);
    }
    const after = [...later.history(), ...later.current].flatMap(reportsOf);
    const texts = (reports: readonly Report[]): string[] =>
      reports.map(({ machine, text }) => `${topicOf(machine)} ${text}`).sort();
    // Compared as one text: a list of so many differences is of no use to anyone.
    expect(texts(after).join('\n') === [...texts(past), ...live].sort().join('\n')).toBe(true);
  });

  it('looks the same on the next day', () => {
    const today = demoPlant(1).at(NOW);
    const tomorrow = demoPlant(1).at(NOW + 86_400_000);
    const shared = [...tomorrow.history()]
      .flatMap(reportsOf)
      .filter(({ ts }) => ts >= tomorrow.historyFrom && ts < NOW)
      .map(({ text, machine }) => machine + text);
    const known = new Set(
      [...today.history(), ...today.current].flatMap(reportsOf).map(({ text, machine }) => machine + text),
    );
    expect(shared.length).toBeGreaterThan(1_000);
    expect(shared.every((report) => known.has(report))).toBe(true);
  });

  it('publishes the current states first, then history to its end, until it is stopped', async () => {
    await using broker = await startBroker();
    const stop = new AbortController();
    const shares: number[] = [];
    await demo({
      broker: { url: broker.url },
      now: () => NOW,
      signal: stop.signal,
      progress: ({ share }) => {
        shares.push(share);
        if (share === 1) stop.abort();
      },
    });
    expect(shares.at(-1)).toBe(1);
    expect(shares.every((share) => share > 0 && share <= 1)).toBe(true);
    const first = broker.messages.findIndex(({ payload }) => payload.startsWith('['));
    expect(first).toBe(12);
    const expected = [...demoPlant(1).at(NOW).history()].flatMap(reportsOf).length + 12;
    expect(broker.messages.flatMap(reportsOf).filter(({ ts }) => ts < NOW).length).toBe(expected);
  });
});
