import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { NO_EVIDENCE_CAUSES } from '../../../domain/assess/assessment.ts';
import { findingsOf } from '../../../domain/assess/findings/findings.ts';
import { type Fraction, fractionText } from '../../../domain/assess/fraction.ts';
import { gapsOf } from '../../../domain/assess/levels/gaps.ts';
import { levelsOf } from '../../../domain/assess/levels/levels.ts';
import { scoresOf } from '../../../domain/assess/scores/scores.ts';
import { readExample } from './example.ts';

const FOLDER = join(import.meta.dirname, 'examples');
const files = readdirSync(FOLDER);

const isFraction = (value: unknown): value is Fraction =>
  typeof value === 'object' && value !== null && 'numerator' in value && 'denominator' in value;

/** Fractions as a person writes them. */
function plain(value: unknown): unknown {
  if (isFraction(value)) return fractionText(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plain(part)]));
}

test('the folder holds examples only, and enough of them', () => {
  expect(files.filter((file) => !file.endsWith('.yaml'))).toEqual([]);
  expect(files.length).toBeGreaterThanOrEqual(15);
});

test('the README explains every cause for which there is no evidence', () => {
  const readme = readFileSync(join(import.meta.dirname, '../../../domain/assess/README.md'), 'utf8');
  expect(NO_EVIDENCE_CAUSES.filter((cause) => !readme.includes(`| \`${cause}\``))).toEqual([]);
});

for (const name of files) {
  describe(name.replace('.yaml', '').replaceAll('-', ' '), () => {
    const { file, rubric, ...facts } = readExample(join(FOLDER, name));
    const judged = () => {
      const findings = findingsOf(rubric, facts);
      const scores = scoresOf(rubric, findings);
      const standing = { rubric, findings, scores, instruments: facts.instruments };
      return { standing, findings, scores, level: levelsOf(standing) };
    };
    const { expect: wanted } = file;

    test('says why it is there, and expects something', () => {
      expect(file.why.length).toBeGreaterThan(20);
      expect(Object.keys(wanted).length).toBeGreaterThan(0);
    });

    for (const [id, parts] of Object.entries(wanted.findings ?? {})) {
      test(`finding of ${id}`, () => {
        const finding = judged().findings.find(({ indicator }) => indicator === id);
        expect(plain(finding)).toMatchObject(parts);
      });
    }

    for (const [id, parts] of Object.entries(wanted.scores ?? {})) {
      test(`score of ${id}`, () => {
        const { scores } = judged();
        const all = scores.elements.flatMap((element) => [element, ...element.domains]);
        const { score, weight } = all.find((part) => part.id === id) ?? { score: scores.total, weight: null };
        if (parts === null) expect(score).toBeNull();
        else expect(plain({ ...score, weight })).toMatchObject(parts);
      });
    }

    if (wanted.level) {
      test('level', () => expect(judged().level).toMatchObject(wanted.level as object));
    }

    if (wanted.gates) {
      test('gates', () => {
        const gates = judged().level.levels.flatMap((each) =>
          each.gates.map(({ gate, passed }) => [gate, passed]),
        );
        expect(Object.fromEntries(gates)).toEqual(wanted.gates);
      });
    }

    if (wanted.gaps) {
      const { gaps } = wanted;
      test('gaps', () => {
        const { standing, level } = judged();
        const found = gapsOf(standing, level);
        expect(found.length).toBe(gaps.length);
        expect(plain(found)).toMatchObject(gaps);
      });
    }
  });
}
