import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { benefitResults } from '../../../domain/assess/benefit-results.ts';
import { declaredComparisons } from '../../../domain/assess/declared-comparison.ts';
import type { Measured } from '../../../domain/assess/measure.ts';
import { measureOf } from '../../../domain/assess/measure-of.ts';
import { measures } from '../../../domain/assess/measures/index.ts';
import { ratioOf } from '../../../domain/ratio.ts';
import { evidenceOf } from './evidence-of.ts';
import { readAssessScenario, referenceOf, type WantedMeasure } from './scenario.ts';

const FOLDER = join(import.meta.dirname, 'scenarios');
const files = readdirSync(FOLDER);

const quotient = (text: string | null): number | null => {
  if (text === null) return null;
  const [top, bottom = '1'] = text.split('/');
  return ratioOf(BigInt(top as string), BigInt(bottom));
};

function check(got: Measured, wanted: WantedMeasure): void {
  expect(got.value).toBe(quotient(wanted.value));
  if (wanted.value?.includes('/')) expect(`${got.numerator}/${got.denominator}`).toBe(wanted.value);
  for (const name of ['low', 'high', 'coverage'] as const) {
    const bound = wanted[name];
    if (bound !== undefined) expect(got[name], name).toBe(quotient(bound));
  }
  if (wanted.notAssessable !== undefined) expect(got.notAssessable).toBe(wanted.notAssessable);
  if (wanted.flags) expect(got.flags).toEqual(wanted.flags);
  if (wanted.parts) {
    expect(got.parts.map(({ id, because }) => [id, because].filter(Boolean).join(' '))).toEqual(wanted.parts);
  }
}

test('the folder holds scenarios only, and each measure is in one', () => {
  expect(files.filter((file) => !file.endsWith('.yaml'))).toEqual([]);
  const asked = files.flatMap((file) => readAssessScenario(join(FOLDER, file)).expect.measured ?? []);
  const missing = measures.filter(({ id }) => !asked.some(({ measure }) => measure === id));
  expect(missing.map(({ id }) => id)).toEqual([]);
});

for (const name of files) {
  const scenario = readAssessScenario(join(FOLDER, name));
  const evidence = evidenceOf(scenario);
  const { measured, benefits, declared } = scenario.expect;

  describe(name.replace('.yaml', '').replaceAll('-', ' '), () => {
    test('says why it is there, and expects something', () => {
      expect(scenario.why.length).toBeGreaterThan(20);
      expect(Object.keys(scenario.expect).length).toBeGreaterThan(0);
    });

    test.each(measured ?? [])('measured: %j', (wanted) => {
      check(measureOf(referenceOf(wanted), evidence), wanted);
    });

    test.each(Object.entries(benefits ?? {}))('benefit %s', (id, wanted) => {
      const got = benefitResults(evidence).find(({ benefit }) => benefit === id);
      expect(got).toBeDefined();
      expect(got?.gain ?? null).toBe(wanted.gain);
      for (const side of ['baseline', 'current'] as const) {
        const part = wanted[side];
        if (part === null) expect(got?.[side]).toBeNull();
        else if (part !== undefined) expect(got?.[side]).toMatchObject(part);
      }
      if (wanted.because === undefined) expect(got?.because).toBeNull();
      else expect(got?.because?.en).toContain(wanted.because);
    });

    if (declared) {
      test('declared against measured', () => {
        const got = [...declaredComparisons(evidence, scenario.entries ?? [])];
        expect(got.map((one) => [one.declared.figure, one.state])).toEqual(
          declared.map(({ figure, state }) => [figure, state]),
        );
        for (const [index, { difference, closure, reasons }] of declared.entries()) {
          const one = got[index] as (typeof got)[number];
          if (difference !== undefined) expect(one.difference).toBe(difference);
          if (closure !== undefined) expect(one.closure?.verdict ?? null).toBe(closure);
          if (!reasons) continue;
          expect(one.reasons.map(({ reason }) => reason)).toEqual(reasons.map((text) => text.split(':')[0]));
          for (const [place, text] of reasons.entries()) {
            const words = text.split(': ')[1];
            if (words !== undefined) expect(one.reasons[place]?.detail.en).toContain(words);
            expect(one.reasons[place]?.detail.zh).toMatch(/\p{Script=Han}/u);
          }
        }
      });
    }
  });
}
