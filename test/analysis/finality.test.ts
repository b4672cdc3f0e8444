import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFinality } from '../../analysis/finality.ts';

const span = fc
  .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 12 }))
  .map(([from, length]) => ({ from, to: from + length }));

test('a stretch changed after it was final where one of the changed cells overlaps it, in whatever order they were noted', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(span, { maxLength: 12 }),
      fc.array(span, { maxLength: 8 }),
      async (early, late) => {
        const noted = early.map((one, index) => ({ id: index + 1, machine: 'm', ...one }));
        const revisions = { afterFinalSince: (id: number) => noted.filter((one) => one.id > id) };
        const finalityAt = createFinality({ revisions, finalAfterMs: 10 });
        const check = async (): Promise<void> => {
          const finalityOf = await finalityAt(1000);
          for (let from = 0; from < 55; from++) {
            for (const to of [from + 1, from + 3]) {
              const touched = noted.some((one) => one.from < to && one.to > from);
              expect(finalityOf('m', { from, to })).toBe(touched ? 'changed-after-final' : 'final');
            }
          }
        };
        await check();
        for (const one of late) noted.push({ id: noted.length + 1, machine: 'm', ...one });
        await check();
      },
    ),
  );
});

test('until late data is no longer expected, a stretch is provisional, whatever changed', async () => {
  const noted = [{ id: 1, machine: 'm', from: 0, to: 10 }];
  const finalityOf = await createFinality({ revisions: { afterFinalSince: () => noted }, finalAfterMs: 10 })(
    20,
  );
  expect(finalityOf('m', { from: 0, to: 11 })).toBe('provisional');
  expect(finalityOf('m', { from: 0, to: 10 })).toBe('changed-after-final');
  expect(finalityOf('other', { from: 0, to: 10 })).toBe('final');
});

test('however many revisions were noted, a page of them is held, and every question together reads each once', async () => {
  const noted = Array.from({ length: 12_345 }, (_, index) => ({
    ...{ id: index + 1, machine: `m${index % 7}` },
    ...{ from: index * 10, to: index * 10 + 1 },
  }));
  const pages: number[] = [];
  const afterFinalSince = (id: number, limit: number) => {
    const page = noted.filter((one) => one.id > id).slice(0, limit);
    pages.push(page.length);
    return page;
  };
  const finalityAt = createFinality({ revisions: { afterFinalSince }, finalAfterMs: 10 });
  const [one, other] = await Promise.all([finalityAt(1e9), finalityAt(1e9)]);
  for (const { machine, from, to } of noted.filter(({ id }) => id % 1000 === 0 || id === noted.length)) {
    expect(one(machine, { from, to })).toBe('changed-after-final');
    expect(other(machine, { from, to })).toBe('changed-after-final');
    expect(one(machine, { from: to, to: to + 1 })).toBe('final');
  }
  expect(Math.max(...pages)).toBeLessThanOrEqual(1000);
  expect(pages.reduce((sum, page) => sum + page)).toBe(noted.length);
});
