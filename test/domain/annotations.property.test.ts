import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Edit, undoneIn } from '../../domain/annotations/edit.ts';
import { annotatedStretches } from '../../domain/annotations/stretches.ts';
import { localHours, productionDays } from '../../domain/calendar.ts';
import { DEFAULT_REASON_TREE } from '../../domain/default-reason-tree.ts';
import { addSums } from '../../domain/ledger.ts';
import { ENTERED_CLASSES, offeredReasons } from '../../domain/reason-tree.ts';
import { stateTape } from '../../domain/state-tape.ts';
import { intersect, type Span } from '../../domain/time.ts';
import { arrivals, asOf, HOUR, MINUTE, machine, ruled, START, site, WHOLE } from './any-events.ts';
import { editOf } from './edits.ts';
import { factsOf } from './facts-of.ts';
import { ledgerOf, reasonsOf } from './scenario.ts';

const reason = fc.constantFrom(null, 'gremlins', ...offeredReasons(DEFAULT_REASON_TREE).map(({ id }) => id));
const said = fc.record({
  kind: fc.constantFrom('annotate' as const, 'reclassify' as const, 'merge' as const, 'split' as const),
  fromMinute: fc.integer({ min: 0, max: 44 * 60 }),
  minutes: fc.integer({ min: 1, max: 600 }),
  follows: fc.boolean(),
  reason,
  class: fc.constantFrom(null, ...ENTERED_CLASSES),
});

/** Any edits, in the order in which they were made. */
const edits = fc.array(said, { maxLength: 12 }).map((all) =>
  all.map(({ kind, fromMinute, minutes, follows, reason, class: given }, place): Edit => {
    const from = START + fromMinute * MINUTE;
    const to = kind === 'split' ? from : from + minutes * MINUTE;
    const only = kind === 'reclassify' ? { class: given } : kind === 'split' ? {} : { reason };
    const span = { from, to, follows: kind !== 'split' && follows };
    return editOf({ id: `e${place}`, seq: place + 1, kind, ...span, ...only, madeAt: START + place });
  }),
);

const undo = (target: Edit, place: number, seq: number): Edit =>
  editOf({
    id: `u${place}`,
    seq,
    from: target.from,
    to: target.to,
    follows: target.follows,
    undoes: target.id,
  });

test('edits that are all taken back, in any order, give the original: sums, flags and digests', () => {
  fc.assert(
    fc.property(
      ...[machine, fc.constantFrom(site, ruled), arrivals, asOf],
      edits.chain((made) =>
        fc.tuple(fc.constant(made), fc.shuffledSubarray(made, { minLength: made.length })),
      ),
      (one, at, heard, now, [made, order]) => {
        const given = {
          machine: one,
          site: at,
          cells: productionDays(at, WHOLE),
          arrivals: heard,
          asOf: now,
        };
        const original = ledgerOf(given);
        const undos = order.map((target, place) => undo(target, place, made.length + 1 + place));
        expect(ledgerOf({ ...given, entered: { edits: [...made, ...undos] } })).toEqual(original);
        // Taking the undos back gives the edits again.
        const again = undos.map((target, place) => ({
          ...undo(target, place, 100 + place),
          id: `r${place}`,
        }));
        expect(ledgerOf({ ...given, entered: { edits: [...made, ...undos, ...again] } })).toEqual(
          ledgerOf({ ...given, entered: { edits: made } }),
        );
      },
    ),
    { numRuns: 200 },
  );
});

test('whatever is entered, running, unknown and unscheduled time and the pieces of running stay, and the sum too', () => {
  fc.assert(
    fc.property(machine, arrivals, asOf, edits, (one, heard, now, made) => {
      const given = { machine: one, site, cells: productionDays(site, WHOLE), arrivals: heard, asOf: now };
      const entered = ledgerOf({ ...given, entered: { edits: made } });
      for (const [place, row] of ledgerOf(given).entries()) {
        const other = entered[place] as typeof row;
        for (const name of ['running', 'unknown', 'notScheduled', 'extra'] as const) {
          expect(other.ms[name]).toBe(row.ms[name]);
        }
        const sum = (ms: typeof row.ms): number => Object.values(ms).reduce((all, some) => all + some, 0);
        expect(sum(other.ms)).toBe(sum(row.ms));
        // What the digest covers is what the figures follow from.
        if (other.digest === row.digest) expect(other).toEqual(row);
      }
    }),
    { numRuns: 200 },
  );
});

test('a ledger read from its context has the edits as one read from the beginning, and its reasons sum to it', () => {
  fc.assert(
    fc.property(machine, arrivals, asOf, edits, (one, heard, now, made) => {
      const given = { machine: one, site, cells: productionDays(site, WHOLE), arrivals: heard, asOf: now };
      const sums = ledgerOf({ ...given, entered: { edits: made } }).map(({ ms }) => ms);
      const parts = reasonsOf({ ...given, entered: { edits: made } });
      for (const [place, ms] of sums.entries()) {
        const all: Record<string, number> = Object.fromEntries(Object.keys(ms).map((name) => [name, 0]));
        for (const part of parts[place] ?? []) all[part.class] = (all[part.class] ?? 0) + part.ms;
        expect(all).toEqual(ms);
      }
    }),
    { numRuns: 300 },
  );
});

const inWhole = (cells: readonly Span[]): Span[] => cells.flatMap((cell) => intersect(cell, WHOLE) ?? []);

test('with edits too, hours add up to days and days to the whole, failures as well', () => {
  fc.assert(
    fc.property(
      ...[machine, fc.constantFrom(site, ruled), arrivals, asOf, edits],
      (one, at, heard, now, made) => {
        const given = { machine: one, site: at, arrivals: heard, asOf: now, entered: { edits: made } };
        const sumOf = (cells: readonly Span[]) => {
          const { ms, counts, failures } = addSums(ledgerOf({ ...given, cells }));
          return { ms, counts, failures };
        };
        const hours = inWhole(localHours(at, WHOLE));
        expect(sumOf(inWhole(productionDays(at, WHOLE)))).toEqual(sumOf([WHOLE]));
        expect(sumOf(hours)).toEqual(sumOf([WHOLE]));
        // Each hour from its own context.
        const apart = hours.flatMap((hour) => ledgerOf({ ...given, cells: [hour] }));
        const { ms, counts, failures } = addSums(apart);
        expect({ ms, counts, failures }).toEqual(sumOf([WHOLE]));
      },
    ),
    { numRuns: 40 },
  );
});

test('stretches are disjoint, ascending and say something; the last who spoke holds', () => {
  fc.assert(
    fc.property(machine, arrivals, edits, fc.nat(44 * 60), (one, heard, made, minute) => {
      const now = WHOLE.to + HOUR;
      const facts = factsOf(one, heard, { from: 0, to: now });
      const tape = stateTape({ machine: one, facts, until: now, reasons: false });
      const found = annotatedStretches({ edits: made, tape, tree: DEFAULT_REASON_TREE, asOf: now });
      for (const [place, { from, to, reason, class: given }] of found.entries()) {
        expect(from).toBeLessThan(to);
        expect(from).toBeGreaterThanOrEqual(found[place - 1]?.to ?? Number.NEGATIVE_INFINITY);
        expect(reason !== null || given !== null).toBe(true);
      }
      const instant = START + minute * MINUTE;
      const last = made.findLast(
        ({ kind, from, to, follows }) => kind !== 'split' && !follows && from <= instant && instant < to,
      );
      const follower = made.some(({ follows, from }) => follows && from <= instant);
      if (!last || follower) return;
      const here = found.find(({ from, to }) => from <= instant && instant < to);
      if (last.kind === 'reclassify' && last.class !== null) expect(here?.class).toBe(last.class);
      if (last.kind !== 'reclassify') expect(here?.reason ?? null).toBe(last.reason);
    }),
  );
});

test('an undo that is taken back takes nothing back, however deep', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 30 }), (depth) => {
      const span = { from: 0, to: 1 };
      const chain = [editOf({ ...span, id: 'e0', seq: 1 })];
      for (let place = 1; place <= depth; place++) {
        chain.push(editOf({ ...span, id: `e${place}`, seq: place + 1, undoes: `e${place - 1}` }));
      }
      expect(undoneIn(chain).has('e0')).toBe(depth % 2 === 1);
    }),
  );
});
