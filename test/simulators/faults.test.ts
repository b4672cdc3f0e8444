import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PlantEvent } from '../../simulators/event.ts';
import { befall } from '../../simulators/faults/befall.ts';
import type { FaultName } from '../../simulators/faults/fault.ts';
import { FAULTS } from '../../simulators/faults/index.ts';
import { withLoss } from '../../simulators/faults/loss.ts';
import { parseFaults } from '../../simulators/faults/plan.ts';
import type { Outgoing } from '../../simulators/outgoing.ts';
import { plantEvents } from '../../simulators/plant/generate.ts';
import { plantOf } from '../../simulators/plant/growing.ts';

const START = 1_772_409_600_000;

/** One machine that reports each second. */
function reports(count: number): PlantEvent[] {
  return Array.from({ length: count }, (_, index) => ({
    kind: 'report',
    machine: 'e/s/a/l/m',
    index: 0,
    ts: START + index * 1_000,
    state: 'running',
    reason: null,
    count: index,
    reject: 0,
    rework: null,
    product: 'P',
    order: null,
    gauges: null,
  }));
}

const PLANT = plantOf(12, 'continuous');

/** What a plan makes of what is said, and how often each fault befell it. */
function befallen(events: readonly PlantEvent[], plan: string, seed = '1') {
  const counts: Partial<Record<FaultName, number>> = {};
  const context = {
    ...{ seed, start: START, plant: PLANT, plan: parseFaults(plan) },
    befell: (fault: FaultName) => {
      counts[fault] = (counts[fault] ?? 0) + 1;
    },
  };
  const outgoing = events.map((event): Outgoing => ({ event, due: event.ts }));
  return { out: [...befall(outgoing, FAULTS, context)], counts };
}

/** What the plant says in so many hours. */
function ofPlant(hours: number): PlantEvent[] {
  const events: PlantEvent[] = [];
  for (const event of plantEvents(PLANT, { seed: '1', start: START, overtime: 0 })) {
    if (event.ts >= START + hours * 3_600_000) break;
    events.push(event);
  }
  return events;
}

describe('the faults', () => {
  it('are each one file, and each file a fault', () => {
    const parts = ['befall', 'chosen', 'clocks', 'fault', 'held-back', 'index', 'plan', 'stretches'];
    const files = readdirSync(join(import.meta.dirname, '../../simulators/faults'))
      .map((file) => file.replace(/\.ts$/, ''))
      .filter((file) => !parts.includes(file));
    expect(FAULTS.map(({ id }) => id).sort()).toEqual(files.sort());
  });

  it.each(FAULTS.map(({ id }) => [id] as const))(
    '%s changes what is said, the same for the same seed',
    (id) => {
      const events = ofPlant(16);
      const { out, counts } = befallen(events, `${id}=0.05`);
      expect(counts[id]).toBeGreaterThan(0);
      expect(out).not.toEqual(events.map((event) => ({ event, due: event.ts })));
      expect(befallen(events, `${id}=0.05`).out).toEqual(out);
      // Of each machine, what isn't held back is told in ascending time.
      const newest = new Map<string, number>();
      if (['reorder', 'delay', 'duplicates', 'garbage', 'announcements'].includes(id)) return;
      for (const { event } of out) {
        if (event.kind === 'severance') continue;
        expect(event.ts).toBeGreaterThan(newest.get(event.machine) ?? 0);
        newest.set(event.machine, event.ts);
      }
    },
  );
});

describe('a fault plan', () => {
  it('reads shares and durations, and has a duration for each fault', () => {
    expect(parseFaults('duplicates=0.01,reorder=0.02:30s,delay=0.01:5m,loss=0.005')).toEqual({
      duplicates: { share: 0.01, withinMs: 5_000 },
      reorder: { share: 0.02, withinMs: 30_000 },
      delay: { share: 0.01, withinMs: 300_000 },
      loss: { share: 0.005, withinMs: 600_000 },
    });
    expect(parseFaults('loss=0.1:0s')).toEqual({ loss: { share: 0.1, withinMs: 0 } });
  });

  it('reads files', () => {
    const folder = mkdtempSync(join(tmpdir(), 'kaidong-'));
    try {
      const yaml = join(folder, 'plan.yaml');
      writeFileSync(yaml, 'duplicates: 0.25\nreorder: 0.5:10s\ndelay: { share: 0.1, within: 1m }\n');
      expect(parseFaults(yaml)).toEqual({
        duplicates: { share: 0.25, withinMs: 5_000 },
        reorder: { share: 0.5, withinMs: 10_000 },
        delay: { share: 0.1, withinMs: 60_000 },
      });
      const json = join(folder, 'plan.json');
      writeFileSync(json, '["loss"]');
      expect(() => parseFaults(json)).toThrow(/holds no mapping; write for example/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('comes with one that has every fault', () => {
    const plan = parseFaults(join(import.meta.dirname, '../../simulators/plans/everything.yaml'));
    expect(Object.keys(plan).sort()).toEqual(FAULTS.map(({ id }) => id).sort());
    expect(plan.deaths).toEqual({ share: 0.002, withinMs: 30_000 });
  });

  it.each([
    ['dup=0.1', '"dup" is no fault; choose from flood, skew, drift, resets'],
    ['loss=1', '"1" is no share; write a number from 0 to below 1, for example loss=0.01'],
    ['loss=-0.1', 'is no share'],
    ['loss=', 'is no share'],
    ['delay=0.1:soon', '"soon" is no duration; write for example delay=0.01:30s'],
    ['reorder=0.1:0s', '"0s" is too short; write at least 1ms'],
    ['deaths=0.1:10ms', '"10ms" is too short; write at least 1000ms'],
    ['garbage=0.1:5s', 'takes no duration; write garbage=0.1'],
    ['loss=0.1,loss=0.2', '"loss" is given twice; give it once'],
    ['loss=0.1,delay', '"delay" has no share'],
    ['no-such-file.yaml', 'neither a plan nor an existing file; write for example duplicates=0.01'],
  ])('refuses %s', (plan, message) => {
    expect(() => parseFaults(plan)).toThrow(message);
  });
});

describe('faults', () => {
  const events = reports(40_000);

  it('leave everything as it is without a plan', () => {
    expect([...withLoss(events, undefined, '1')]).toEqual(events);
    expect(befallen(events, 'duplicates=0,loss=0').out.map(({ event }) => event)).toEqual(events);
  });

  it('publish about the share twice, and are the same for the same seed', () => {
    const { out, counts } = befallen(events, 'duplicates=0.02');
    expect((out.length - events.length) / events.length).toBeCloseTo(0.02, 2);
    expect(out.filter(({ copy }) => copy).length).toBe(counts.duplicates);
    expect(new Set(out.map(({ event }) => event)).size).toBe(events.length);
    expect(befallen(events, 'duplicates=0.02', '2').out).not.toEqual(out);
  });

  it('reorder and delay within the bound, lose nothing, and publish in the order due', () => {
    const { out } = befallen(events, 'reorder=0.02:30s,delay=0.01:5m', '3');
    expect(out.map(({ event }) => event.ts).sort((a, b) => a - b)).toEqual(events.map(({ ts }) => ts));
    expect(out.every(({ due }, index) => index === 0 || due >= (out[index - 1]?.due ?? 0))).toBe(true);
    const late = out.filter(({ event, due }) => due > event.ts);
    expect(late.length / events.length).toBeCloseTo(0.03, 2);
    expect(late.every(({ event, due }) => due - event.ts <= 330_000)).toBe(true);
    expect(late.some(({ event, due }) => due - event.ts > 30_000)).toBe(true);
  });

  it("leave another fault's draws where they are", () => {
    const twice = (plan: string) => befallen(events, plan).out.filter(({ copy }) => copy);
    expect(
      twice('duplicates=0.02,delay=0.2')
        .map(({ event }) => event.ts)
        .sort(),
    ).toEqual(
      twice('duplicates=0.02')
        .map(({ event }) => event.ts)
        .sort(),
    );
  });

  it('flood a hundredfold while it lasts', () => {
    const said = events
      .filter((_, index) => index % 20 === 0)
      .map((event) => ({ ...event, gauges: [['power', 3]] as const }));
    const { out, counts } = befallen(said, 'flood=0.1:2m');
    const more = counts.flood ?? 0;
    expect(more / (said.length * 0.1)).toBeGreaterThan(50);
    expect(more / (said.length * 0.1)).toBeLessThan(160);
    expect(out.length).toBe(said.length + more);
    expect(out.every(({ event }) => event.kind === 'report' && event.count !== undefined)).toBe(true);
  });

  it('let counters begin again only where that can be told from growth, so that no piece is lost', () => {
    const said = ofPlant(12);
    const { out, counts } = befallen(said, 'resets=0.02');
    expect(counts.resets).toBeGreaterThan(20);
    expect(piecesOf(out.map(({ event }) => event as PlantEvent))).toEqual(piecesOf(said));
  });

  it('let a value drift only after its type is known, however late', () => {
    const { out } = befallen(ofPlant(4), 'types=0.3,delay=0.3:10m');
    const pinned = new Set<string>();
    for (const { event, drifted } of out) {
      if (event.kind !== 'report') continue;
      if (drifted !== undefined) expect(pinned.has(`${event.machine} ${drifted}`)).toBe(true);
      for (const [name] of event.gauges ?? []) {
        if (name !== drifted) pinned.add(`${event.machine} ${name}`);
      }
    }
    expect(out.some(({ drifted }) => drifted !== undefined)).toBe(true);
  });

  it('let a whole line die at once, and return at once', () => {
    const { out, counts } = befallen(ofPlant(6), 'deaths=0.05:30s');
    const deaths = out.filter(({ event }) => event.kind === 'severance').map(({ due }) => due);
    expect(deaths.length).toBe(counts.deaths);
    for (const due of deaths.slice(1)) {
      const wills = out.filter((told) => told.due === due && told.event.kind === 'last-will');
      expect(wills.length).toBe(3);
    }
  });

  it('lose stretches, each announced by a last will in place of the first lost message', () => {
    const out = [...withLoss(events, parseFaults('loss=0.1:2m').loss, '1')];
    const wills = out.filter(({ kind }) => kind === 'last-will');
    expect(wills.length).toBeGreaterThan(5);
    const lost = events.length - (out.length - wills.length);
    expect(lost / events.length).toBeGreaterThan(0.05);
    expect(lost / events.length).toBeLessThan(0.2);
    out.forEach((event, index) => {
      const gap = (out[index + 1]?.ts ?? event.ts) - event.ts;
      if (event.kind === 'report') expect(gap).toBeLessThanOrEqual(1_000);
    });
  });

  it('lose single messages without a word where the duration is 0', () => {
    const out = [...withLoss(events, parseFaults('loss=0.1:0s').loss, '1')];
    expect(out.every(({ kind }) => kind === 'report')).toBe(true);
    expect(1 - out.length / events.length).toBeCloseTo(0.1, 1);
  });
});

/** By machine, the pieces that a counter's values say were made; the first is a baseline, a lower one a reset. */
function piecesOf(events: readonly PlantEvent[]): Map<string, number> {
  const sums = new Map<string, number>();
  const last = new Map<string, number>();
  for (const { machine, count } of events) {
    if (count === null) continue;
    const before = last.get(machine) ?? count;
    sums.set(machine, (sums.get(machine) ?? 0) + (count < before ? count : count - before));
    last.set(machine, count);
  }
  return sums;
}
