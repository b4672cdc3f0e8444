import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { storage } from '../../cli/commands/storage.ts';
import { openControl } from '../../operation/control.ts';
import { noteStorage } from '../api/note-storage.ts';

test('what lies on disk is told by kind, with how long each is kept and what helps', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'kaidong-storage-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const config = join(dir, 'kaidong.yaml');
  writeFileSync(config, `data: { dir: ${dir} }\n`);
  await using _control = await openControl(dir, { storage: noteStorage });
  const printed: string[] = [];
  const code = await storage.run({
    values: { config },
    positionals: [],
    print: (line) => printed.push(line),
    report: (line) => printed.push(line),
    signal: new AbortController().signal,
  });
  expect(code).toBe(0);
  expect(printed).toEqual([
    'raw data: 9.0 MB, 1.0 MB a day, up to 400.0 MB by retention',
    'recorded ledger: 2.0 MB, 0.1 MB a day, up to 365.3 MB by retention, then 11.1 kB a day',
    'evidence of assessments: 0.4 MB, 0.0 MB a day',
    'store: names, free blocks, write-ahead log: 1.0 MB, 0.0 MB a day',
    'spool: 0.0 MB, 0.0 MB a day',
    'registry, with quarantine and annotations: 0.5 MB, 0.0 MB a day',
    'kept: raw data 400 days, hours 3653 days, shifts for good, production days for good, former revisions for good, evidence for good, refused messages 90 days',
    'disk: 1000.0 MB free of 4000.0 MB; full on 2096-08-27; make it larger, or shorten data.retentionDays, ledger.hourDays',
  ]);
});
