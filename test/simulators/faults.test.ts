import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PlantEvent } from '../../simulators/event.ts';
import { withLoss } from '../../simulators/faults/loss.ts';
import { parseFaults } from '../../simulators/faults/plan.ts';
import { shuffled } from '../../simulators/faults/shuffle.ts';

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
    product: 'P',
    gauges: null,
  }));
}

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

  it.each([
    ['dup=0.1', '"dup" is no fault; choose from duplicates, reorder, delay, loss'],
    ['loss=1', '"1" is no share; write a number from 0 to below 1, for example loss=0.01'],
    ['loss=-0.1', 'is no share'],
    ['loss=', 'is no share'],
    ['delay=0.1:soon', '"soon" is no duration; write for example delay=0.01:30s'],
    ['reorder=0.1:0s', '"0s" is no duration'],
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
    expect([...shuffled(withLoss(events, undefined, '1'), {}, '1')].map(({ event }) => event)).toEqual(
      events,
    );
  });

  it('publish about the share twice, and are the same for the same seed', () => {
    const plan = parseFaults('duplicates=0.02');
    const out = [...shuffled(events, plan, '1')];
    expect((out.length - events.length) / events.length).toBeCloseTo(0.02, 2);
    expect(new Set(out.map(({ event }) => event)).size).toBe(events.length);
    expect([...shuffled(events, plan, '1')]).toEqual(out);
    expect([...shuffled(events, plan, '2')]).not.toEqual(out);
  });

  it('reorder and delay within the bound, lose nothing, and publish in the order due', () => {
    const out = [...shuffled(events, parseFaults('reorder=0.02:30s,delay=0.01:5m'), '3')];
    expect(out.map(({ event }) => event.ts).sort((a, b) => a - b)).toEqual(events.map(({ ts }) => ts));
    expect(out.every(({ due }, index) => index === 0 || due >= (out[index - 1]?.due ?? 0))).toBe(true);
    const late = out.filter(({ event, due }) => due > event.ts);
    expect(late.length / events.length).toBeCloseTo(0.03, 2);
    expect(late.every(({ event, due }) => due - event.ts <= 300_000)).toBe(true);
    expect(late.some(({ event, due }) => due - event.ts > 30_000)).toBe(true);
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
