import { describe, expect, test } from 'vitest';
import { assess } from '../../../domain/assess/assess.ts';
import type { Finding } from '../../../domain/assess/assessment.ts';
import { type Assessed, differenceOf } from '../../../domain/assess/difference.ts';
import { type Fraction, fraction, fractionText, minus, total } from '../../../domain/assess/fraction.ts';
import { evidenceOf } from './evidence-of.ts';
import { anEntry } from './example.ts';
import { rubricOf, type ShortIndicator, type ShortRubric } from './short-rubric.ts';

const evidence = evidenceOf({
  equipment: { E1: { machine: 'm1' }, E2: {} },
  machines: { m1: { hours: { running: 60, idle: 40 } } },
});

function assessed(rubric: ShortRubric, answers: readonly string[] = []): Assessed {
  const made = rubricOf(rubric);
  const entries = answers.map((text, at) => anEntry(text, at));
  return { rubric: made, assessment: assess({ evidence, rubric: made, rubricDigest: '', entries }) };
}

const network: ShortIndicator = {
  id: 'network',
  in: 'base/net',
  options: { A: 0, B: '1 if networking-rate >= 0.5', C: '2 if networking-rate >= 0.8' },
};
const culture: ShortIndicator = { id: 'culture', in: 'people/all', kind: 'judged', options: { A: 0, B: 1 } };
const use: ShortIndicator = { id: 'use', in: 'base/net', bands: { utilisation: { '..0.5': 0, '0.5..': 2 } } };

const totalOf = ({ assessment }: Assessed) => assessment.scores.total?.value as Fraction;

describe('two versions of a rubric on the same facts', () => {
  const before = assessed({ indicators: [network, culture, use] }, ['culture=B']);

  test('that are the same have no difference', () => {
    expect(differenceOf(before, assessed({ indicators: [network, culture, use] }, ['culture=B']))).toEqual(
      [],
    );
  });

  test('a limit that was raised is named with both numbers, and all parts add up to the whole difference', () => {
    const stricter = { ...network, options: { ...network.options, B: '1 if networking-rate >= 0.6' } };
    const after = assessed({ indicators: [stricter, culture, use] }, ['culture=B']);
    const differences = differenceOf(before, after);
    expect(differences.map(({ indicator, change }) => [indicator, change])).toEqual([['network', 'points']]);
    expect(differences[0]?.detail.zh).toBe(
      'B（1 分，满分 2） → A（0 分，满分 2）；选项 B 的条件：设备联网率要求不低于 50 % → 设备联网率要求不低于 60 %；对总分的贡献 0.2 → 0',
    );
    expect(differences[0]?.detail.en).toContain('conditions of option B: Networking rate: 50 % or more');
    expect(differences.map(({ score }) => score && fractionText(score))).toEqual(['-1/5']);
  });

  test('added, removed and reweighed: each is said, and together they are the difference of the totals', () => {
    const safety: ShortIndicator = {
      id: 'safety',
      in: 'people/all',
      kind: 'judged',
      options: { A: 0, B: 5 },
    };
    const after = assessed({ indicators: [network, safety, use] }, ['culture=B', 'safety=B']);
    const differences = differenceOf(before, after);
    expect(differences.map(({ indicator, change }) => [indicator, change])).toEqual([
      ['network', 'weight'],
      ['use', 'weight'],
      ['safety', 'added'],
      ['culture', 'removed'],
    ]);
    expect(differences[1]?.detail.en).toBe(
      '0.5.. (2 points of 2); share of the total: 40 % → 22.2 %; brings to the total 0.4 → 0.2222',
    );
    expect(total(differences.map(({ score }) => score as Fraction))).toEqual(
      minus(totalOf(after), totalOf(before)),
    );
  });

  test('an answer makes a score of nothing: by how much it changes the total is not known', () => {
    const open = assessed({ indicators: [network, culture, use] });
    const [difference] = differenceOf(open, before);
    expect(difference).toMatchObject({ indicator: 'culture', change: 'outcome', score: null });
    expect(difference?.detail.en).toBe(
      "no evidence → B (1 point of 1); assessor's answer: none → B; brings to the total not known → 0.2",
    );
  });

  test('facts that are not the same are named too', () => {
    const other = evidenceOf({
      equipment: { E1: { machine: 'm1' }, E2: {} },
      machines: { m1: { hours: { running: 40, idle: 60 } } },
    });
    const { rubric } = before;
    const entries = before.assessment.entries;
    const after = { rubric, assessment: assess({ evidence: other, rubric, rubricDigest: '', entries }) };
    expect(differenceOf(before, after)[0]?.detail.en).toContain('60 % → 40 %');
  });

  test('a question that is no longer asked, an answer that is capped, options that came and went', () => {
    const asked: ShortIndicator = { ...culture, id: 'asked', for: ['process'] };
    const changed = { ...network, options: { A: 0, C: '2 if networking-rate >= 0.8', D: 3 } };
    const one = assessed({ indicators: [network, culture, asked] }, ['network=B', 'culture=A', 'asked=B']);
    const other = assessed(
      {
        indicators: [changed, culture, { ...asked, for: ['discrete'] }],
        dependencies: ['culture=A caps network at A'],
      },
      ['network=D', 'culture=A', 'asked=B'],
    );
    const details = new Map(differenceOf(one, other).map(({ indicator, detail }) => [indicator, detail]));
    expect(details.get('network')?.en).toContain('A (0 points of 3, capped by culture)');
    expect(details.get('network')?.zh).toContain('受 culture 限制');
    expect(details.get('network')?.en).toContain("assessor's answer: B → D");
    expect(details.get('network')?.en).toContain('option B: 1 point → none');
    expect(details.get('network')?.en).toContain('option D: none → 3 points');
    expect(details.get('asked')).toMatchObject({
      zh: expect.stringContaining('不适用 → B（1 分，满分 1）'),
      en: expect.stringContaining('not applicable → B (1 point of 1)'),
    });
  });

  test('what is not known for another cause has changed, for the same it has not', () => {
    const nothing = evidenceOf({
      equipment: { E1: { machine: 'm1' } },
      machines: { m1: { hours: { unknown: 5 } } },
    });
    const none = evidenceOf({ equipment: { E1: {} } });
    const rubric = rubricOf({ indicators: [use] });
    const of = (facts: typeof evidence) => ({
      rubric,
      assessment: assess({ evidence: facts, rubric, rubricDigest: '', entries: [] }),
    });
    expect(differenceOf(of(nothing), of(none))).toMatchObject([
      { indicator: 'use', change: 'points', score: null },
    ]);
    expect(differenceOf(of(none), of(none))).toEqual([]);
  });

  test('what neither asks is the same on both sides', () => {
    const silent: ShortIndicator = { ...culture, id: 'silent', for: ['process'] };
    const both = { indicators: [network, silent] };
    expect(differenceOf(assessed(both), assessed(both))).toEqual([]);
  });

  test('a question with other bands, of another measure, and one that is answered in words', () => {
    const coverage: ShortIndicator = { ...use, bands: { 'data-coverage': { '..0.5': 0, '0.5..': 2 } } };
    const words: ShortIndicator = { id: 'use', in: 'base/net', kind: 'judged', options: { A: 0, B: 2 } };
    const [bands] = differenceOf(assessed({ indicators: [use] }), assessed({ indicators: [coverage] }));
    expect(bands).toBeUndefined();
    const [difference] = differenceOf(
      assessed({ indicators: [coverage] }),
      assessed({ indicators: [words] }, ['use=A']),
    );
    expect(difference?.detail.en).toContain('bands of: Data coverage → none');
    expect(difference?.detail.zh).toContain('分档依据：数据覆盖率 → 无');
  });

  test('a value that is there on one side only', () => {
    const nothing = evidenceOf({
      equipment: { E1: { machine: 'm1' } },
      machines: { m1: { hours: { notScheduled: 5 } } },
    });
    const rubric = rubricOf({ indicators: [use] });
    const of = (facts: typeof evidence) => ({
      rubric,
      assessment: assess({ evidence: facts, rubric, rubricDigest: '', entries: [] }),
    });
    expect(differenceOf(of(nothing), of(evidence))[0]?.detail.en).toContain('Utilisation: none → 60 %');
    expect(differenceOf(of(evidence), of(nothing))[0]?.detail.en).toContain('Utilisation: 60 % → none');
  });

  describe('of one finding', () => {
    const { assessment } = before;
    const scored = assessment.findings[0] as Extract<Finding, { outcome: 'scored' }>;
    const changed = (finding: Finding): Assessed => ({
      ...before,
      assessment: { ...assessment, findings: [finding, ...assessment.findings.slice(1)] },
    });
    const half = fraction(1n, 2n);

    test.each([
      ['points', { points: half }],
      ['low', { low: half }],
      ['high', { high: half }],
      ['highest', { highest: fraction(9n) }],
      ['basis', { basis: 'judged' }],
      ['option', { option: 'C' }],
      ['cappedBy', { cappedBy: 'use' }],
      ['contradicted', { contradicted: true }],
    ] satisfies [string, Partial<typeof scored>][])('%s alone makes it another', (_, part) => {
      expect(differenceOf(before, changed({ ...scored, ...part }))).toMatchObject([
        { indicator: 'network', change: 'points' },
      ]);
    });

    test('its cause or its highest alone makes what lacks evidence another', () => {
      const { indicator, element, domain, evidence: seen, highest } = scored;
      const lacking = (cause: 'not-measured' | 'not-answered', most = highest): Finding => ({
        ...{ indicator, element, domain, evidence: seen, outcome: 'no-evidence', cause, highest: most },
        because: { zh: '', en: '' },
      });
      const one = changed(lacking('not-measured'));
      expect(differenceOf(one, changed(lacking('not-measured')))).toEqual([]);
      expect(differenceOf(one, changed(lacking('not-answered')))).toMatchObject([{ change: 'points' }]);
      expect(differenceOf(one, changed(lacking('not-measured', half)))).toMatchObject([{ change: 'points' }]);
    });
  });

  test('what is added, taken away or not asked brings nothing on that side', () => {
    const silent: ShortIndicator = { ...culture, id: 'silent', for: ['process'] };
    const asked = { ...silent, for: undefined } as unknown as ShortIndicator;
    const one = assessed({ indicators: [network, silent] }, ['silent=B']);
    const other = assessed({ indicators: [network, asked] }, ['silent=B']);
    const answered = differenceOf(one, other).find(({ indicator }) => indicator === 'silent');
    expect(answered).toMatchObject({ change: 'outcome', score: fraction(1n, 3n) });
    expect(answered?.detail.en).toContain('brings to the total 0 → 0.3333');
    const [added, gone] = [assessed({ indicators: [network] }), before].map((side, at, sides) =>
      differenceOf(side, sides[1 - at] as Assessed).find(({ indicator }) => indicator === 'culture'),
    );
    expect(added?.detail).toEqual({
      zh: '无此指标 → B（1 分，满分 1）；对总分的贡献 0 → 0.2',
      en: 'no such indicator → B (1 point of 1); brings to the total 0 → 0.2',
    });
    expect(gone?.detail.zh).toBe('B（1 分，满分 1） → 无此指标；对总分的贡献 0.2 → 0');
    const [open] = differenceOf(assessed({ indicators: [network, culture, use] }), before);
    expect(open?.detail.zh).toContain('对总分的贡献 未知 → 0.2');
  });

  test('an indicator that an assessment was made without is not there', () => {
    const one = assessed({ indicators: [network] });
    const grown = { ...one, rubric: rubricOf({ indicators: [network, culture] }) };
    expect(differenceOf(one, grown).map(({ indicator }) => indicator)).not.toContain('culture');
  });
});
