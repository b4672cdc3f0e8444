import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calendarPieces, localHours, productionDays } from '../../domain/calendar.ts';
import { figureOf, integersOf } from '../../domain/figure.ts';
import { busyMs, type Kpi } from '../../domain/formula.ts';
import { kpiOf, kpis } from '../../domain/kpi/index.ts';
import { addSums, type CellResult } from '../../domain/ledger.ts';
import { type LedgerSums, zeroMs, zeroSums } from '../../domain/ledger-row.ts';
import { signalsOf } from '../../domain/signals.ts';
import type { State } from '../../domain/state.ts';
import type { Span } from '../../domain/time.ts';
import { timeline } from '../../domain/timeline.ts';
import {
  arrival,
  arrivals,
  asOf,
  counted,
  FIRST,
  HOUR,
  MINUTE,
  machine,
  ruled,
  SECOND,
  START,
  site,
  WHOLE,
} from './any-events.ts';
import { factsOf } from './facts-of.ts';
import { ledgerOf } from './scenario.ts';

const bare = ({ digest: _, from: __, to: ___, ...sums }: CellResult): LedgerSums => sums;
const total = (row: LedgerSums): number => Object.values(row.ms).reduce((sum, ms) => sum + ms, 0);

test('the classes of any cell sum to its window, for any events', () => {
  fc.assert(
    fc.property(machine, arrivals, asOf, (one, heard, now) => {
      const cells = productionDays(site, WHOLE);
      for (const [index, row] of ledgerOf({
        machine: one,
        site,
        cells,
        arrivals: heard,
        asOf: now,
      }).entries()) {
        const cell = cells[index] as Span;
        expect(total(row)).toBe(Math.max(0, Math.min(cell.to, now) - cell.from));
        expect(row.counts.produced).toBe(row.counts.good + row.counts.reject);
        if (!row.runningUs) continue;
        const { productive, rejectLoss, speedLoss } = row.runningUs;
        expect(productive + rejectLoss + speedLoss).toBe(BigInt(row.ms.running) * 1000n);
      }
    }),
  );
});

test('shuffled and duplicated data gives the same ledger, inputs included', () => {
  const distinct = fc.uniqueArray(arrival, { maxLength: 60, selector: ({ ts }) => ts });
  const shuffled = distinct.chain((heard) =>
    fc.tuple(
      fc.constant(heard),
      fc.subarray(heard).chain((again) =>
        fc.shuffledSubarray([...heard, ...again], {
          minLength: heard.length + again.length,
          maxLength: heard.length + again.length,
        }),
      ),
    ),
  );
  fc.assert(
    fc.property(machine, shuffled, asOf, (one, [heard, messy], now) => {
      const given = { machine: one, site, cells: [FIRST, SECOND], asOf: now };
      expect(ledgerOf({ ...given, arrivals: messy })).toEqual(ledgerOf({ ...given, arrivals: heard }));
    }),
  );
});

test('two adjacent windows add up to the whole', () => {
  fc.assert(
    fc.property(machine, arrivals, (one, heard) => {
      const given = { machine: one, site, arrivals: [counted, ...heard], asOf: WHOLE.to + HOUR };
      const halves = [FIRST, SECOND].flatMap((cell) => ledgerOf({ ...given, cells: [cell] }));
      const [whole] = ledgerOf({ ...given, cells: [WHOLE] });
      expect(addSums(halves.map(bare))).toEqual(bare(whole as CellResult));
    }),
    { numRuns: 300 },
  );
});

test('a cell is the same, inputs included, whatever was asked beside it', () => {
  fc.assert(
    fc.property(machine, arrivals, asOf, (one, heard, now) => {
      const given = { machine: one, site, arrivals: heard, asOf: now };
      const together = ledgerOf({ ...given, cells: [FIRST, SECOND] });
      const alone = [FIRST, SECOND].flatMap((cell) => ledgerOf({ ...given, cells: [cell] }));
      expect(together).toEqual(alone);
    }),
    { numRuns: 300 },
  );
});

test('what arrives long after a closed cell changes nothing in it', () => {
  fc.assert(
    fc.property(machine, arrivals, arrivals, (one, heard, more) => {
      const late = more.map((item) => ({ ...item, ts: item.ts + 10 * HOUR + SECOND.from - START }));
      const given = { machine: one, site, cells: [FIRST], asOf: WHOLE.to + 100 * HOUR };
      const before = heard.filter(({ ts }) => ts < SECOND.from + 10 * HOUR);
      expect(ledgerOf({ ...given, arrivals: [...before, ...late] })).toEqual(
        ledgerOf({ ...given, arrivals: before }),
      );
    }),
  );
});

test('inputs are canonical JSON', () => {
  fc.assert(
    fc.property(machine, fc.constantFrom(site, ruled), arrivals, asOf, (one, at, heard, now) => {
      const given = { machine: one, site: at, cells: [FIRST], arrivals: heard, asOf: now };
      for (const { digest: inputs } of ledgerOf(given)) {
        expect(canonicalize(JSON.parse(inputs))).toBe(inputs);
      }
    }),
  );
});

test('a timeline is contiguous, covers its span, and neighbours differ', () => {
  fc.assert(
    fc.property(machine, arrivals, (one, heard) => {
      const intervals = timeline({ machine: one, facts: factsOf(one, heard, WHOLE), span: WHOLE });
      expect(intervals[0]?.from).toBe(WHOLE.from);
      expect(intervals.at(-1)?.to).toBe(WHOLE.to);
      for (const [index, { to, from: _, ...content }] of intervals.entries()) {
        const next = intervals[index + 1];
        if (!next) continue;
        expect(next.from).toBe(to);
        expect(next).not.toMatchObject(content);
      }
    }),
  );
});

test('without a calendar the ledger and the timeline tell the same time', () => {
  fc.assert(
    fc.property(machine, arrivals, ({ changeover: _, ...one }, heard) => {
      const [row] = ledgerOf({
        machine: one,
        site: undefined,
        cells: [WHOLE],
        arrivals: heard,
        asOf: WHOLE.to,
      });
      // What a level's state follows from can lie long before.
      const ever = { from: Number.MIN_SAFE_INTEGER, to: WHOLE.to };
      const intervals = timeline({ machine: one, facts: factsOf(one, heard, ever), span: WHOLE });
      const time = (state: State): number =>
        intervals.filter((part) => part.state === state).reduce((sum, part) => sum + part.to - part.from, 0);
      expect(row?.ms).toMatchObject({
        running: time('running'),
        changeover: time('setup'),
        plannedStop: time('planned-stop'),
        unknown: time('unknown'),
      });
    }),
  );
});

test('bounds contain the value that any filling of the unknown time would give', () => {
  const ms = fc.record({
    notScheduled: fc.nat(1e9),
    plannedStop: fc.nat(1e9),
    extra: fc.nat(1e9),
    running: fc.nat(1e9),
    changeover: fc.nat(1e9),
    breakdown: fc.nat(1e9),
    delay: fc.nat(1e9),
    minorStop: fc.nat(1e9),
    idle: fc.nat(1e9),
    unknown: fc.constant(0),
  });
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const bounded = new Set<string>();
  fc.assert(
    fc.property(ms, ms, share, share, share, (known, filling, speed, filledSpeed, floor) => {
      // A filling of planned busy time: production at most at the ideal cycle; a planned stop only leaves the ratio.
      const filled = { ...filling, notScheduled: 0, extra: 0 };
      const unknown = total({ ms: filled } as LedgerSums);
      const row = (time: typeof known, productiveMs: number): LedgerSums => ({
        ...zeroSums(),
        ms: time,
        runningUs: {
          productive: BigInt(Math.floor(productiveMs)) * 1000n,
          rejectLoss: 0n,
          speedLoss: BigInt(time.running - Math.floor(productiveMs)) * 1000n,
        },
        flags: [],
      });
      const seen = row(known, known.running * speed);
      const truth = addSums([seen, row(filled, filled.running * filledSpeed)]);
      const told: LedgerSums = { ...seen, ms: { ...known, unknown: unknown as 0 } };
      for (const { id } of kpis) {
        const kpi = kpiOf(id);
        if (!kpi) throw new Error(id);
        const { low, high } = figureOf(kpi, told, { coverageFloor: floor });
        const { value } = figureOf(kpi, truth, { coverageFloor: floor });
        if (value === null || low === null || high === null) continue;
        bounded.add(id);
        expect(value).toBeGreaterThanOrEqual(low);
        expect(value).toBeLessThanOrEqual(high);
      }
    }),
    { numRuns: 500 },
  );
  const times = ['utilisation', 'availability', 'availability-tpm', 'setup-ratio', 'technical-efficiency'];
  const ideals = ['oee', 'ooe', 'teep', 'equipment-load-ratio'];
  expect([...bounded]).toEqual(
    expect.arrayContaining([...times, 'utilisation-efficiency', 'allocation-efficiency', ...ideals]),
  );
});

test('OEE is availability times effectiveness times quality', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1e9 }),
      fc.nat(1e9),
      fc.integer({ min: 1, max: 1e6 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer({ min: 1, max: 1e8 }),
      (running, idle, produced, share, cycleUs) => {
        const good = Math.floor(produced * share);
        const ideal = (pieces: number): bigint => BigInt(cycleUs) * BigInt(pieces);
        const row: LedgerSums = {
          ...zeroSums(),
          ms: { ...zeroMs(), running, idle },
          runningUs: {
            productive: ideal(good),
            rejectLoss: ideal(produced - good),
            speedLoss: BigInt(running) * 1000n - ideal(produced),
          },
          counts: { produced, good, reject: produced - good, duringUnknown: 0, extra: 0 },
          flags: [],
        };
        const value = (id: string): number => {
          const kpi = kpiOf(id);
          const figure = kpi && figureOf(kpi, row, { coverageFloor: 0 });
          if (typeof figure?.value !== 'number') throw new Error(`${id} has no value`);
          return figure.value;
        };
        const product = value('availability') * value('effectiveness') * value('quality-ratio');
        expect(Math.abs(value('oee') - product)).toBeLessThanOrEqual(1e-12 * Math.max(1, product));
      },
    ),
  );
});

test('the ledger needs no signal but those it names', () => {
  fc.assert(
    fc.property(machine, arrivals, (one, heard) => {
      const given = { machine: one, site, cells: [WHOLE], asOf: WHOLE.to };
      const wanted = new Set(signalsOf(one));
      // Whatever was said keeps the machine heard, so that only the values go.
      const named = heard.map(({ ts, values: said }) => ({
        ts,
        values: {
          ...Object.fromEntries(
            Object.entries(said).filter(([name]) => wanted.has(name) && name !== 'reason'),
          ),
          ...(Object.keys(said).length > 0 && { heard: true }),
        },
      }));
      expect(ledgerOf({ ...given, arrivals: named })).toEqual(ledgerOf({ ...given, arrivals: heard }));
    }),
  );
});

test('calendar pieces are contiguous, cover the span and keep to their day', () => {
  const from = Date.UTC(2026, 0, 1);
  const spans = fc
    .tuple(fc.nat(300 * 24 * 60), fc.integer({ min: 1, max: 5 * 24 * 60 }))
    .map(([start, length]) => ({ from: from + start * MINUTE, to: from + (start + length) * MINUTE }));
  fc.assert(
    fc.property(spans, (span) => {
      const pieces = calendarPieces(site, span);
      expect(pieces[0]?.from).toBe(span.from);
      expect(pieces.at(-1)?.to).toBe(span.to);
      const days = productionDays(site, span);
      for (const [index, piece] of pieces.entries()) {
        expect(piece.to).toBeGreaterThan(piece.from);
        expect(pieces[index + 1]?.from ?? span.to).toBe(piece.to);
        const day = days.find((one) => one.day === piece.day);
        expect(day && day.from <= piece.from && piece.to <= day.to).toBe(true);
      }
      for (const [index, day] of days.entries()) expect(days[index + 1]?.from ?? day.to).toBe(day.to);
    }),
  );
});

test('a row’s failures, energy and order time are what its events say, however it is cut', () => {
  fc.assert(
    fc.property(machine, arrivals, asOf, (one, heard, now) => {
      const cells = localHours(site, WHOLE);
      const given = { machine: one, site, arrivals: [counted, ...heard], asOf: now };
      const hours = ledgerOf({ ...given, cells });
      for (const { orders, failures, energyWh, quality, ms, counts } of hours) {
        expect(orders.ms).toBeLessThanOrEqual(total({ ms } as LedgerSums));
        expect(orders.unknownMs).toBeLessThanOrEqual(Math.min(orders.ms, ms.unknown));
        expect(orders.busyMs).toBeLessThanOrEqual(Math.min(orders.ms, busyMs(ms)));
        expect(orders.runningMs).toBeLessThanOrEqual(Math.min(orders.busyMs, ms.running));
        expect(Math.abs(orders.produced)).toBeLessThanOrEqual(Math.abs(counts.produced));
        // A failure has at least a millisecond of breakdown.
        expect(failures).toBeLessThanOrEqual(ms.breakdown);
        expect(Number.isSafeInteger(energyWh?.planned)).toBe(true);
        expect(Number.isSafeInteger(quality.rework)).toBe(true);
      }
      const [whole] = ledgerOf({ ...given, cells: [WHOLE] });
      const { failures, energyWh, orders } = addSums(hours.map(bare));
      expect({ failures, energyWh, orders }).toEqual({
        failures: whole?.failures,
        energyWh: whole?.energyWh,
        orders: whole?.orders,
      });
    }),
    { numRuns: 300 },
  );
});

test('the figures agree with one another', () => {
  const amount = fc.integer({ min: 1, max: 1e9 });
  fc.assert(
    fc.property(
      fc.record({
        running: amount,
        changeover: amount,
        breakdown: amount,
        delay: amount,
        minorStop: amount,
        idle: amount,
      }),
      fc.integer({ min: 1, max: 1e6 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer({ min: 1, max: 1e8 }),
      fc.integer({ min: 1, max: 1000 }),
      (ms, produced, share, cycleUs, failures) => {
        const good = Math.floor(produced * share);
        const ideal = (pieces: number): bigint => BigInt(cycleUs) * BigInt(pieces);
        const row: LedgerSums = {
          ...zeroSums(),
          ms: { ...zeroMs(), ...ms },
          runningUs: {
            productive: ideal(good),
            rejectLoss: ideal(produced - good),
            speedLoss: BigInt(ms.running) * 1000n - ideal(produced),
          },
          counts: { produced, good, reject: produced - good, duringUnknown: 0, extra: 0 },
          failures,
          flags: [],
        };
        const value = (id: string): number => {
          const kpi = kpiOf(id);
          const figure = kpi && figureOf(kpi, row, { coverageFloor: 0 });
          if (typeof figure?.value !== 'number') throw new Error(`${id} has no value`);
          return figure.value;
        };
        const same = (a: number, b: number): void =>
          expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(a)));
        same(value('utilisation-efficiency') * value('allocation-efficiency'), value('availability'));
        same(value('availability-tpm') * value('performance-tpm') * value('quality-ratio'), value('oee'));
        same(value('availability') * value('effectiveness'), value('equipment-load-ratio'));
        const production = ms.running / (ms.running + ms.changeover);
        same(production + value('setup-ratio'), 1);
        same(value('nee') * production, value('oee'));
        same(value('scrap-ratio') + value('quality-ratio'), 1);
        const time = (id: string): bigint => integersOf(kpiOf(id) as Kpi, row)?.numerator as bigint;
        expect(time('mttf') + time('mttr')).toBe(time('mtbf'));
        // Without breaks or planned stops, and without unscheduled time, all are the same.
        same(value('ooe'), value('oee'));
        same(value('teep'), value('oee'));
      },
    ),
    { numRuns: 300 },
  );
});
