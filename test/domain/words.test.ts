import { describe, expect, test } from 'vitest';
import { emptyBooks, imbalance } from '../../domain/books.ts';
import { machineLedger } from '../../domain/ledger.ts';
import { typeOf } from '../../domain/observation.ts';
import { inScope, levelsOf, prefixOf } from '../../domain/path.ts';
import { MACHINE_DEFAULTS, machineAt, type Plant } from '../../domain/plant.ts';
import { intersect } from '../../domain/time.ts';

describe('machine paths', () => {
  const path = 'acme/zhoushan/moulding/line1/imm-01';

  test('have five levels, none empty', () => {
    expect(levelsOf(path)).toEqual({
      enterprise: 'acme',
      site: 'zhoushan',
      area: 'moulding',
      line: 'line1',
      machine: 'imm-01',
    });
    expect(levelsOf('acme/zhoushan')).toBeUndefined();
    expect(levelsOf('acme//moulding/line1/imm-01')).toBeUndefined();
    expect(prefixOf(path, 'site')).toBe('acme/zhoushan');
    expect(prefixOf(path, 'machine')).toBe(path);
  });

  test('lie in a scope of whole levels only', () => {
    expect(['', 'acme', 'acme/zhoushan', path].every((scope) => inScope(path, scope))).toBe(true);
    expect(['acme/zhou', 'other', `${path}/x`].some((scope) => inScope(path, scope))).toBe(false);
  });
});

test('a value is stored under its own type', () => {
  expect([1.5, 1n, true, 'a'].map(typeOf)).toEqual(['double', 'int64', 'boolean', 'text']);
});

test('spans that only touch have nothing in common', () => {
  expect(intersect({ from: 0, to: 5 }, { from: 3, to: 9 })).toEqual({ from: 3, to: 5 });
  expect(intersect({ from: 0, to: 5 }, { from: 5, to: 9 })).toBeUndefined();
});

test('books balance, or say by how much they do not', () => {
  const { messages, observations } = emptyBooks();
  expect([imbalance(messages), imbalance(observations)]).toEqual([0, 0]);
  Object.assign(observations, { received: 9, stored: 3, duplicate: 1, thinned: 2, replaced: 1, refused: 1 });
  expect(imbalance(observations)).toBe(1);
});

test('a machine that nobody declared has the defaults', () => {
  const declared = { path: 'a/b/c/d/e', declared: true, ...MACHINE_DEFAULTS, minorStopMs: 5 };
  const plant: Plant = { sites: [], machines: [declared] };
  expect(machineAt(plant, 'a/b/c/d/e')).toBe(declared);
  expect(machineAt(plant, 'a/b/c/d/f')).toEqual({
    path: 'a/b/c/d/f',
    declared: false,
    ...MACHINE_DEFAULTS,
  });
});

test('calendar pieces that leave a cell uncovered are a defect that names the instant', () => {
  const machine = machineAt({ sites: [], machines: [] }, 'a/b/c/d/e');
  const ledger = () =>
    machineLedger({
      machine,
      site: undefined,
      facts: { machine: machine.path, series: [], silences: [] },
      pieces: [{ from: 0, to: 1000, planned: 'scheduled', shift: null, day: '1970-01-01' }],
      asOf: 2000,
      digestOf: () => '',
    })([{ from: 0, to: 2000 }]);
  expect(ledger).toThrow("the calendar pieces don't cover 1970-01-01T00:00:01.000Z");
});
