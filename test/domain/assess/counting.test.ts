import { describe, expect, test } from 'vitest';
import { type PieceRatio, piecesRatio } from '../../../domain/assess/counting/pieces.ts';
import type { Evidence, WindowEvidence } from '../../../domain/assess/evidence.ts';
import { dataCoverage } from '../../../domain/assess/measures/data-coverage.ts';
import { oee } from '../../../domain/assess/measures/oee.ts';
import { stopReasonRate } from '../../../domain/assess/measures/stop-reason-rate.ts';
import { type EvidenceFacts, evidenceOf, pathOf } from './evidence-of.ts';

const windowOf = (evidence: Evidence): WindowEvidence => evidence.windows[0] as WindowEvidence;
const inputOf = (facts: EvidenceFacts) => {
  const evidence = evidenceOf(facts);
  return { evidence, window: windowOf(evidence), group: 'registered' as const };
};
const rejects: PieceRatio = {
  numerator: ({ counts }) => BigInt(counts.reject),
  denominator: ({ counts }) => BigInt(counts.produced),
};
const counting = { signals: ['state', 'count'] };

describe('a ratio of pieces', () => {
  test('leaves out who never sent the signal, the smallest value first, without a value before all', () => {
    const { window } = inputOf({
      machines: {
        m1: { ...counting, good: 90, reject: 10, hours: { running: 1 } },
        m2: { ...counting, hours: { running: 1 } },
        m3: { good: 5, reject: 5, hours: { running: 1 } },
        m4: { ...counting, good: 95, reject: 5, hours: { running: 1 } },
        m0: { ...counting, good: 190, reject: 10, hours: { running: 1 } },
      },
    });
    const measured = piecesRatio(window, 'count', rejects);
    expect(measured).toMatchObject({
      numerator: 25n,
      denominator: 400n,
      value: 0.0625,
      low: 0.0625,
      coverage: 1,
    });
    expect(measured.parts.map(({ id, because }) => [id, because])).toEqual([
      [pathOf('m2'), 'no-value'],
      [pathOf('m3'), 'signal-missing'],
      [pathOf('m0'), null],
      [pathOf('m4'), null],
      [pathOf('m1'), null],
    ]);
  });

  test('names machines of the same value in the order of their paths', () => {
    const same = { ...counting, good: 9, reject: 1, hours: { running: 1 } };
    const { window } = inputOf({ machines: { m3: same, m1: same, m2: same } });
    for (const machines of [window.machines, window.machines.toReversed()]) {
      const { parts } = piecesRatio({ ...window, machines }, 'count', rejects);
      expect(parts.map(({ id }) => id)).toEqual(['m1', 'm2', 'm3'].map(pathOf));
    }
  });

  test('has no bounds while time is unknown, and no value without pieces', () => {
    const { window } = inputOf({ machines: { m1: { ...counting, hours: { running: 1, unknown: 1 } } } });
    expect(piecesRatio(window, 'count', rejects)).toMatchObject({
      value: null,
      low: null,
      high: null,
      coverage: 0.5,
      flags: ['no-pieces'],
    });
  });

  test('is not to be judged by where the plant is not', () => {
    const facts = { machines: { m1: { ...counting, good: 1, hours: { running: 1, unknown: 9 } } } };
    const { window } = inputOf(facts);
    expect(piecesRatio(window, 'count', rejects).notAssessable).toBe(true);
    expect(piecesRatio({ ...window, groups: [] }, 'count', rejects).notAssessable).toBe(false);
  });

  test('says so where nobody counts', () => {
    const { window } = inputOf({ machines: { m1: { hours: { running: 1 } } } });
    expect(piecesRatio(window, 'count', rejects)).toMatchObject({ value: null, flags: ['no-signal'] });
  });
});

describe('coverage and reasons', () => {
  test('nothing planned has no coverage, of the plant and of each machine', () => {
    const measured = dataCoverage.measure(inputOf({ machines: { m1: { hours: { notScheduled: 5 } } } }));
    expect(measured).toMatchObject({ value: null, flags: ['no-planned-time'] });
    expect(measured.parts).toMatchObject([{ id: pathOf('m1'), value: null, because: 'no-value' }]);
  });

  test('a machine whose evidence lacks the figure has no value', () => {
    const input = inputOf({ machines: { m1: { hours: { running: 5 } } } });
    const window = {
      ...input.window,
      machines: input.window.machines.map((machine) => ({ ...machine, figures: [] })),
    };
    expect(dataCoverage.measure({ ...input, window }).parts).toMatchObject([
      { value: null, because: 'no-value' },
    ]);
    expect(oee.measure({ ...input, window }).parts).toMatchObject([{ value: null, because: 'no-value' }]);
  });

  test('evidence that holds other inputs has no coverage to tell', () => {
    const input = inputOf({ machines: { m1: { hours: { running: 5 } } } });
    const groups = input.window.groups.map((group) => ({
      ...group,
      figures: group.figures.map((figure) => ({ ...figure, inputs: {} })),
    }));
    expect(dataCoverage.measure({ ...input, window: { ...input.window, groups } })).toMatchObject({
      value: null,
      numerator: 0n,
      denominator: 0n,
    });
  });

  test('stop reasons of a group without figures have no coverage', () => {
    const input = inputOf({ machines: { m1: { hours: { breakdown: 5 }, stopHours: 5, reasonHours: 1 } } });
    const groups = input.window.groups.map((group) => ({ ...group, figures: [] }));
    const bare = stopReasonRate.measure({ ...input, window: { ...input.window, groups } });
    expect(bare).toMatchObject({ value: 0.2, coverage: null, notAssessable: false });
    expect(stopReasonRate.measure(input)).toMatchObject({ value: 0.2, coverage: 1, notAssessable: false });
  });
});

test('parts with the same value stand in the order of their names', () => {
  const { window, ...input } = inputOf({
    equipment: { E2: { machine: 'm1' }, E1: { machine: 'm2' }, E3: {} },
    machines: {
      m1: { hours: { running: 1 }, cycleS: 1, good: 1800, signals: ['count'] },
      m2: { hours: { running: 1 }, cycleS: 1, good: 1800, signals: ['count'] },
    },
  });
  const { parts } = oee.measure({ ...input, window });
  expect(parts.map(({ id, machine }) => [id, machine])).toEqual([
    ['E3', null],
    ['E1', pathOf('m2')],
    ['E2', pathOf('m1')],
  ]);
});
