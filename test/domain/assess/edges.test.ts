import { describe, expect, test } from 'vitest';
import { otherPeriod } from '../../../domain/assess/declared/other-period.ts';
import { subjectOf } from '../../../domain/assess/declared/subject.ts';
import { findingsOf } from '../../../domain/assess/findings/findings.ts';
import { highestOf } from '../../../domain/assess/findings/reading.ts';
import { fraction, fractionText, ZERO } from '../../../domain/assess/fraction.ts';
import { gapsOf } from '../../../domain/assess/levels/gaps.ts';
import { passGate, type Standing } from '../../../domain/assess/levels/gates.ts';
import { levelsOf } from '../../../domain/assess/levels/levels.ts';
import { lackingOf, needsOf } from '../../../domain/assess/levels/needs.ts';
import type { DeclaredFigure } from '../../../domain/assess/register.ts';
import type { Gate } from '../../../domain/assess/rubric.ts';
import { scoresOf } from '../../../domain/assess/scores/scores.ts';
import { evidenceOf } from './evidence-of.ts';
import { aPilot, type ExampleFile, exampleOf } from './example.ts';
import { rubricOf } from './short-rubric.ts';

const standingOf = (file: Omit<ExampleFile, 'why' | 'expect'>): Standing => {
  const { rubric, pilot, entries, instruments } = exampleOf({ why: '', expect: {}, ...file });
  const findings = findingsOf(rubric, { pilot, entries, instruments });
  return { rubric, findings, scores: scoresOf(rubric, findings), instruments };
};
const about = {
  id: 'gate',
  title: { zh: '', en: '' },
  source: { text: '', verification: 'proposed' },
} as const;
const scoreGate = (of: string): Extract<Gate, { kind: 'score' }> => ({
  ...about,
  kind: 'score',
  of,
  atLeast: fraction(1n, 2n),
});
const outcomes = ({ findings }: Standing) =>
  Object.fromEntries(
    findings.map((finding) => [finding.indicator, 'option' in finding ? finding.option : finding.outcome]),
  );

describe('a rubric that its check would refuse', () => {
  const question = { id: 'q', in: 'e/d', options: { A: 0, B: 1 } };

  test('asks for an indicator, an option, a part that it lacks: that is said', () => {
    const standing = standingOf({ rubric: { indicators: [question] } });
    const asked = (indicator: string, option: string): Gate => ({
      ...about,
      kind: 'option',
      indicator,
      option,
    });
    expect(() => passGate(asked('luck', 'A'), standing)).toThrow('rubric example has no indicator "luck"');
    expect(() => passGate(asked('q', 'Z'), standing)).toThrow('indicator q has no option "Z"');
    expect(() => passGate(scoreGate('luck'), standing)).toThrow(
      'rubric example has no part "luck" that gate gate asks for',
    );
    expect(needsOf(scoreGate('luck'), standing)).toEqual([]);
    expect(fractionText(lackingOf(scoreGate('luck'), standing))).toBe('1/2');
  });

  test('has caps in a circle, or by what it lacks', () => {
    const other = { ...question, id: 'r' };
    const circle = { indicators: [question, other], dependencies: ['q=A caps r at A', 'r=A caps q at A'] };
    expect(() => standingOf({ rubric: circle })).toThrow('the dependencies run in a circle: q → r → q');
    const strange = ['luck=A caps q at A', 'r=Z caps q at A', 'r=A caps q at Z'];
    const standing = standingOf({
      rubric: { indicators: [question, other], dependencies: strange },
      assessor: ['q=B', 'r=A'],
    });
    expect(outcomes(standing)).toEqual({ q: 'B', r: 'A' });
  });

  test('has a question without an answer, and one that brings nothing', () => {
    expect(highestOf({ kind: 'options', options: [] })).toEqual(ZERO);
    const standing = standingOf({
      rubric: { indicators: [question, { id: 'idle', in: 'f/g', options: { A: 0 } }] },
      assessor: ['q=A', 'idle=A'],
    });
    expect(standing.scores.total?.value).toEqual(ZERO);
    expect(standing.scores.elements[1]).toMatchObject({ score: null, weight: ZERO });
    expect(passGate(scoreGate('idle'), standing).passed).toBe('failed');
    expect(needsOf(scoreGate('idle'), standing)).toEqual([]);
  });
});

describe('bands', () => {
  const gap = { id: 'load', in: 'e/d', bands: { m: { '..0.3': 0, '0.5..': 2 } } };

  test('a value between two bands has no answer, and says where it lies', () => {
    const standing = standingOf({ rubric: { indicators: [gap] }, measures: { m: 0.4 } });
    expect(standing.findings[0]).toMatchObject({
      outcome: 'no-evidence',
      cause: 'not-measured',
      because: { en: 'm 40 %, which lies in no band' },
    });
  });

  test('a gate in the gap needs a value, whatever the answer; the same need of two gates is told once', () => {
    const standing = standingOf({
      rubric: { indicators: [gap], levels: { one: ['measure m >= 0.4', 'measure m >= 0.45'] } },
      measures: { m: 0.1 },
    });
    const gaps = gapsOf(standing, levelsOf(standing));
    expect(gaps).toHaveLength(1);
    expect(gaps[0]).toMatchObject({
      indicator: 'load',
      gates: ['measure m >= 0.4', 'measure m >= 0.45'],
      needed: { option: null, value: 0.4 },
      points: ZERO,
    });
  });

  test('the lowest band asks for no value', () => {
    const standing = standingOf({
      rubric: {
        indicators: [{ ...gap, bands: { m: { '..0.5': 1, '0.5..': 2 } } }],
        levels: { one: ['load is ..0.5'] },
      },
    });
    expect(gapsOf(standing, levelsOf(standing))).toMatchObject([{ needed: { option: null, value: null } }]);
  });
});

describe('what is needed', () => {
  test('may be a value that must not be higher', () => {
    const standing = standingOf({
      rubric: {
        indicators: [{ id: 'waste', in: 'e/d', options: { A: 0, B: '1 if rejects <= 0.1' } }],
        levels: { one: ['waste is B', 'measure rejects <= 0.2'] },
      },
      measures: { rejects: 0.3 },
    });
    expect(gapsOf(standing, levelsOf(standing))).toMatchObject([
      { indicator: 'waste', needed: { option: 'B', value: 0.1 } },
      { indicator: null, needed: { value: 0.2 } },
    ]);
  });

  test('is not what caps no lower than the answer asked for', () => {
    const standing = standingOf({
      rubric: {
        indicators: [
          { id: 'a', in: 'e/d', options: { A: 0, B: 1 } },
          { id: 'b', in: 'e/d', options: { A: 0, B: 1, C: 2 } },
        ],
        dependencies: ['a=A caps b at B'],
        levels: { one: ['b is B'] },
      },
      assessor: ['a=A', 'b=A'],
    });
    expect(gapsOf(standing, levelsOf(standing)).map(({ indicator }) => indicator)).toEqual(['b']);
  });
});

test('bounds that round to the same are no bounds to speak of', () => {
  const standing = standingOf({
    rubric: {
      indicators: [
        { id: 'a', in: 'e/d', weight: 1_000_000, options: { A: 0, B: 1 } },
        { id: 'b', in: 'e/d', weight: 1, kind: 'judged', options: { A: 0, B: 1 } },
      ],
    },
    assessor: ['a=A'],
  });
  expect(passGate(scoreGate('total'), standing).because.en).toBe('score 0; 0.5 or more is asked for');
});

test('of several documents of the enterprise the newest counts, of one day the last', () => {
  const rubric = rubricOf({
    indicators: [{ id: 'q', in: 'e/d', kind: 'declared', options: { A: 0, B: 1, C: 2 } }],
  });
  const answer = (option: string, date: string) => ({
    ...{ rubric: 'example', indicator: 'q', document: '自评表' },
    option,
    date,
  });
  const said = (...answers: readonly ReturnType<typeof answer>[]) => {
    const pilot = aPilot({ answers });
    const { instruments, entries } = exampleOf({ why: '', rubric: { indicators: [] }, expect: {} });
    return findingsOf(rubric, { pilot, instruments, entries })[0];
  };
  expect(said(answer('C', '2026-02-01'), answer('B', '2026-01-01'))).toMatchObject({ option: 'C' });
  expect(said(answer('B', '2026-01-01'), answer('C', '2026-02-01'), answer('A', '2026-01-15'))).toMatchObject(
    {
      option: 'C',
    },
  );
  expect(said(answer('B', '2026-01-01'), answer('A', '2026-01-01'))).toMatchObject({ option: 'A' });
});

test.each<[string, Partial<DeclaredFigure>, boolean]>([
  ['the days assessed', { period: { from: '2026-03-01', to: '2026-03-31' } }, false],
  ['other days from the same day on', { period: { from: '2026-03-01', to: '2026-03-30' } }, true],
  ['other days', { period: { from: '2026-02-01', to: '2026-03-31' } }, true],
  ['no days, on the first day', { date: '2026-03-01' }, false],
  ['no days, before', { date: '2026-02-28' }, true],
])('a figure declared for %s is about another period: %s', (_, over, is) => {
  const evidence = evidenceOf({ equipment: { E1: {} } });
  const declared: DeclaredFigure = {
    ...{ figure: 'networking-rate', role: 'current', value: 1, unit: '1', date: '2026-04-01', document: '' },
    ...over,
  };
  const subject = subjectOf('networking-rate', evidence);
  const reasons = otherPeriod({ declared, evidence, subject } as Parameters<typeof otherPeriod>[0]);
  expect(reasons.map(({ reason }) => reason)).toEqual(is ? ['other-period'] : []);
});
