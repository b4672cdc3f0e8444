import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assess } from '../../../domain/assess/assess.ts';
import type { Entry, Evidence } from '../../../domain/assess/evidence.ts';
import { assessmentJson, entriesJson, evidenceJson, rubricJson } from '../../../domain/assess/json.ts';
import { measures } from '../../../domain/assess/measures/index.ts';
import { GROUPS, type MeasureReference, type Rubric } from '../../../domain/assess/rubric.ts';
import { evidenceOf } from './evidence-of.ts';
import { anEntry } from './example.ts';
import { facts as shortFacts } from './short-facts.ts';
import { rubricOf } from './short-rubric.ts';

const NUM_RUNS = 200;

const evidence: fc.Arbitrary<Evidence> = fc
  .record({
    machines: fc.dictionary(
      fc.constantFrom('m1', 'm2'),
      fc.record({
        heard: fc.oneof(fc.nat(20), fc.constant('never' as const)),
        hours: fc.record({
          running: fc.nat(400),
          idle: fc.nat(100),
          unknown: fc.nat(100),
          breakdown: fc.nat(9),
        }),
        // Beyond 2^53 microseconds.
        good: fc.oneof(fc.nat(1000), fc.constant(3_000_000_007), fc.constant(2 ** 58)),
        reject: fc.nat(10),
        cycleS: fc.constantFrom(7, 86_400),
        stopHours: fc.nat(9),
        signals: fc.subarray(['state', 'count', 'power', 'order', '温度']),
      }),
      { noNullPrototype: true },
    ),
    equipment: fc.constant({ E1: { machine: 'm1', is: ['key', 'digital'] }, E2: {} }),
    processes: fc.constant({ P1: ['key', 'numericallyControlled'], P2: ['key'] }),
    declared: fc.double({ noNaN: true, min: 0, max: 100 }).map((value) => [
      {
        figure: 'networking-rate',
        role: 'current' as const,
        value: value === 0 ? 0 : value,
        unit: '1',
        date: '2026-01-05',
        document: '自评\u2028报告 "1"',
      },
    ]),
  })
  .map(evidenceOf);

const reference: fc.Arbitrary<MeasureReference> = fc.oneof(
  fc.record(
    {
      measure: fc.constantFrom(...measures.map(({ id }) => id)),
      group: fc.constantFrom(...GROUPS),
      window: fc.constantFrom('period' as const, { lastDays: 7 }),
    },
    { noNullPrototype: true },
  ),
  fc.constant({ register: { count: 'processes', where: ['numericallyControlled'], of: ['key'] } } as const),
);

/** Random rubrics, their measures replaced by real ones. */
const rubric: fc.Arbitrary<Rubric> = fc
  .tuple(shortFacts, fc.array(reference, { minLength: 1, maxLength: 5 }))
  .map(([{ rubric: short }, references]) => {
    const made = rubricOf({ ...short, levels: { one: ['total >= 1/3'] } });
    let turn = 0;
    const real = () => references[turn++ % references.length] as MeasureReference;
    const elements = made.elements.map((element) => ({
      ...element,
      domains: element.domains.map((domain) => ({
        ...domain,
        indicators: domain.indicators.map((indicator) => ({
          ...indicator,
          evidence: [real()],
          scoring:
            indicator.scoring.kind === 'bands'
              ? { ...indicator.scoring, what: real() }
              : {
                  ...indicator.scoring,
                  options: indicator.scoring.options.map((option) => ({
                    ...option,
                    when: option.when.map((condition) => ({ ...condition, what: real() })),
                  })),
                },
        })),
      })),
    }));
    return { ...made, elements };
  });

const entries: fc.Arbitrary<readonly Entry[]> = fc.array(
  fc.oneof(
    fc.constantFrom('a=B', 'b=A', '-a', 'c=C').map((text) => anEntry(text, 1_772_409_600_123)),
    fc.string({ unit: 'grapheme' }).map(
      (note): Entry => ({
        kind: 'closure',
        figure: 'networking-rate',
        verdict: 'explained',
        note,
        by: '王工',
        at: 1_772_409_600_456,
      }),
    ),
  ),
  { maxLength: 4 },
);

test('the same facts give the same bytes, also after they were kept as JSON', () => {
  fc.assert(
    fc.property(evidence, rubric, entries, (known, rules, said) => {
      const facts = { evidence: known, rubric: rules, rubricDigest: 'ab', entries: said };
      const text = assessmentJson.text(assess(facts));
      const kept = {
        evidence: evidenceJson.parse(evidenceJson.text(known)),
        rubric: rubricJson.parse(rubricJson.text(rules)),
        rubricDigest: 'ab',
        entries: entriesJson.parse(entriesJson.text(said)),
      };
      expect(kept).toStrictEqual(facts);
      expect(assessmentJson.text(assess(kept))).toBe(text);
    }),
    { numRuns: NUM_RUNS },
  );
});

test('a report read back is the assessment that was written', () => {
  fc.assert(
    fc.property(evidence, rubric, entries, (known, rules, said) => {
      const made = assess({ evidence: known, rubric: rules, rubricDigest: 'ab', entries: said });
      const text = assessmentJson.text(made);
      const read = assessmentJson.parse(text);
      expect(read).toStrictEqual(made);
      expect(assessmentJson.text(read)).toBe(text);
    }),
    { numRuns: NUM_RUNS },
  );
});
