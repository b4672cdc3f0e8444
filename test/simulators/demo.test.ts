import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { demo } from '../../simulators/demo/demo.ts';
import { demoPlant } from '../../simulators/demo/plant.ts';
import { demoTimeline } from '../../simulators/demo/timeline.ts';
import { openTold, type Told } from '../../simulators/demo/told.ts';
import { payloadOf, topicOf } from '../../simulators/event.ts';
import { startBroker } from './broker.ts';

const NOW = Date.parse('2026-03-04T03:07:11.250Z');
const TODAY = Date.parse('2026-03-04T00:00:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

interface Report {
  readonly machine: string;
  readonly ts: number;
  readonly text: string;
}

const reportsOf = ({ topic, payload }: { topic: string; payload: string }): Report[] =>
  [JSON.parse(payload) as { ts: number } | { ts: number }[]].flat().map((entry) => ({
    machine: topic.replace('kaidong/v1/', ''),
    ts: entry.ts,
    text: `${topic} ${JSON.stringify(entry)}`,
  }));

/** A few machines: the plastics plant's old hall, and two that are lost from time to time. */
const machines = demoPlant().machines.filter(({ spec: { path } }) =>
  /^(langwan\/zhoushan|lianken\/gouqi\/fleet)/.test(path),
);
const at = (now: number) => demoTimeline({ seed: 1, now, machines });
const pastOf = (timeline: ReturnType<typeof at>, since: number): Report[] => [
  ...timeline.machines.flatMap((machine) => [...timeline.history(machine, since)].flatMap(reportsOf)),
  ...timeline.current.flatMap(reportsOf),
];

function untilOf(timeline: ReturnType<typeof at>, end: number): Report[] {
  const reports: Report[] = [];
  for (let next = timeline.live.next(); !next.done && next.value.ts < end; next = timeline.live.next()) {
    const { machine, ts } = next.value;
    reports.push(...reportsOf({ topic: topicOf(machine), payload: payloadOf(next.value) }));
    expect(reports.at(-1)?.ts).toBe(ts);
  }
  return reports;
}

describe('the demo', () => {
  it('has six pilots with a plant each, and one of them runs 80 machines', () => {
    const { pilots, config } = demoPlant();
    expect(pilots.length).toBe(6);
    const plants = Map.groupBy(config.machines, ({ path }) => path.split('/')[0]);
    expect(plants.size).toBe(6);
    expect(config.machines.filter(({ path }) => path.startsWith('langwan/jintang/')).length).toBe(80);
  });

  it('knows of each machine how it is now, and begins history 30 days before today', () => {
    const timeline = at(NOW);
    const current = timeline.current.flatMap(reportsOf);
    expect(current.map(({ machine }) => machine).sort()).toEqual(
      machines.map(({ spec }) => spec.path).sort(),
    );
    const lossless = current.filter(({ machine }) => machine.startsWith('langwan/'));
    expect(lossless.every(({ ts }) => ts < NOW && ts >= NOW - 31_000)).toBe(true);
    expect(timeline.historyFrom).toBe(TODAY - 30 * DAY);
  });

  it('says nothing twice, and is silent for no longer than five minutes but where it is lost', () => {
    const past = pastOf(at(NOW), TODAY - 2 * DAY);
    expect(new Set(past.map(({ machine, ts }) => `${machine} ${ts}`)).size).toBe(past.length);
    for (const [machine, reports] of Map.groupBy(past, (report) => report.machine)) {
      if (machine.startsWith('lianken/')) continue;
      const instants = [TODAY - 2 * DAY, ...reports.map(({ ts }) => ts).sort((a, b) => a - b), NOW];
      const gaps = instants.slice(1).map((ts, index) => ts - (instants[index] as number));
      expect(Math.max(...gaps), machine).toBeLessThanOrEqual(300_000);
    }
  });

  it('looks the same later: what is history then was live before', () => {
    const live = untilOf(at(NOW), NOW + HOUR);
    expect(live.every(({ ts }) => ts >= NOW)).toBe(true);
    const said = new Set([...live, ...pastOf(at(NOW), NOW - HOUR)].map(({ text }) => text));
    // The newest word of each machine says all that it works on, which samples leave out.
    const isNewest = (now: number) => {
      const newest = new Set(
        at(now)
          .current.flatMap(reportsOf)
          .map(({ machine, ts }) => `${machine} ${ts}`),
      );
      return ({ machine, ts }: Report): boolean => newest.has(`${machine} ${ts}`);
    };
    const newestLater = isNewest(NOW + HOUR);
    const later = pastOf(at(NOW + HOUR), NOW).filter(
      (report) => report.machine.startsWith('langwan/') && !newestLater(report),
    );
    expect(later.length).toBeGreaterThan(100);
    expect(later.filter(({ text }) => !said.has(text))).toEqual([]);
    const newestNow = isNewest(NOW);
    const tomorrow = pastOf(at(NOW + DAY), NOW - HOUR).filter(
      (report) => report.ts < NOW && !newestNow(report),
    );
    const today = new Set(pastOf(at(NOW), NOW - HOUR).map(({ text }) => text));
    expect(tomorrow.length).toBeGreaterThan(100);
    expect(tomorrow.filter(({ text }) => !today.has(text))).toEqual([]);
  });

  it('says orders where there is an MES, each planned so that the day is enough for it, and not with each sample', () => {
    const past = pastOf(at(NOW), TODAY - 3 * DAY).filter(({ machine }) => machine.startsWith('langwan/'));
    const orders = new Map<string, { quantity: number; first: number; last: number }>();
    for (const [machine, reports] of Map.groupBy(past, (report) => report.machine)) {
      let order = '';
      for (const { ts, text } of reports.toSorted((a, b) => a.ts - b.ts)) {
        const said = JSON.parse(text.slice(text.indexOf('{'))) as Record<string, unknown>;
        if (typeof said.order === 'string' && said.order !== order) {
          // Numbers begin again each day; the name doesn't.
          expect(orders.has(said.order), said.order).toBe(false);
          order = said.order;
        }
        const own = orders.getOrInsertComputed(order, () => ({
          quantity: said.orderQuantity as number,
          first: said.count as number,
          last: 0,
        }));
        own.last = said.count as number;
        expect(own.quantity, `${machine} ${ts}`).toBeGreaterThan(0);
      }
    }
    const shares = [...orders.values()].map(({ quantity, first, last }) => (last - first) / quantity);
    expect(shares.length).toBeGreaterThan(100);
    const near = shares.filter((share) => share > 0.85 && share < 1.25).length;
    expect(near / shares.length).toBeGreaterThan(0.6);
    const withOrder = past.filter(({ text }) => text.includes('"order"')).length;
    expect(withOrder / past.length).toBeLessThan(0.75);
  });

  it('leaves it to operators to say why a machine waits', () => {
    const past = pastOf(at(NOW), TODAY - 3 * DAY).filter(({ machine }) => machine.startsWith('langwan/'));
    const states = past.map(
      ({ text }) => JSON.parse(text.slice(text.indexOf('{'))) as Record<string, string>,
    );
    expect(states.some(({ reason }) => reason === 'material-short')).toBe(false);
    expect(states.some(({ state, reason }) => state === 'starved' && reason === undefined)).toBe(true);
    expect(states.some(({ state, reason }) => state === 'down' && reason !== undefined)).toBe(true);
  });

  it('loses a good part of what the fishing fleet says, and says so with last wills', () => {
    const fleet = pastOf(at(NOW), TODAY - 10 * DAY).filter(({ machine }) => machine.startsWith('lianken/'));
    expect(fleet.filter(({ text }) => text.includes('"offline"')).length).toBeGreaterThan(20);
    const heard = new Set(fleet.map(({ ts, machine }) => `${machine} ${Math.floor(ts / 300_000)}`)).size;
    const slots = (2 * (NOW - TODAY + 10 * DAY)) / 300_000;
    expect(heard / slots).toBeGreaterThan(0.5);
    expect(heard / slots).toBeLessThan(0.8);
  });
});

describe('telling the demo', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kaidong-demo-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const told = (subject = 'a store'): Told => openTold(join(folder, 'told.json'), subject);
  const two = machines.slice(0, 2);

  /** Runs the demo until its history is in; returns what was published. */
  async function run(now: number, memory: Told): Promise<Report[]> {
    await using broker = await startBroker();
    const stop = new AbortController();
    const shares: number[] = [];
    await demo({
      broker: { url: broker.url },
      seed: 1,
      machines: two,
      told: memory,
      now: () => now,
      signal: stop.signal,
      progress: ({ share }) => {
        shares.push(share);
        if (share === 1) stop.abort();
      },
    });
    expect(shares).toEqual([0.5, 1]);
    expect(broker.messages.slice(0, 2).every(({ payload }) => payload.startsWith('{'))).toBe(true);
    return broker.messages.flatMap(reportsOf).filter(({ ts }) => ts < now);
  }

  it('publishes the current states first, then all of history, machine by machine, once', async () => {
    const timeline = demoTimeline({ seed: 1, now: NOW, machines: two });
    const first = await run(NOW, told());
    expect(first.map(({ text }) => text)).toEqual(
      [
        ...timeline.current.flatMap(reportsOf),
        ...two.flatMap(({ spec }) =>
          [...timeline.history(spec.path, timeline.historyFrom)].flatMap(reportsOf),
        ),
      ].map(({ text }) => text),
    );
    // Started again a minute later, only that minute is left to tell.
    const again = await run(NOW + 60_000, told());
    expect(again.length).toBeLessThan(20);
    expect(again.every(({ ts }) => ts >= NOW)).toBe(true);
  });

  it('tells everything to another store, and where its own file is no use', async () => {
    const memory = told();
    memory.note(['a/b/c/d/e'], NOW);
    expect(told().until('a/b/c/d/e')).toBe(NOW);
    expect(told().until('a/b/c/d/f')).toBeNull();
    expect(told('another store').until('a/b/c/d/e')).toBeNull();
    writeFileSync(join(folder, 'told.json'), readFileSync(join(folder, 'told.json'), 'utf8').slice(0, -5));
    expect(told().until('a/b/c/d/e')).toBeNull();
  });
});
