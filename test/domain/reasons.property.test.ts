import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calendarPieces, piecesFor, productionDays } from '../../domain/calendar.ts';
import { classPiecesOf } from '../../domain/class-pieces.ts';
import { zeroMs } from '../../domain/ledger-row.ts';
import { type ReasonPart, reasonSums, reasonWalk } from '../../domain/reasons.ts';
import { timeline } from '../../domain/timeline.ts';
import { arrivals, asOf, FIRST, HOUR, machine, ruled, SECOND, site, WHOLE } from './any-events.ts';
import { factsOf } from './facts-of.ts';
import { ledgerOf, reasonsOf } from './scenario.ts';

test('over the parts of a class the time sums exactly to the ledger’s', () => {
  fc.assert(
    fc.property(machine, fc.constantFrom(site, ruled), arrivals, asOf, (one, at, heard, now) => {
      const given = { machine: one, site: at, cells: productionDays(at, WHOLE), arrivals: heard, asOf: now };
      const rows = reasonsOf(given);
      for (const [index, row] of ledgerOf(given).entries()) {
        const ms = zeroMs();
        for (const part of rows[index] as readonly ReasonPart[]) ms[part.class] += part.ms;
        expect(ms).toEqual(row.ms);
      }
    }),
    { numRuns: 300 },
  );
});

test('a part’s stops hold its time, the longest most of it', () => {
  fc.assert(
    fc.property(machine, arrivals, asOf, (one, heard, now) => {
      const [parts] = reasonsOf({ machine: one, site, cells: [WHOLE], arrivals: heard, asOf: now });
      for (const { ms, stops, longestMs } of parts as readonly ReasonPart[]) {
        expect(stops).toBeGreaterThanOrEqual(1);
        expect(longestMs).toBeLessThanOrEqual(ms);
        expect(longestMs * stops).toBeGreaterThanOrEqual(ms);
      }
    }),
  );
});

test('where class follows from state alone, stops are the stretches of the timeline', () => {
  fc.assert(
    fc.property(machine, arrivals, ({ changeover: _, ...one }, heard) => {
      const bare = { ...one, minorStopMs: 0 };
      const unordered = heard.map(({ ts, values: { order: __, ...values } }) => ({ ts, values }));
      const [parts] = reasonsOf({
        machine: bare,
        site: undefined,
        cells: [WHOLE],
        arrivals: unordered,
        asOf: WHOLE.to,
      });
      const stretches: { state: string; reason: string | null; ms: number }[] = [];
      // The facts as the reasons have them: what was said last keeps its reason, however long ago that was.
      const facts = factsOf(bare, unordered, { from: 0, to: WHOLE.to });
      for (const { state, reason, from, to } of timeline({ machine: bare, facts, span: WHOLE })) {
        const last = stretches.at(-1);
        if (last?.state === state && last.reason === reason) last.ms += to - from;
        else stretches.push({ state, reason, ms: to - from });
      }
      const wanted = Map.groupBy(stretches, ({ state, reason }) => JSON.stringify([state, reason]));
      const got = new Map(
        (parts as readonly ReasonPart[]).map(({ state, reason, ms, stops, longestMs }) => [
          JSON.stringify([state, reason]),
          { ms, stops, longestMs },
        ]),
      );
      expect(Object.fromEntries(got)).toEqual(
        Object.fromEntries(
          [...wanted].map(([name, own]) => [
            name,
            {
              ms: own.reduce((sum, { ms }) => sum + ms, 0),
              stops: own.length,
              longestMs: Math.max(...own.map(({ ms }) => ms)),
            },
          ]),
        ),
      );
    }),
    { numRuns: 300 },
  );
});

test('read in one go or in two, a row is the same: a stretch across the seam counts once', () => {
  fc.assert(
    fc.property(machine, arrivals, (one, heard) => {
      const now = WHOLE.to + HOUR;
      const facts = factsOf(one, heard, { from: 0, to: now });
      const pieces = piecesFor(one, site, calendarPieces(site, WHOLE));
      const judged = { machine: one, site, facts, pieces, asOf: now };
      const rows = [[WHOLE], [FIRST, SECOND]].map((runs) => {
        const sums = reasonSums();
        const walk = reasonWalk();
        for (const span of runs) walk(classPiecesOf(judged, span), [{ span, sums }]);
        return sums.end();
      });
      expect(rows[1]).toEqual(rows[0]);
    }),
  );
});
