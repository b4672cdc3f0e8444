import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listedStops } from '../../domain/annotations/stop-list.ts';
import { settleMs } from '../../domain/derived/rule.ts';
import { figureOf } from '../../domain/figure.ts';
import { kpiOf, kpis } from '../../domain/kpi/index.ts';
import { addSums } from '../../domain/ledger.ts';
import { zeroMs } from '../../domain/ledger-row.ts';
import { stateTape } from '../../domain/state-tape.ts';
import { timeline } from '../../domain/timeline.ts';
import { factsOf } from './facts-of.ts';
import { duration, ledgerOf, readScenario, reasonsOf } from './scenario.ts';

const FOLDER = join(import.meta.dirname, 'scenarios');
const files = readdirSync(FOLDER);
/** What a scenario can rest on: the semantics, the standards, the outside contracts, a decision, a page of ours, an issue, a notice. */
const CITED =
  /semantics|standards \d|contracts, |ISO 22400-2|OPC |ADR \d|docs\/|domain\/README\.md|issue "|国务院/;
const decisions = readdirSync(join(import.meta.dirname, '../../docs/adr')).map((name) => name.slice(0, 4));

test('the folder holds scenarios only', () => {
  expect(files.filter((file) => !file.endsWith('.yaml'))).toEqual([]);
  expect(files.length).toBeGreaterThanOrEqual(60);
});

for (const name of files) {
  const scenario = readScenario(join(FOLDER, name));
  const { file, machine, span, asOf, cells, arrivals, entered, at } = scenario;

  describe(name.replace('.yaml', '').replaceAll('-', ' '), () => {
    test('says why it is there and what it rests on, and expects something', () => {
      expect(file.why.length).toBeGreaterThan(20);
      expect(file.source).toMatch(CITED);
      for (const [, number] of file.source?.matchAll(/(?:ADR |adr\/)(\d+)/g) ?? [])
        expect(decisions).toContain((number as string).padStart(4, '0'));
      expect(Object.keys(file.expect).length).toBeGreaterThan(0);
    });

    const { ledger, kpis: figures, reasons, timeline: intervals, stops } = file.expect;
    if (ledger) {
      test('ledger', () => {
        const rows = ledgerOf(scenario);
        expect(rows.map((row) => row.ms)).toEqual(
          ledger.map((row) => ({
            ...zeroMs(),
            ...Object.fromEntries(Object.entries(row.ms).map(([key, text]) => [key, duration(text)])),
          })),
        );
        for (const [index, row] of rows.entries()) {
          const end = Math.max(row.from, Math.min((cells[index] as typeof span).to, asOf));
          expect(Object.values(row.ms).reduce((sum, ms) => sum + ms, 0)).toBe(end - row.from);
          const wanted = ledger[index] as (typeof ledger)[number];
          const { counts, runningUs, flags, quality, orders, failures, energyWh } = wanted;
          if (quality) expect(row.quality).toMatchObject(quality);
          for (const [part, amount] of Object.entries(orders ?? {}))
            expect(row.orders).toHaveProperty(part, duration(amount));
          if (failures !== undefined) expect(row.failures).toBe(failures);
          if (energyWh === null) expect(row.energyWh).toBeNull();
          if (energyWh) expect(row.energyWh).toMatchObject(energyWh);
          if (counts) expect(row.counts).toMatchObject(counts);
          if (runningUs === null) expect(row.runningUs).toBeNull();
          for (const [part, us] of Object.entries(runningUs ?? {})) {
            expect(row.runningUs).toHaveProperty(part, BigInt(us));
          }
          expect(row.flags).toEqual(flags ?? (row.runningUs === null ? ['no-ideal-cycle'] : []));
        }
      });
    }

    if (figures) {
      test('figures', () => {
        const sums = addSums(ledgerOf(scenario));
        expect(Object.keys(figures).filter((id) => !kpis.some((kpi) => kpi.id === id))).toEqual([]);
        for (const [id, wanted] of Object.entries(figures)) {
          const kpi = kpiOf(id);
          if (!kpi) throw new Error(`${name} asks for ${id}, which is no KPI`);
          const figure = figureOf(kpi, sums, machine);
          const parts = wanted !== null && typeof wanted === 'object' ? wanted : { value: wanted };
          for (const [part, value] of Object.entries(parts)) {
            const got = figure[part as keyof typeof figure];
            if (typeof value === 'number' && typeof got === 'number') expect(got).toBeCloseTo(value, 6);
            else if (typeof value === 'number' && typeof got === 'bigint') expect(got).toBe(BigInt(value));
            else expect(got).toEqual(value);
          }
        }
      });
    }

    if (reasons) {
      test('reasons', () => {
        expect(reasonsOf(scenario)).toEqual(
          reasons.map((parts) =>
            parts.map(([name, state, reason, ms, stops, longest = ms]) => ({
              class: name,
              state,
              reason,
              ms: duration(ms),
              stops,
              longestMs: duration(longest),
            })),
          ),
        );
      });
    }

    test('the reasons behind a ledger sum to it', () => {
      const sums = reasonsOf(scenario).map((parts) => {
        const ms = zeroMs();
        for (const part of parts) ms[part.class] += part.ms;
        return ms;
      });
      expect(sums).toEqual(ledgerOf(scenario).map((row) => row.ms));
    });

    if (intervals) {
      test('timeline', () => {
        const to = Math.min(span.to, asOf);
        const until = Math.min(asOf, to + settleMs(machine.derive));
        const facts = factsOf(machine, arrivals, { from: span.from, to: until });
        const got = timeline({ machine, facts, span: { from: span.from, to }, asOf: until, entered });
        expect(
          got.map(({ annotation, ...interval }) =>
            annotation ? { ...interval, annotation: [annotation.reason, annotation.class] } : interval,
          ),
        ).toEqual(
          intervals.map(([from, state, raw, reason, source, ...annotation], index) => ({
            from: at(from as string),
            to: intervals[index + 1] ? at(intervals[index + 1]?.[0] as string) : to,
            state,
            raw,
            reason: reason ?? null,
            source: source ?? 'observed',
            ...(annotation.length > 0 && { annotation }),
          })),
        );
      });
    }

    if (stops) {
      test('stops', () => {
        const facts = factsOf(machine, arrivals, { from: span.from, to: Math.min(span.to, asOf) });
        const tape = stateTape({ machine, facts, until: asOf, reasons: true });
        expect(
          listedStops({ edits: entered?.edits ?? [], tape, span, asOf }).map(({ from, to, kind }) => [
            from,
            to,
            kind,
          ]),
        ).toEqual(stops.map(([from, to, kind]) => [at(from), at(to), kind]));
      });
    }
  });
}
