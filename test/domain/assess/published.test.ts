import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { assessmentJson } from '../../../domain/assess/json.ts';
import { shownEvidence } from '../../../domain/assess/shown-evidence.ts';
import { canonical, parseCanonical } from '../../../domain/canonical.ts';

/** Results as registries keep them for good, one of each kind of document that was ever kept: they are only added to. */
const FOLDER = join(import.meta.dirname, 'published');

test.each(readdirSync(FOLDER))(
  'what was published as %s is read, and goes out with the same bytes',
  (file) => {
    const kept = canonical(parseCanonical(readFileSync(join(FOLDER, file), 'utf8')));
    const read = assessmentJson.parse(kept);
    expect(assessmentJson.text(read)).toBe(kept);
    expect(shownEvidence(read.evidence)).toEqual(read.evidence);
  },
);
