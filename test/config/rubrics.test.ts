import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadRubrics, rubricOn, SHIPPED_RUBRICS } from '../../config/rubrics/load.ts';
import { fractionText, total } from '../../domain/assess/fraction.ts';
import { measures } from '../../domain/assess/measures/index.ts';
import { indicatorsOf, type Rubric } from '../../domain/assess/rubric.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kaidong-rubrics-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const load = (files: Readonly<Record<string, string>>, shipped = false): readonly Rubric[] => {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return loadRubrics({ folders: [...(shipped ? [SHIPPED_RUBRICS] : []), folder], measures });
};

const messageOf = (action: () => unknown): string => {
  try {
    action();
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing was wrong';
};

describe('each way to get a rubric wrong has a message with line, key and remedy', () => {
  const cases = join(import.meta.dirname, 'rubrics/bad');
  for (const name of readdirSync(cases)) {
    test(name, () => {
      const text = readFileSync(join(cases, name), 'utf8');
      const expected = (text.split('\n')[0] as string).slice('# '.length);
      const known = measures.filter(({ id }) => id === 'utilisation' || id === 'oee');
      writeFileSync(join(folder, name), text);
      const said = messageOf(() => loadRubrics({ folders: [folder], measures: known }));
      expect(said).toBe(`${join(folder, name)}:${expected}`);
    });
  }
});

describe('the shipped rubrics', () => {
  const shipped = loadRubrics({ folders: [SHIPPED_RUBRICS], measures });

  test('are the three that the platform promises', () => {
    expect(shipped.map(({ id }) => id)).toEqual(['cmmm-39116', 'utilisation', 'zj-future-factory']);
  });

  test('the Zhejiang structure adds up as published: 3 elements, 14 domains, 65 + 45 + 390 points', () => {
    const zhejiang = shipped.find(({ id }) => id === 'zj-future-factory') as Rubric;
    expect(zhejiang.elements.flatMap(({ domains }) => domains)).toHaveLength(14);
    const published = zhejiang.elements.map(({ domains }) =>
      fractionText(
        total(domains.map(({ publishedPoints }) => publishedPoints ?? { numerator: 0n, denominator: 1n })),
      ),
    );
    expect(published).toEqual(['65', '45', '390']);
  });

  test('CMMM has the 20 subdomains, and no weight of its own', () => {
    const cmmm = shipped.find(({ id }) => id === 'cmmm-39116') as Rubric;
    const found = [...indicatorsOf(cmmm)];
    expect(found).toHaveLength(20);
    expect(
      found.every(({ element, domain, indicator }) =>
        [element, domain, indicator].every(({ weight }) => weight === null),
      ),
    ).toBe(true);
  });

  test('the utilisation rubric needs nothing but telemetry', () => {
    const plain = shipped.find(({ id }) => id === 'utilisation') as Rubric;
    const telemetry = new Set(measures.filter(({ basis }) => basis === 'telemetry').map(({ id }) => id));
    for (const { indicator } of indicatorsOf(plain)) {
      const { kind, scoring } = indicator;
      expect(kind).toBe('measured');
      expect(
        scoring.kind === 'bands' && 'measure' in scoring.what && telemetry.has(scoring.what.measure),
      ).toBe(true);
    }
  });

  test('say of every number where it comes from, and claim none as verified that is not', () => {
    for (const rubric of shipped) {
      for (const { indicator } of indicatorsOf(rubric)) {
        const parts =
          indicator.scoring.kind === 'options' ? indicator.scoring.options : indicator.scoring.bands;
        for (const { source } of [indicator, ...parts]) {
          expect(source.text).not.toBe('');
          expect(source.verification).not.toBe('verified');
        }
      }
    }
  });
});

const EXTENSION = `
id: zj-future-factory
version: "1-zhoushan"
extends: { id: zj-future-factory, version: "1" }
title: { zh: 舟山, en: Zhoushan }
note: { zh: 舟山, en: Zhoushan }
effective: { from: "2026-01-01" }
elements:
  - id: scenarios
    domains:
      - id: digital-design
        indicators:
          - id: q32
            title: { zh: 工艺设计, en: Process design }
            kind: judged
            remediation: { zh: 补, en: Add }
            options:
              - { id: A, text: { zh: 无, en: None }, points: 0 }
              - { id: B, text: { zh: 有, en: Some }, points: 5 }
`;

describe('a rubric that extends another', () => {
  test('adds its questions where they belong, with an empty source', () => {
    const added = load({ 'zhoushan.yaml': EXTENSION }, true).find(
      ({ version }) => version === '1-zhoushan',
    ) as Rubric;
    const found = [...indicatorsOf(added)];
    expect(found).toHaveLength(14);
    const question = found.find(({ indicator }) => indicator.id === 'q32');
    expect(question?.domain.title.zh).toBe('数字化设计');
    expect(question?.indicator.source).toEqual({ text: '', verification: 'none' });
  });

  test('has its mistakes told at its own lines', () => {
    const wrong = EXTENSION.replace('kind: judged', 'kind: measured');
    expect(messageOf(() => load({ 'zhoushan.yaml': wrong }, true))).toBe(
      `${join(folder, 'zhoushan.yaml')}:18: elements.0.domains.0.indicators.0.options: no option has a \`when\`, so nothing could be measured; make the indicator judged, or add one`,
    );
  });

  test('extending in a circle is refused', () => {
    const one = EXTENSION.replace('version: "1" }', 'version: "2" }').replace('"1-zhoushan"', '"3"');
    const two = EXTENSION.replace('version: "1" }', 'version: "3" }').replace('"1-zhoushan"', '"2"');
    expect(messageOf(() => load({ 'one.yaml': one, 'two.yaml': two }, true))).toContain(
      'the rubrics extend one another in a circle: zj-future-factory@3 → zj-future-factory@2 → zj-future-factory@3',
    );
  });

  test('the same version twice is refused, with both places', () => {
    const said = messageOf(() => load({ 'a.yaml': EXTENSION, 'b.yaml': EXTENSION }, true));
    expect(said).toContain('b.yaml:3: version: rubric zj-future-factory@1-zhoushan is in');
    expect(said).toContain('a.yaml:2 already; give one of them another version');
  });
});

test('the version in effect on a day is chosen; a newer one waits for its day', () => {
  const all = load({ 'zhoushan.yaml': EXTENSION }, true);
  expect(rubricOn(all, 'zj-future-factory', '2025-12-31')?.version).toBe('1');
  expect(rubricOn(all, 'zj-future-factory', '2026-01-01')?.version).toBe('1-zhoushan');
  expect(rubricOn(all, 'zj-future-factory', '2019-01-01')).toBeUndefined();
});

test('a folder that is named twice is read once: a checkout has its `rubrics` beside kaidong.yaml', () => {
  const linked = join(folder, 'linked');
  symlinkSync(SHIPPED_RUBRICS, linked);
  for (const again of [SHIPPED_RUBRICS, linked]) {
    expect(loadRubrics({ folders: [SHIPPED_RUBRICS, again], measures })).toHaveLength(3);
  }
});

test('a folder that is missing is said', () => {
  expect(messageOf(() => loadRubrics({ folders: [join(folder, 'none')], measures }))).toContain(
    'no such folder; correct rubrics.dir or make the folder',
  );
});
