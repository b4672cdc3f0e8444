import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFinality } from '../../analysis/finality.ts';

const span = fc
  .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 12 }))
  .map(([from, length]) => ({ from, to: from + length }));

test('a stretch changed after it was final where one of the changed cells overlaps it, in whatever order they were noted', () => {
  fc.assert(
    fc.property(fc.array(span, { maxLength: 12 }), fc.array(span, { maxLength: 8 }), (early, late) => {
      const noted = early.map((one, index) => ({ id: index + 1, machine: 'm', ...one }));
      const revisions = { afterFinalSince: (id: number) => noted.filter((one) => one.id > id) };
      const finalityAt = createFinality({ revisions, finalAfterMs: 10 });
      const check = (): void => {
        const finalityOf = finalityAt(1000);
        for (let from = 0; from < 55; from++) {
          for (const to of [from + 1, from + 3]) {
            const touched = noted.some((one) => one.from < to && one.to > from);
            expect(finalityOf('m', { from, to })).toBe(touched ? 'changed-after-final' : 'final');
          }
        }
      };
      check();
      for (const one of late) noted.push({ id: noted.length + 1, machine: 'm', ...one });
      check();
    }),
  );
});

test('until late data is no longer expected, a stretch is provisional, whatever changed', () => {
  const noted = [{ id: 1, machine: 'm', from: 0, to: 10 }];
  const finalityOf = createFinality({ revisions: { afterFinalSince: () => noted }, finalAfterMs: 10 })(20);
  expect(finalityOf('m', { from: 0, to: 11 })).toBe('provisional');
  expect(finalityOf('m', { from: 0, to: 10 })).toBe('changed-after-final');
  expect(finalityOf('other', { from: 0, to: 10 })).toBe('final');
});
