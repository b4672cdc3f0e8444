import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadRubrics } from '../../../config/rubrics/load.ts';
import { assess } from '../../../domain/assess/assess.ts';
import type { Entry, Evidence } from '../../../domain/assess/evidence.ts';
import { assessmentJson, entriesJson, rubricJson } from '../../../domain/assess/json.ts';
import { measures } from '../../../domain/assess/measures/index.ts';
import type { DeclaredAnswer, Pilot } from '../../../domain/assess/register.ts';
import type { Rubric } from '../../../domain/assess/rubric.ts';
import { type CanonicalValue, canonical } from '../../../domain/canonical.ts';
import { type EvidenceFacts, evidenceOf } from './evidence-of.ts';

/** `facts.yaml` and `rubrics/rubric.yaml` in, `report.json` out, each read by hand. */
interface GoldenFile extends EvidenceFacts {
  readonly why: string;
  /** How the report was checked. */
  readonly checked: string;
  readonly processType?: Pilot['processType'];
  readonly answers?: readonly DeclaredAnswer[];
  readonly entries?: CanonicalValue;
}

const FOLDER = join(import.meta.dirname, 'golden');

function goldenOf(name: string): {
  readonly file: GoldenFile;
  readonly evidence: Evidence;
  readonly rubric: Rubric;
  readonly entries: readonly Entry[];
} {
  const folder = join(FOLDER, name);
  const file = parse(readFileSync(join(folder, 'facts.yaml'), 'utf8')) as GoldenFile;
  const gathered = evidenceOf(file);
  const { processType = gathered.pilot.processType, answers = [] } = file;
  const rubric = loadRubrics({ folders: [join(folder, 'rubrics')], measures }).at(0) as Rubric;
  return {
    file,
    evidence: { ...gathered, pilot: { ...gathered.pilot, processType, answers } },
    rubric,
    entries: entriesJson.from(file.entries ?? []),
  };
}

const digestOf = (rubric: Rubric): string =>
  createHash('sha256').update(rubricJson.text(rubric)).digest('hex');

/** As they were before any test ran: a report that is missing must not pass for being written just now. */
const found = readdirSync(FOLDER).map((name) => ({ name, files: readdirSync(join(FOLDER, name)).sort() }));
const names = found.map(({ name }) => name);

/** Canonical JSON, one member a line. */
const readable = (text: string): string => `${JSON.stringify(JSON.parse(text), null, 2)}\n`;

test('each has its facts, its rubric and its report', () => {
  expect(names.length).toBeGreaterThanOrEqual(3);
  for (const { files } of found) expect(files).toEqual(['facts.yaml', 'report.json', 'rubrics']);
});

describe.each(names)('%s', (name) => {
  const { file, evidence, rubric, entries } = goldenOf(name);
  const assessed = () => assess({ evidence, rubric, rubricDigest: digestOf(rubric), entries });
  const path = join(FOLDER, name, 'report.json');

  test('says why it is there and how it was checked', () => {
    expect(file.why.length).toBeGreaterThan(20);
    expect(file.checked.length).toBeGreaterThan(100);
  });

  // `vitest -u` writes the reports anew; then read again what `checked` says of them.
  test('the facts give the report', async () => {
    await expect(readable(assessmentJson.text(assessed()))).toMatchFileSnapshot(path);
  });

  test('its text is the canonical JSON of its value', () => {
    const assessment = assessed();
    expect(assessmentJson.text(assessment)).toBe(canonical(assessmentJson.value(assessment)));
  });

  test('the report is read back without loss', () => {
    const report = assessmentJson.parse(readFileSync(path, 'utf8'));
    expect(report).toStrictEqual(assessed());
  });

  test('the report scored again gives the same bytes', () => {
    const report = assessmentJson.parse(readFileSync(path, 'utf8'));
    const again = assess({
      evidence: report.evidence,
      rubric: rubricJson.parse(rubricJson.text(rubric)),
      rubricDigest: report.rubric.digest,
      entries: report.entries,
    });
    expect(assessmentJson.text(again)).toBe(assessmentJson.text(assessed()));
  });
});
