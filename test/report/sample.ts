import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { loadRubrics, SHIPPED_RUBRICS } from '../../config/rubrics/load.ts';
import { assess } from '../../domain/assess/assess.ts';
import type { Entry, Evidence } from '../../domain/assess/evidence.ts';
import { measures } from '../../domain/assess/measures/index.ts';
import type { Rubric } from '../../domain/assess/rubric.ts';
import type { ReportPlace } from '../../report/section.ts';
import { type EvidenceFacts, evidenceOf } from '../domain/assess/evidence-of.ts';

const rubrics = loadRubrics({ folders: [SHIPPED_RUBRICS], measures });

/** A pilot with something of everything: silent and unregistered machines, an over-declared figure, benefits. */
export function sampleReport({
  rubric: id,
  entries = [],
  change = (evidence) => evidence,
}: {
  readonly rubric: string;
  readonly entries?: readonly Entry[];
  readonly change?: (evidence: Evidence) => Evidence;
}) {
  const facts = parse(readFileSync(join(import.meta.dirname, 'sample.yaml'), 'utf8')) as EvidenceFacts;
  const evidence = change(evidenceOf(facts));
  const rubric = rubrics.find((one) => one.id === id) as Rubric;
  const assessment = assess({ evidence, rubric, rubricDigest: 'c0ffee'.repeat(10).padEnd(64, '0'), entries });
  const place: ReportPlace = {
    id: 7,
    createdAt: evidence.asOf,
    publishedAt: null,
    publishedBy: null,
    digest: 'ab'.repeat(32),
  };
  return { assessment, rubric, place };
}
