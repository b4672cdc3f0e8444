import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LedgerMark } from '../../analysis/ledger-marks.ts';
import { markedCausesIn } from '../../analysis/revision-causes.ts';
import { lookaheadMs } from '../../analysis/trust.ts';
import { REVISION_CAUSES } from '../../domain/revision-cause.ts';
import { machineOf, shanghai } from './plants.ts';

const member = { machine: machineOf('a/b/c/d/e'), site: shanghai };
const REACH = lookaheadMs(member.machine);

const marks = fc
  .array(
    fc.record({
      from: fc.integer({ min: 0, max: 40 }),
      cause: fc.constantFrom('late-data', 'annotation', 'correction', null),
      saysOnly: fc.boolean(),
    }),
    { maxLength: 30 },
  )
  .map((some) =>
    some.map(
      (one, index): LedgerMark => ({
        ...{ ...one, id: index + 1, machine: member.machine.path },
        ...{ from: one.from * REACH, to: one.from * REACH },
      }),
    ),
  );

test('the causes of a cell are those of the marks that reach it, as walking through them all tells', () => {
  fc.assert(
    fc.property(
      marks,
      fc.nat(42),
      fc.nat(31),
      fc.boolean(),
      fc.nat(9),
      (all, end, after, isRecorded, turn) => {
        const to = end * REACH + 1;
        const named = new Set(
          all
            .filter(({ id, saysOnly }) => id > after && !(saysOnly && isRecorded))
            .flatMap(({ from, cause }) => (cause && from - REACH < to ? [cause] : [])),
        );
        const shuffled = [...all.slice(turn), ...all.slice(0, turn)];
        expect(markedCausesIn(member, shuffled)({ to }, { after, isRecorded })).toEqual(
          REVISION_CAUSES.filter((cause) => named.has(cause as never)),
        );
      },
    ),
    { numRuns: 400 },
  );
});
