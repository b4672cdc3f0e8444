import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type ShiftSpan, shiftsFrom } from '../../simulators/calendar.ts';
import { type PlantEvent, payloadOf, topicOf } from '../../simulators/event.ts';
import { plantEvents } from '../../simulators/plant/generate.ts';
import { plantOf } from '../../simulators/plant/growing.ts';
import { GAUGE_INTERVAL_MS } from '../../simulators/plant/spec.ts';

const HOUR = 3_600_000;
/** Every machine of the plastics plant counts. */
type Counted = PlantEvent & { readonly count: number; readonly reject: number };
/** A Monday, 08:00 in the plant. */
const MONDAY = Date.parse('2026-03-02T08:00:00+08:00');

function eventsOf(options: {
  machines?: number;
  seed?: string;
  hours?: number;
  overtime?: number;
  start?: number;
  orders?: boolean;
}) {
  const { machines = 12, seed = '7', hours = 24, overtime = 0, start = MONDAY, orders = false } = options;
  const events: Counted[] = [];
  for (const event of plantEvents(plantOf(machines, 'two-shift'), { seed, start, overtime, orders })) {
    if (event.ts >= start + hours * HOUR) break;
    events.push(event as Counted);
  }
  return events;
}

const bytes = (events: readonly PlantEvent[]): string =>
  events.map((event) => `${topicOf(event.machine)} ${payloadOf(event)}`).join('\n');

const byMachine = (events: readonly Counted[]): Counted[][] => [
  ...Map.groupBy(events, ({ machine }) => machine).values(),
];

describe('a simulated plant', () => {
  it('says the same bytes for the same seed, and others for another', () => {
    expect(bytes(eventsOf({ hours: 4 }))).toBe(bytes(eventsOf({ hours: 4 })));
    expect(bytes(eventsOf({ hours: 4 }))).not.toBe(bytes(eventsOf({ hours: 4, seed: '8' })));
  });

  it('says what it said in the versions before', () => {
    // Truth files that were written once must stay true of the messages of today.
    const digest = createHash('sha256').update(bytes(eventsOf({ machines: 24, hours: 72, overtime: 0.3 })));
    expect(digest.digest('hex')).toBe('323ff4284d6c3beb4f7377105f93c2c44783c7a8f7bdf770398946048dc856ea');
  });

  it('lives the same life with orders: one for each lot, planned in round numbers, one after the other', () => {
    const size = { machines: 12, hours: 48 };
    const events = eventsOf({ ...size, orders: true });
    expect(bytes(events.map((event) => ({ ...event, order: null })))).toBe(bytes(eventsOf(size)));
    for (const said of byMachine(events)) {
      const made = new Map<string, { pieces: number; quantity: number; products: Set<string | null> }>();
      said.forEach(({ order, product, count, state }, index) => {
        const { id, quantity } = order as NonNullable<PlantEvent['order']>;
        if (id !== said[index - 1]?.order?.id && index > 0) expect(state).toBe('setup');
        const own = made.getOrInsertComputed(id, () => ({ pieces: 0, quantity, products: new Set() }));
        own.pieces += Math.max(0, count - (said[index - 1]?.count ?? count));
        own.products.add(product);
      });
      for (const [id, { pieces, quantity, products }] of [...made].slice(0, -1)) {
        expect(products.size, id).toBe(1);
        expect(pieces / quantity, id).toBeGreaterThanOrEqual(1);
        expect(pieces / quantity, id).toBeLessThan(1.2);
      }
    }
  });

  it("doesn't change a machine's history when machines are added", () => {
    const few = eventsOf({ machines: 9, hours: 10 });
    const names = new Set(few.map(({ machine }) => machine));
    const many = eventsOf({ machines: 40, hours: 10 }).filter(({ machine }) => names.has(machine));
    expect(bytes(many)).toBe(bytes(few));
  });

  it('gives every machine a name of its own', () => {
    const paths = plantOf(1_000, 'two-shift').machines.map(({ path }) => path);
    expect(new Set(paths).size).toBe(1_000);
    expect(
      paths.every((path) => /^langwan\/[^/]+\/(moulding|screws)\/line\d+\/(imm|lathe|mill)-\d+$/.test(path)),
    ).toBe(true);
  });

  it('is in order of time, strictly within a machine, and never silent', () => {
    const events = eventsOf({ hours: 30 });
    expect(events.every((event, index) => index === 0 || event.ts >= (events[index - 1]?.ts ?? 0))).toBe(
      true,
    );
    for (const said of byMachine(events)) {
      expect(said[0]?.ts).toBe(MONDAY);
      for (let index = 1; index < said.length; index++) {
        const gap = (said[index]?.ts ?? 0) - (said[index - 1]?.ts ?? 0);
        expect(gap).toBeGreaterThan(0);
        expect(gap).toBeLessThanOrEqual(GAUGE_INTERVAL_MS);
      }
    }
  });

  it('works within shifts only, stops at the exact instant, and makes no piece while it stands', () => {
    const plant = plantOf(12, 'two-shift');
    const shifts: ShiftSpan[] = [];
    for (const shift of shiftsFrom(plant.machines[0]?.site as never, MONDAY)) {
      if (shift.from > MONDAY + 48 * HOUR) break;
      shifts.push(shift);
    }
    const works = (ts: number): boolean =>
      shifts.some(
        ({ from, to, breaks }) =>
          from <= ts && ts < to && !breaks.some((pause) => pause.from <= ts && ts < pause.to),
      );
    for (const said of byMachine(eventsOf({ hours: 40 }))) {
      for (const [index, event] of said.entries()) {
        const before = said[index - 1];
        if (event.state === 'running' || event.state === 'setup') expect(works(event.ts)).toBe(true);
        if (!before) continue;
        if (before.state === 'running' && event.state !== 'running' && !works(event.ts)) {
          expect(
            shifts.some(({ to, breaks }) => to === event.ts || breaks.some(({ from }) => from === event.ts)),
          ).toBe(true);
        }
        if (event.count > before.count) expect(before.state).toBe('running');
        if (event.count < before.count) expect([event.count, event.state]).toEqual([0, 'setup']);
      }
    }
  });

  it('works on after a shift where overtime is asked for', () => {
    const late = eventsOf({ hours: 24, overtime: 1 }).filter(
      ({ ts, state }) => state === 'running' && ts >= MONDAY + 22 * HOUR && ts < MONDAY + 24 * HOUR,
    );
    expect(late.length).toBeGreaterThan(0);
  });

  it('has every kind of state, cycles about the ideal one, and rejects that gather after a setup', () => {
    const events = eventsOf({ machines: 24, hours: 96 });
    const states = new Set(events.map(({ state }) => state));
    expect([...states].sort()).toEqual(
      ['blocked', 'down', 'held', 'idle', 'off', 'planned-stop', 'running', 'setup', 'starved'].sort(),
    );
    const share = { early: [0, 0], later: [0, 0] };
    for (const said of byMachine(events)) {
      let sinceSetup = Number.POSITIVE_INFINITY;
      said.forEach((event, index) => {
        const before = said[index - 1];
        if (!before || event.count < before.count) return;
        if (before.state === 'setup' && before.product !== said[index - 2]?.product) sinceSetup = 0;
        if (event.count === before.count) return;
        const bin = sinceSetup++ < 2 ? share.early : share.later;
        bin[0] = (bin[0] ?? 0) + event.reject - before.reject;
        bin[1] = (bin[1] ?? 0) + event.count - before.count;
        expect(event.reject - before.reject).toBeLessThanOrEqual(event.count - before.count);
      });
    }
    const rate = ([rejected = 0, made = 0]: number[]): number => rejected / made;
    expect(rate(share.early)).toBeGreaterThan(5 * rate(share.later));
    expect(rate(share.later)).toBeLessThan(0.05);
  });

  it('names ideal cycles that its machines keep to', () => {
    const plant = plantOf(12, 'two-shift');
    for (const { path, products } of plant.config.machines) {
      expect(Object.keys(products ?? {}).length, path).toBeGreaterThan(1);
      for (const { idealCycleMs } of Object.values(products ?? {})) {
        expect(Number.isInteger(idealCycleMs * 1000)).toBe(true);
      }
    }
  });
});
