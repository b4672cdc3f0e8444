import { describe, expect, test } from 'vitest';
import type { Gap } from '../../../domain/assess/assessment.ts';
import { ZERO } from '../../../domain/assess/fraction.ts';
import { leastEffortFirst, neededOf } from '../../../domain/assess/needed.ts';
import { rubricOf } from './short-rubric.ts';

const rubric = rubricOf({
  indicators: [
    { id: 'question', in: 'e/d', options: { A: 0, B: 1 } },
    { id: 'rate', in: 'e/d', bands: { 'data-coverage': { '..0.5': 0, '0.5..': 1 } } },
    { id: 'speed', in: 'e/d', bands: { 'count-reported-rate': { '..0.5': 0, '0.5..': 1 } } },
  ],
  levels: { one: ['measure networking-rate >= 0.8', 'total >= 0.5'] },
});

const gap = (over: Partial<Gap>): Gap => ({
  indicator: null,
  gates: [],
  enoughAlone: false,
  step: null,
  needed: { option: null, value: null },
  points: ZERO,
  score: ZERO,
  machines: [],
  remediation: { zh: '', en: '' },
  ...over,
});

describe('what a gap asks for', () => {
  test('is an answer of its question', () => {
    const needed = neededOf(gap({ indicator: 'question', needed: { option: 'B', value: null } }), rubric);
    expect(needed).toMatchObject({ kind: 'answer', option: { id: 'B' } });
  });

  test('is nothing that can be said where another rubric had the answer', () => {
    expect(neededOf(gap({ indicator: 'question', needed: { option: 'Z', value: null } }), rubric)).toBeNull();
  });

  test('is a value in the unit of what the bands measure', () => {
    const needed = neededOf(gap({ indicator: 'rate', needed: { option: null, value: 0.5 } }), rubric);
    expect(needed).toEqual({ kind: 'value', value: 0.5, unit: '1' });
  });

  test('is a value of the measure that the gate asks for, or a share of a score', () => {
    const asked = (gate: string) =>
      neededOf(gap({ gates: [gate], needed: { option: null, value: 0.8 } }), rubric);
    expect(asked('measure networking-rate >= 0.8')).toEqual({ kind: 'value', value: 0.8, unit: '1' });
    expect(asked('total >= 0.5')).toEqual({ kind: 'value', value: 0.8, unit: '1' });
    expect(asked('no such gate')).toEqual({ kind: 'value', value: 0.8, unit: '1' });
  });
});

test('first the steps of a smallest set, then what is enough alone, then the rest, each as they came', () => {
  const gaps = [
    gap({ indicator: 'rest' }),
    gap({ indicator: 'alone', enoughAlone: true }),
    gap({ indicator: 'second', step: 2 }),
    gap({ indicator: 'rest too' }),
    gap({ indicator: 'first', step: 1, enoughAlone: true }),
  ];
  expect(leastEffortFirst(gaps).map(({ indicator }) => indicator)).toEqual([
    'first',
    'second',
    'alone',
    'rest',
    'rest too',
  ]);
  const plan = [
    gap({ indicator: 'alone', enoughAlone: true }),
    gap({ indicator: 'third', step: 3 }),
    gap({ indicator: 'second', step: 2 }),
    gap({ indicator: 'first', step: 1 }),
  ];
  expect(leastEffortFirst(plan).map(({ indicator }) => indicator)).toEqual([
    ...['first', 'second', 'third', 'alone'],
  ]);
});
