import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gapsIn, type Span } from '../../domain/time.ts';

const END = 60;

/** Spans that ascend and don't overlap, some of them contiguous. */
const spans = fc
  .uniqueArray(fc.nat(END), { maxLength: 12 })
  .map((borders) => borders.sort((a, b) => a - b))
  .chain((borders) =>
    fc
      .array(fc.boolean(), { minLength: borders.length, maxLength: borders.length })
      .map((kept) =>
        borders
          .slice(1)
          .flatMap((to, place) => (kept[place] ? [{ from: borders[place] as number, to }] : [])),
      ),
  );

const instantsOf = ({ from, to }: Span): number[] => Array.from({ length: to - from }, (_, at) => from + at);

test('gaps and what covers a span are all of its instants, each once', () => {
  fc.assert(
    fc.property(spans, (others) => {
      const gaps = [...gapsIn(others, { from: 0, to: END })];
      const all = [...others, ...gaps].flatMap(instantsOf).sort((a, b) => a - b);
      expect(all).toEqual(instantsOf({ from: 0, to: END }));
      // As long as they go: two that touch would be one.
      for (const [place, { from }] of gaps.slice(1).entries())
        expect(from).toBeGreaterThan((gaps[place] as Span).to);
    }),
  );
});

test('of a span that is covered nothing is left, of one that nothing covers all', () => {
  expect([
    ...gapsIn(
      [
        { from: 3, to: 5 },
        { from: 5, to: 9 },
      ],
      { from: 3, to: 9 },
    ),
  ]).toEqual([]);
  expect([...gapsIn([], { from: 3, to: 9 })]).toEqual([{ from: 3, to: 9 }]);
});
