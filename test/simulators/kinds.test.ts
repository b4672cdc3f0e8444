import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import type { PlantEvent } from '../../simulators/event.ts';
import { payloadOf } from '../../simulators/event.ts';
import type { MachineKind } from '../../simulators/plant/kind.ts';
import { KINDS } from '../../simulators/plant/kinds/index.ts';
import { plantFrom } from '../../simulators/plant/layout.ts';
import { machineEvents, type Telling } from '../../simulators/plant/machine.ts';
import { GAUGE_INTERVAL_MS } from '../../simulators/plant/spec.ts';

const HOUR = 3_600_000;
const START = Date.parse('2026-03-02T08:00:00+08:00');
const SITE = { path: 'e/s', zone: 'Asia/Shanghai', dayStart: '08:00', shifts: [] };

test('the folder and the list of kinds agree', () => {
  const files = readdirSync(join(import.meta.dirname, '../../simulators/plant/kinds'));
  expect(KINDS.map(({ id }) => `${id}.ts`).sort()).toEqual(
    files.filter((file) => file !== 'index.ts').sort(),
  );
});

function eventsOf(kind: MachineKind, { hours = 240, telling }: { hours?: number; telling?: Telling } = {}) {
  const { machines, config } = plantFrom({ sites: [{ site: SITE, areas: { a: [{ machines: [kind] }] } }] });
  const [spec] = machines;
  const events: PlantEvent[] = [];
  const options = { seed: '3', start: START, overtime: 0, ...(telling ? { telling } : {}) };
  for (const event of machineEvents(spec as never, options)) {
    if (event.ts >= START + hours * HOUR) break;
    events.push(event);
  }
  return { events, config: config.machines[0] };
}

describe.each(KINDS.map((kind) => [kind.id, kind] as const))('%s', (_, kind) => {
  const { events, config } = eventsOf(kind);

  it('runs for a good part of the time, stops for its own reasons, and is never silent', () => {
    const ms = new Map<string, number>();
    events.forEach(({ ts, state }, index) => {
      const until = events[index + 1]?.ts ?? ts;
      expect(until - ts).toBeLessThanOrEqual(GAUGE_INTERVAL_MS);
      ms.set(state, (ms.get(state) ?? 0) + until - ts);
    });
    const all = [...ms.values()].reduce((sum, part) => sum + part, 0);
    expect((ms.get('running') ?? 0) / all).toBeGreaterThan(0.3);
    const reasons = new Set(events.map(({ reason }) => reason));
    const own = [...kind.minorStops.stops.map(({ reason }) => reason), ...kind.breakdowns.reasons];
    expect(own.some((reason) => reasons.has(reason))).toBe(true);
    expect(
      events.every(({ state, reason }) => state === 'running' || state === 'off' || reason !== null),
    ).toBe(true);
  });

  it('counts pieces with an ideal cycle, pieces without one, or nothing', () => {
    if (kind.work === 'flow') {
      expect(events.every(({ count, reject, product }) => (count ?? reject ?? product) === null)).toBe(true);
      expect(payloadOf(events[0] as PlantEvent)).not.toMatch(/count|reject|product/);
      expect(config).not.toHaveProperty('idealCycleMs');
      return;
    }
    expect(events.at(-1)?.count ?? 0).toBeGreaterThan(0);
    const cycles = Object.values(config?.products ?? {}).map(({ idealCycleMs }) => idealCycleMs);
    expect(cycles.length).toBe(kind.unpaced ? 0 : kind.products.length);
    expect(cycles.every((ms) => Number.isInteger(ms * 1000))).toBe(true);
  });

  it('samples its gauges about their levels, and adds power up to energy', () => {
    const samples = events.flatMap(({ gauges, state }) =>
      gauges ? [{ gauges: new Map(gauges), state }] : [],
    );
    for (const [name, { running, resting, spread }] of Object.entries(kind.gauges)) {
      const values = samples.map(({ gauges }) => gauges.get(name) as number);
      expect(Math.min(...values)).toBeGreaterThanOrEqual(Math.min(running, resting) - 2.1 * spread - 0.1);
      expect(Math.max(...values)).toBeLessThanOrEqual(Math.max(running, resting) + 2.1 * spread + 0.1);
    }
    const energy = samples.map(({ gauges }) => gauges.get('energy') ?? 0);
    if ('power' in kind.gauges) expect(energy.at(-1)).toBeGreaterThan(energy[0] as number);
    else expect(energy.every((value) => value === 0)).toBe(true);
  });

  it('happens the same however much of it is told', () => {
    const hours = 40;
    const whole = eventsOf(kind, { hours }).events.map(payloadOf);
    const told = eventsOf(kind, { hours, telling: { sampleInto: 10 } }).events;
    expect(new Set(whole).isSupersetOf(new Set(told.map(payloadOf)))).toBe(true);
    expect(told.length).toBeLessThan(whole.length / 3);
    told.forEach(({ ts }, index) => {
      expect((told[index + 1]?.ts ?? ts) - ts).toBeLessThanOrEqual(10 * GAUGE_INTERVAL_MS);
    });
    // Every change of state is told.
    const changes = (events: readonly PlantEvent[]): string[] =>
      events.flatMap(({ ts, state, reason }, index) =>
        state === events[index - 1]?.state && reason === events[index - 1]?.reason
          ? []
          : [`${ts} ${state} ${reason}`],
      );
    expect(changes(told)).toEqual(changes(eventsOf(kind, { hours }).events));
    const late = eventsOf(kind, { hours, telling: { from: START + 30 * HOUR } }).events.map(payloadOf);
    expect(late).toEqual(whole.slice(-late.length));
  });
});
