import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calendarPieces, piecesFor } from '../../domain/calendar.ts';
import { classPiecesOf } from '../../domain/class-pieces.ts';
import { trackOf } from '../../domain/line/track.ts';
import { contiguous, intervalOf, timeline } from '../../domain/timeline.ts';
import { arrivals, HOUR, machine, site, WHOLE } from './any-events.ts';
import { editOf } from './edits.ts';
import { factsOf } from './facts-of.ts';

const edits = fc
  .array(
    fc.record({
      from: fc.integer({ min: WHOLE.from - HOUR, max: WHOLE.to }),
      lasts: fc.integer({ min: 1, max: 9 * HOUR }),
      class: fc.constantFrom('breakdown', 'plannedStop', null),
    }),
    { maxLength: 4 },
  )
  .map((some) =>
    some.map(({ from, lasts, class: given }, seq) =>
      editOf({ id: `e${seq}`, seq, from, to: from + lasts, class: given, reason: 'tool' }),
    ),
  );

test('pieces say what the timeline says, and none of what a line’s track leaves out parts it', () => {
  fc.assert(
    fc.property(machine, arrivals, edits, (one, heard, said) => {
      const asOf = WHOLE.to + HOUR;
      const facts = factsOf(one, heard, { from: 0, to: asOf });
      const entered = { edits: said };
      const judged = { machine: one, site, facts, asOf, entered };
      const pieces = classPiecesOf(
        { ...judged, pieces: piecesFor(one, site, calendarPieces(site, WHOLE)) },
        WHOLE,
      );
      expect(contiguous(pieces.map(intervalOf))).toEqual(
        timeline({ machine: one, facts, span: WHOLE, asOf, entered }),
      );
      const track = trackOf(one.path, pieces).pieces;
      expect([track[0]?.from, track.at(-1)?.to]).toEqual([WHOLE.from, WHOLE.to]);
      for (const [place, { from, to, ...rest }] of track.entries()) {
        const next = track[place + 1];
        if (!next) continue;
        const { from: begin, to: _, ...other } = next;
        expect(begin).toBe(to);
        expect(other).not.toEqual(rest);
      }
    }),
  );
});
